"""What one sweep costs, how near that is to the machine's limit, and how many sweeps a curve takes.

Run from the repository root: `python -m benchmarks.sweep_cost`. One thread, one 256-layer model of the weak prior, 59
periods. The limit is numpy's matrix product in the same run. Operations are counted by hand in the source of one
sublayer and lane: additions and multiplications, the mode count included.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import time
from collections.abc import Callable

import numpy as np
from benchmarks.models import PERIODS, weak_models

from surfgrad.waves.batch import solve_valid
from surfgrad.waves.compiled import LANES
from surfgrad.waves.layers import COLUMNS, layer_table
from surfgrad.waves.sweep import LOVE, RAYLEIGH, evaluate

OPERATIONS = {"rayleigh": {"thin": 108, "medium": 136}, "love": {"thin": 33, "medium": 47}}
"""Of `_climb_thin` and `_climb_medium`."""


def fastest(function: Callable[[], object], repeats: int = 15) -> float:
    """Least seconds of one call."""
    function()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def peak() -> float:
    """Floating-point operations a second of numpy's matrix product."""
    a = np.random.default_rng(0).random((768, 768))
    return 2 * 768**3 / fastest(lambda: a @ a, 9)


def sweep_seconds(table: np.ndarray, wave: int, shortest: float, longest: float) -> float:
    """Seconds of one sweep of LANES lanes through all layers."""
    c = np.linspace(3.0, 4.0, LANES)
    k = 2 * np.pi / (np.geomspace(shortest, longest, LANES) * c)
    start, f, count = np.full(LANES, table.shape[0] - 1), np.empty(LANES), np.empty(LANES, np.int64)
    return fastest(lambda: evaluate(wave, table, k, c, start, f, count), 200)


def main() -> None:
    """Print the table."""
    model = tuple(np.ascontiguousarray(a, dtype=float) for a in weak_models(1)[0])
    table = np.empty((model[0].size, COLUMNS))
    layer_table(*model, table)
    limit = peak()
    print(f"{table.shape[0]} layers, {LANES} lanes, one thread; matrix product {limit / 1e9:.0f} GFlop/s")
    print("wave       periods     layers   ns a layer and lane   GFlop/s   share of the matrix product")
    for wave, code in (("rayleigh", RAYLEIGH), ("love", LOVE)):
        for kind, shortest, longest in (("thin", 25.0, 60.0), ("medium", 2.5, 8.0)):
            each = sweep_seconds(table, code, shortest, longest) / table.shape[0] / LANES
            rate = OPERATIONS[wave][kind] / each
            print(
                f"{wave:9s} {shortest:4.1f}-{longest:4.1f} s   {kind:6s}   {1e9 * each:8.2f}"
                f"              {rate / 1e9:7.1f}   {rate / limit:6.0%}"
            )
        batch = [a[None] for a in model]
        curve = fastest(lambda batch=batch, wave=wave: solve_valid(*batch, PERIODS, wave=wave, mode=0, threads=1))
        one = sweep_seconds(table, code, 2.0, 60.0)
        print(
            f"          a curve of {PERIODS.size} periods: {1e3 * curve:.2f} ms, the time of"
            f" {curve / one:.0f} full-depth sweeps, {curve / one * LANES / PERIODS.size:.1f} a root"
        )


if __name__ == "__main__":
    main()
