"""Phase and group kernels of a whole curve, in units of the curve's own time; one thread, 256 layers x 59 periods.

Run from the repository root: `python -m benchmarks.kernel_cost [models, default 8] [repeats, default 5]`. Processor
time, the least of three calls in a row, medians over models and repeats.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from benchmarks.models import PERIODS, weak_models

import surfgrad as sg

KERNELS: dict[str, tuple[Callable[..., Any], float]] = {
    "phase kernels": (sg.phase_kernels, 2.0),
    "group kernels": (sg.group_kernels, 6.0),
}
"""Name: (function, how many times the curve it may take)."""


def main(count: int = 8, repeats: int = 5) -> None:
    """Print a line per wave and kind; a residual stands beside the time so that speed cannot hide an error."""
    models = weak_models(count)
    size = models[0][0].size
    print(f"{count} models, weak prior, {size} layers x {PERIODS.size} periods, one thread, medians of {repeats}")
    for wave in ("rayleigh", "love"):
        forward = _median(sg.phase_velocity, models, repeats, wave)
        print(f"{wave:9s} {'curve':14s} {1e3 * forward:7.2f} ms")
        for name, (function, target) in KERNELS.items():
            taken, residual = _median(function, models, repeats, wave), _residual(function, models, wave)
            verdict = "met" if taken <= target * forward else "NOT MET"
            print(
                f"{wave:9s} {name:14s} {1e3 * taken:7.2f} ms {taken / forward:6.2f} x  ({target:.0f} x: {verdict})"
                f"  |sum rho df/drho| / f: {residual:.1e}"
            )


def _median(function: Callable[..., Any], models: list[Any], repeats: int, wave: str) -> float:
    """Seconds of processor time a model."""
    function(*models[0], PERIODS, wave=wave, threads=1)
    return float(np.median([min(_once(function, model, wave) for _ in range(3)) for model in models * repeats]))


def _once(function: Callable[..., Any], model: Any, wave: str) -> float:
    start = time.process_time()
    function(*model, PERIODS, wave=wave, threads=1)
    return time.process_time() - start


def _residual(function: Callable[..., Any], models: list[Any], wave: str) -> float:
    records = [(function(*model, PERIODS, wave=wave, threads=1), model[3]) for model in models]
    return max(float(np.nanmax(np.abs(record.rho @ rho / record.velocity))) for record, rho in records)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
