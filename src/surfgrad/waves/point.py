"""The search for one root, one evaluation at a time: where to look next, and when to stop.

The state of one (period, mode) is a row of floats, so that the searches of a whole curve advance together and share
sweeps. The mode count alone decides on which side of an evaluated velocity the root lies; the secular function only
says how to get there faster, so a root of another branch, or one that hides in rounding, can't mislead the search.
"""

import numpy as np

from surfgrad.waves.compiled import compiled

# Columns of a search's row.
LO, HI = 0, 1
"""Velocities with at most `mode`, and with more than `mode`, modes below them."""
N_LO, N_HI = 2, 3
"""Mode counts there; UNKNOWN until evaluated."""
X1, F1, X2, F2, X3, F3 = range(4, 10)
"""The last three velocities with the secular function, newest first; NaN where there are fewer."""
STRIDE = 10
"""How far to step while one side is unknown."""
ROOT = 11
"""The answer; NaN until it is found."""
COLUMNS = 12

UNKNOWN = -1.0
EPS = 2.220446049250313e-16
TOLERANCE = 1e-15
"""Relative error estimate of the secant at which a search ends."""
NOISE = 2e-14
"""Relative step below which rounding of the secular function leads."""


@compiled
def begin(row, floor, top, stride):
    """A fresh search between `floor`, below which there is no mode, and `top`, the half-space's vs."""
    for i in range(COLUMNS):
        row[i] = np.nan
    row[LO], row[HI] = floor, top
    row[N_LO], row[N_HI] = 0.0, UNKNOWN
    row[STRIDE] = stride


@compiled
def learn(row, mode, c, f, count):
    """Take in one evaluation."""
    row[X3], row[F3] = row[X2], row[F2]
    row[X2], row[F2] = row[X1], row[F1]
    row[X1], row[F1] = c, f
    if count > mode:
        row[HI], row[N_HI] = c, count
    else:
        row[LO], row[N_LO] = c, count


@compiled
def isolated(row, mode):
    """Whether exactly one root, that of the branch, lies in the bracket (or an odd number, for backward waves)."""
    return row[N_LO] == mode and row[N_HI] == mode + 1


@compiled
def advance(row, mode, guess):
    """The next velocity to evaluate, or NaN when the search has ended: ROOT is set, or N_HI is still UNKNOWN at HI."""
    lo, hi = row[LO], row[HI]
    if row[N_HI] == UNKNOWN:
        return _step_up(row, guess)
    if hi - lo <= 4.0 * EPS * hi:
        row[ROOT] = 0.5 * (lo + hi)
        return np.nan
    if np.isnan(row[X1]):
        return guess if lo < guess < hi else 0.5 * (lo + hi)
    if not isolated(row, mode):
        return _cross(row)
    return _refine(row)


@compiled
def _step_up(row, guess):
    if np.isnan(row[X1]):
        return min(guess, row[HI])
    if row[LO] == row[HI]:
        return np.nan
    c = row[LO] + row[STRIDE]
    row[STRIDE] *= 4.0
    return min(c, row[HI])


@compiled
def _cross(row):
    """Step from the last value towards the other side of the bracket, further each time, at most to its middle."""
    lo, hi = row[LO], row[HI]
    middle, stride = 0.5 * (lo + hi), row[STRIDE]
    row[STRIDE] *= 4.0
    if row[X1] == hi:
        return max(hi - stride, middle)
    if row[X1] == lo:
        return min(lo + stride, middle)
    return middle


@compiled
def _refine(row):
    lo, hi = row[LO], row[HI]
    c = _interpolate(row)
    if not (lo < c < hi):
        # Also where there is only one value yet.
        return _cross(row)
    step, last = abs(c - row[X1]), abs(row[X1] - row[X2])
    # Judged by the longer of two steps: curvature may cancel one that is still needed.
    left = max(step, abs(_secant(row) - row[X1]))
    bend = _bend(row)
    if bend < 1.0 and (left <= NOISE * c or left * bend * (last + left) <= TOLERANCE * c * abs(row[X2] - row[X3])):
        row[ROOT] = c
        return np.nan
    return _cross(row) if _stalls(row, step, last) else c


@compiled
def _bend(row):
    """Relative change of slope over the last three values: only where it is small is a short step a sign of a near
    root.

    The secant through the last two is wrong by its step times F''/(2F') times the distance of the second from the
    root, and this is F''/(2F') times the distance of the second from the third.
    """
    to2, to3 = (row[F1] - row[F2]) / (row[X1] - row[X2]), (row[F1] - row[F3]) / (row[X1] - row[X3])
    return abs(to2 / to3 - 1.0)


@compiled
def _stalls(row, step, last):
    """Brent's (1973) safeguard: interpolation must halve its steps over two evaluations, and not run far ahead."""
    if np.isnan(row[X3]):
        between = min(row[X1], row[X2]) == row[LO] and max(row[X1], row[X2]) == row[HI]
        return not between and step > 4.0 * last
    return step > 0.5 * abs(row[X2] - row[X3])


@compiled
def bisect_more(row, floor, top):
    """Start again without a stride, so that every crossing step is a bisection; drop the answer."""
    begin(row, floor, top, np.inf)


@compiled
def _interpolate(row):
    """Inverse quadratic interpolation of the last three values, secant of the last two where that is impossible."""
    x1, x2, x3 = row[X1], row[X2], row[X3]
    f1, f2, f3 = row[F1], row[F2], row[F3]
    secant = _secant(row)
    if np.isnan(x3) or f1 == f3 or f2 == f3:
        return secant
    # Newton's form in the inverse function.
    slope21, slope32 = (x2 - x1) / (f2 - f1), (x3 - x2) / (f3 - f2)
    c = x1 - f1 * slope21 + f1 * f2 * (slope32 - slope21) / (f3 - f1)
    return c if row[LO] < c < row[HI] else secant


@compiled
def _secant(row):
    return row[X1] - row[F1] * (row[X2] - row[X1]) / (row[F2] - row[F1])
