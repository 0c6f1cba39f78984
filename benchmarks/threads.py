"""What threads gain on a batch: curves and phase kernels with one thread and with several, in one run.

Run from the repository root: `python -m benchmarks.threads [threads, default 2] [tries, default 15]`. By the clock, one
and several alternating. The ratio of the least times says what the machine can do; the median over the tries, and the
processor time beside it, whether it was left alone: a processor time above one thread's means that others, or the
memory, slowed the threads down.
"""

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from benchmarks.models import PERIODS, weak_models
from benchmarks.peers import crust

import surfgrad as sg

TARGET = 1.8
"""Asked of a batch of curves."""


def batches() -> dict[str, list[np.ndarray]]:
    """Names and columns (N, L) of the batches."""
    rng = np.random.default_rng(7)
    models = {
        "256 layers, 512 models": 8 * weak_models(64),
        "10 layers, 1,000 models": [crust(rng) for _ in range(1000)],
    }
    return {name: [np.stack(column) for column in zip(*several, strict=True)] for name, several in models.items()}


def spent(function: Callable[..., Any], columns: list[np.ndarray], wave: str, threads: int) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    function(*columns, PERIODS, wave=wave, threads=threads)
    return time.perf_counter() - clock, time.process_time() - processor


def main(threads: int = 2, tries: int = 15) -> None:
    """Print a line per batch, wave and kind."""
    print(f"{PERIODS.size} periods, {threads} threads over 1, {tries} tries; load {os.getloadavg()[0]:.1f}")
    for name, columns in batches().items():
        for wave in ("rayleigh", "love"):
            for kind, function in (("curves", sg.phase_velocity), ("phase kernels", sg.phase_kernels)):
                spent(function, columns, wave, 1)
                one, several = np.array(
                    [[spent(function, columns, wave, count) for count in (1, threads)] for _ in range(tries)]
                ).transpose(1, 0, 2)
                best = one[:, 0].min() / several[:, 0].min()
                verdict = ("met" if best >= TARGET else "NOT MET") if kind == "curves" and threads == 2 else "no target"
                print(
                    f"{name:24s} {wave:9s} {kind:14s} best {best:4.2f} x ({verdict})"
                    f"   median {np.median(one[:, 0] / several[:, 0]):4.2f} x"
                    f"   processor time {several[:, 1].min() / one[:, 1].min():4.2f} of one thread's"
                )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
