"""Phase curves against disba (algorithm "dunkin"): time, accuracy and failures, one thread, 256 layers x 59 periods.

Run from the repository root: `python -m benchmarks.phase_speed [models, default 8] [repeats, default 3]`.
disba's import and compilation are left out by a warm-up call; so are ours. Each solver is asked for the same curves,
alternating model by model, in processor time, so that a busy machine slows both alike.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable

import numpy as np
from benchmarks.models import PERIODS, Arrays, weak_models
from disba import DispersionError, PhaseDispersion

from surfgrad.waves.phase import phase_velocity

TARGETS = {"rayleigh": 10.0, "love": 8.0}


def ours(model: Arrays, wave: str) -> np.ndarray:
    """Our curve, (59,)."""
    return phase_velocity(*model, PERIODS, wave=wave, threads=1)


def theirs(model: Arrays, wave: str) -> np.ndarray:
    """disba's curve put back on all periods: it drops those that it cannot solve."""
    curve = np.full(PERIODS.size, np.nan)
    try:
        found = PhaseDispersion(*model, algorithm="dunkin")(PERIODS, mode=0, wave=wave)
    except DispersionError:
        return curve
    curve[np.searchsorted(PERIODS, found.period)] = found.velocity
    return curve


def timed(function: Callable[[Arrays, str], np.ndarray], model: Arrays, wave: str) -> tuple[float, np.ndarray]:
    """Seconds of processor time, and the curve."""
    start = time.process_time()
    curve = function(model, wave)
    return time.process_time() - start, curve


def compare(models: list[Arrays], wave: str, repeats: int) -> None:
    """Print one line of the table."""
    seconds: dict[str, list[float]] = {"ours": [], "theirs": []}
    deviation, missing = 0.0, {"ours": 0, "theirs": 0}
    for model in models:
        fast, slow = [], []
        for _ in range(repeats):
            spent, mine = timed(ours, model, wave)
            fast.append(spent)
            spent, other = timed(theirs, model, wave)
            slow.append(spent)
        seconds["ours"].append(float(np.median(fast)))
        seconds["theirs"].append(float(np.median(slow)))
        missing["ours"] += int(np.isnan(mine).sum())
        missing["theirs"] += int(np.isnan(other).sum())
        both = np.isfinite(mine) & np.isfinite(other)
        deviation = max(deviation, float(np.max(np.abs(other[both] / mine[both] - 1), initial=0.0)))
    a, b = (float(np.median(seconds[who])) for who in ("ours", "theirs"))
    verdict = "met" if b / a >= TARGETS[wave] else "NOT MET"
    print(
        f"{wave:9s} {1e3 * a:9.2f} ms {1e3 * b:9.2f} ms {b / a:7.1f} x  (target {TARGETS[wave]:.0f} x: {verdict})"
        f"   {deviation:9.1e}   {missing['ours']:5d} {missing['theirs']:5d} of {len(models) * PERIODS.size}"
    )


def main(count: int = 8, repeats: int = 3) -> None:
    """Print the table."""
    models = weak_models(count)
    for wave in TARGETS:
        ours(models[0], wave)
        theirs(models[0], wave)
    size = models[0][0].size
    print(f"{count} models, weak prior, {size} layers x {PERIODS.size} periods, one thread, medians of {repeats}")
    print(
        "wave        surfgrad        disba    ratio                         max rel. diff.   no value: surfgrad, disba"
    )
    for wave in TARGETS:
        compare(models, wave, repeats)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
