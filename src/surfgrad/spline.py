"""Curves between known periods: a cubic spline in log period, written as a matrix so that derivatives follow."""

from collections.abc import Sequence

import numpy as np

from surfgrad.errors import UsageError

_SLACK = 1e-9  # relative: a period that was printed and read again is still inside


def spline_weights(known: Sequence[float], periods: np.ndarray) -> np.ndarray:
    """(T, K): velocities at `periods` (T,), s, are these weights times the velocities at the K known ones, s.

    The not-a-knot cubic spline in log period is linear in its ordinates, so the same weights carry every derivative
    with respect to the model, exactly. At a known period the row is a unit vector. Raises UsageError outside.
    """
    from scipy.interpolate import CubicSpline

    knots = np.asarray(known, dtype=np.float64)
    order = np.argsort(knots)
    low, high = knots[order[0]], knots[order[-1]]
    outside = ~((periods >= low * (1 - _SLACK)) & (periods <= high * (1 + _SLACK)))
    if outside.any():
        raise UsageError(f"periods: {periods[outside][0]:g} s given; the network knows {low:g} to {high:g} s")
    if knots.size == 1:
        return np.ones((periods.size, 1))
    spline = CubicSpline(np.log(knots[order]), np.eye(knots.size)[order])
    return np.asarray(spline(np.log(np.clip(periods, low, high))))
