"""Roots of one branch from the count alone: bisection, no secular function, nothing to jump over inside a bracket."""

from dataclasses import dataclass
from typing import Any

import mpmath as mp
import numpy as np
from tests.reference.float_count import count_float
from tests.reference.stiffness import DIGITS, Model, count


@dataclass(frozen=True)
class Crossings:
    """Where the branch `mode` is met at one period, seen on a grid of velocities (km/s).

    `up`: brackets (slower, faster) over which the count rises from <= mode to > mode; `down`: where it falls back.
    """

    up: list[tuple[float, float]]
    down: list[tuple[float, float]]


def velocity_grid(model: Model, points: int = 400) -> np.ndarray:
    """Velocities from below the slowest root up to the half-space's vs, itself included, in even log steps."""
    slowest = float(np.min(model[2]))
    # A heavy layer on a light one is slower than the Rayleigh wave of either (0.88 of it was met, 0.67 of the slowest
    # vs); half the slowest vs leaves room, and `slowest_root` notices a count that is not zero there.
    return np.geomspace(0.5 * slowest, float(model[2][-1]), points)


def crossings(model: Model, period: float, wave: str, mode: int, points: int = 400) -> Crossings:
    """All crossings of one branch visible on a grid of `points` velocities."""
    grid = velocity_grid(model, points)
    w = 2 * np.pi / period
    counts = count_float(model, w, w / grid, wave)
    if counts[0] != 0:
        raise ValueError(f"the grid starts above a root: {counts[0]} modes below {grid[0]} km/s")
    above = counts > mode
    steps = np.flatnonzero(above[1:] != above[:-1])
    pairs = [(float(grid[i]), float(grid[i + 1]), bool(above[i + 1])) for i in steps]
    return Crossings([(a, b) for a, b, up in pairs if up], [(a, b) for a, b, up in pairs if not up])


def narrow(
    model: Model, period: float, wave: str, mode: int, bracket: tuple[float, float], steps: int = 24
) -> tuple[float, float]:
    """Bisection of an upward bracket with the float count; stops well before rounding could decide."""
    low, high = bracket
    w = 2 * np.pi / period
    for _ in range(steps):
        middle = 0.5 * (low + high)
        if count_float(model, w, w / middle, wave) > mode:
            high = middle
        else:
            low = middle
        if high - low < 1e-7 * high:
            break
    return low, high


def refine(model: Model, period: float, wave: str, mode: int, bracket: tuple[float, float], digits: int = 27) -> Any:
    """Root in an upward bracket to `digits` digits, as mpf, by bisection on the exact count."""
    with mp.workdps(DIGITS):
        w = 2 * mp.pi / mp.mpf(float(period))
        low, high = mp.mpf(bracket[0]), mp.mpf(bracket[1])
        if count(model, w, w / low, wave) > mode or count(model, w, w / high, wave) <= mode:
            raise ValueError(
                f"the exact count does not cross {mode} upwards between {bracket[0]} and {bracket[1]} km/s"
            )
        while high - low > high * mp.mpf(10) ** -digits:
            middle = (low + high) / 2
            if count(model, w, w / middle, wave) > mode:
                high = middle
            else:
                low = middle
        return (low + high) / 2


def slowest_root(model: Model, period: float, wave: str, mode: int, points: int = 400, digits: int = 27) -> Any:
    """Phase velocity (mpf, km/s) of a mode: the slowest root of its branch; None where there is none."""
    found = crossings(model, period, wave, mode, points)
    if not found.up:
        return None
    bracket = narrow(model, period, wave, mode, found.up[0])
    margin = 1e-7 * bracket[1]
    top = min(bracket[1] + margin, float(model[2][-1]))
    return refine(model, period, wave, mode, (bracket[0] - margin, top), digits)
