"""Derivative labels: time beside that of the values, bytes, and what the directions see; one thread, weak prior.

Run from the repository root: `python -m benchmarks.label_cost [models, default 300]`. The tables of docs/labels.md.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from benchmarks.models import PERIODS, weak_models

from surfgrad.contracts import WAVES
from surfgrad.earth.priors import get_prior
from surfgrad.ensembles.labels import Context, Kind, Plan, directions, label_block
from surfgrad.ensembles.labels.pool import prior_pool
from surfgrad.waves.phase import solve_batch

PLANS = ("directional:8,periods:2", "directional:8,periods:4", "directional:8,periods:16", "periods:4,kernels:4")
WAVELENGTHS = (2, 4, 8, 16, 32, 64, 128, np.inf)


def main(count: int = 300) -> None:
    """Print the three tables."""
    from surfgrad.ensembles.labels import parse_plan

    models = tuple(np.array(column) for column in zip(*weak_models(count), strict=True))
    context = Context(WAVES, PERIODS, prior_pool(get_prior("weak"), 1))
    (velocity, status), values = _timed(lambda: _solve(models))
    print(f"{count} weak models, 256 layers, {PERIODS.size} periods, both waves, one thread")
    print(f"{'values':34s} {1e3 * values / count:6.2f} ms a model")
    for text in PLANS:
        plan = parse_plan(text)
        found, cost = _timed(
            lambda plan=plan: label_block(models, velocity, status, plan, 1, 0, context=context, threads=1)
        )
        size = sum(array.nbytes for array in found.values()) / count
        print(f"{text:34s} {1e3 * cost / count:6.2f} ms a model ({cost / values:4.0%} of values), {size:6.0f} bytes")
    whole = label_block(models, velocity, status, Plan(8, 4, 8), 1, 0, context=context, threads=1)
    vectors, rebuilt = _timed(lambda: _directions(whole, context))
    print(f"directions rebuilt: {vectors.shape[0] * vectors.shape[1] / rebuilt:.0f} a second, single precision")
    _what_they_see(whole, vectors)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Result and seconds, of the faster of two runs: the first may compile."""
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return result, min(seconds)


def _solve(models: Any) -> tuple[np.ndarray, np.ndarray]:
    solved = [solve_batch(*models, PERIODS, wave=wave, threads=1) for wave in WAVES]
    return np.stack([one[0] for one in solved], axis=1), np.stack([one[1] for one in solved], axis=1)


def _directions(found: dict[str, np.ndarray], context: Context) -> np.ndarray:
    codes = (found[f"direction_{name}"] for name in ("kind", "weight", "place"))
    return directions(*codes, context.pool, 256, np.float32)


def _what_they_see(found: dict[str, np.ndarray], vectors: np.ndarray) -> None:
    """Root-mean-square label of an error of the vs kernel: the kernel times a cosine of random phase, by wavelength;
    over that of directions white in all parameters."""
    count = len(vectors)
    kernel = found["kernel"].reshape(count, -1, 3, 256)[:, :, 1].astype(float)
    trapped = np.isfinite(kernel).all(axis=2)
    kinds = {kind.name.lower(): found["direction_kind"] == kind for kind in Kind}
    kinds["all"] = np.ones_like(found["direction_kind"], bool)
    print("wavelength, layers " + " ".join(f"{name:>9s}" for name in kinds))
    rng = np.random.default_rng(0)
    for wavelength in WAVELENGTHS:
        phase = rng.uniform(0, 2 * np.pi, (*kernel.shape[:2], 1)) if np.isfinite(wavelength) else 0.0
        error = np.nan_to_num(kernel) * np.cos(2 * np.pi * np.arange(256) / wavelength + phase)
        length = np.linalg.norm(error, axis=2)
        seen = 768 * (np.einsum("nkl,ndl->nkd", error, vectors[:, :, 1]) ** 2)[trapped] / length[trapped][:, None] ** 2
        chosen = {
            name: np.broadcast_to(mask[:, None], (*kernel.shape[:2], mask.shape[1]))[trapped]
            for name, mask in kinds.items()
        }
        print(f"{wavelength:18g} " + " ".join(f"{np.sqrt(seen[mask].mean()):9.1f}" for mask in chosen.values()))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
