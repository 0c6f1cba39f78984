"""Monotone piecewise cubic interpolation without the cost of building an object.

Fritsch & Butland (1984, SIAM J. Sci. Stat. Comput. 5, 300-304): slopes are weighted harmonic means of the neighbouring
differences, zero at turning points, so that the curve never leaves the range of its two nearest knots.
"""

import numpy as np

Array = np.ndarray


def pchip(x: Array, y: Array, at: Array) -> Array:
    """Values at `at` (M,) of the monotone cubic through knots `x` (K,), strictly increasing, K >= 2, and `y` (K,).

    Beyond the end knots the end values continue.
    """
    h = np.diff(x)
    slope = np.diff(y) / h
    d = _slopes(h, slope)
    at = np.clip(at, x[0], x[-1])
    i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(h) - 1)
    t = (at - x[i]) / h[i]
    straight = slope[i]
    # Newton-like form of the Hermite cubic: exact at both knots.
    return y[i] + h[i] * t * (straight + (1 - t) * ((1 - t) * (d[i] - straight) + t * (straight - d[i + 1])))


def _slopes(h: Array, slope: Array) -> Array:
    if len(h) == 1:
        return np.array([slope[0], slope[0]])
    before, after = slope[:-1], slope[1:]
    w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    same = before * after > 0
    safe_before, safe_after = np.where(same, before, 1.0), np.where(same, after, 1.0)
    inner = np.where(same, (w1 + w2) / (w1 / safe_before + w2 / safe_after), 0.0)
    return np.concatenate(([slope[0]], inner, [slope[-1]]))
