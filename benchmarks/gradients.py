"""What a misfit and its gradient cost through torch and JAX, in units of the engine's plain call on the same models.

Run from the repository root: `python -m benchmarks.gradients [layers, default 10] [repeats, default 7]`.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import torch

import surfgrad as sg
from surfgrad.integrations import jax as in_jax
from surfgrad.integrations import torch as in_torch

PERIODS = np.geomspace(2.0, 60.0, 59)
BATCHES = (1, 1000)
Calls = dict[str, Callable[[], Any]]


def crusts(count: int, layers: int) -> tuple[np.ndarray, ...]:
    """(count, layers) each: velocities that grow with depth, and scatter by 5 %, to 60 km."""
    rng = np.random.default_rng(1)
    vs = np.linspace(2.5, 4.3, layers) * rng.uniform(0.95, 1.05, (count, layers))
    vs[:, -1] = 4.6
    thickness = np.full((count, layers), 60.0 / layers)
    return thickness, 1.75 * vs, vs, 1.2 + 0.45 * vs


def calls(model: tuple[np.ndarray, ...], wave: str) -> Calls:
    """What is timed: each takes the model and gives a misfit and its gradient by vs, but for the engine's own two."""
    options: dict[str, Any] = {"wave": wave, "threads": 1}
    thickness, vp, vs, rho = model
    data = 1.01 * sg.phase_velocity(*model, PERIODS, **options)
    there = torch.tensor(data)

    def by_torch() -> Any:
        leaf = torch.tensor(vs, requires_grad=True)
        torch.nansum((in_torch.phase_velocity(thickness, vp, leaf, rho, PERIODS, **options) - there) ** 2).backward()
        return leaf.grad

    def misfit(leaf: Any) -> Any:
        return jnp.nansum((in_jax.phase_velocity(thickness, vp, leaf, rho, PERIODS, **options) - data) ** 2)

    plain, compiled = jax.grad(misfit), jax.jit(jax.grad(misfit))
    known = jnp.asarray(vs)
    return {
        "engine, values": lambda: sg.phase_velocity(*model, PERIODS, **options),
        "engine, kernels": lambda: sg.phase_kernels(*model, PERIODS, **options),
        "torch, gradient": by_torch,
        "JAX, gradient": lambda: jax.block_until_ready(plain(known)),
        "JAX, gradient in jit": lambda: jax.block_until_ready(compiled(known)),
    }


def medians(timed: Calls, repeats: int) -> dict[str, float]:
    """Seconds of each call, the calls in turn so that a busy machine slows all alike."""
    for call in timed.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(repeats):
        for name, call in timed.items():
            start = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - start)
    return {name: float(np.median(each)) for name, each in seconds.items()}


def disagreement(timed: Calls) -> float:
    """Largest difference between the gradients of torch and JAX, as a share of the largest entry."""
    first, *others = (np.asarray(timed[name]()) for name in timed if "gradient" in name)
    return max(float(np.abs(other - first).max() / np.abs(first).max()) for other in others)


def main(layers: int = 10, repeats: int = 7) -> None:
    """One line per wave, batch and call; how far the gradients differ stands beside their times."""
    jax.config.update("jax_enable_x64", True)
    print(f"{layers} layers x {PERIODS.size} periods, one thread, medians of {repeats}; ratios to the engine's values")
    for wave in ("rayleigh", "love"):
        for count in BATCHES:
            timed = calls(crusts(count, layers), wave)
            seconds = medians(timed, repeats if count > 1 else 20 * repeats)
            print(f"{wave}, {count} models: gradients differ by {disagreement(timed):.0e}")
            for name, each in seconds.items():
                print(f"  {name:21s} {1e3 * each:9.3f} ms  {each / seconds['engine, values']:6.2f} x")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
