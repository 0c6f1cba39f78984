"""The search for one root, one or two evaluations at a time: where to look next, and when to stop.

The state of one (period, mode) is a row of floats, so that the searches of a whole curve advance together and share
sweeps. The mode count alone decides on which side of an evaluated velocity the root lies; the secular function only
says how to get there faster, so a root of another branch, or one that hides in rounding, can't mislead the search.

Counts on both sides of a root, not too near it, prove the branch (see `certificate`). A search that begins next to
its root therefore begins with a pair of velocities around it: they are proof and first step in one.
"""

import numpy as np

from surfgrad.waves.compiled import inlined, lean

# Columns of a search's row.
LO, HI = 0, 1
"""Velocities with at most `mode`, and with more than `mode`, modes below them."""
N_LO, N_HI = 2, 3
"""Mode counts there; UNKNOWN until evaluated."""
X1, F1, X2, F2, X3, F3 = range(4, 10)
"""The last three velocities with the secular function, newest first, of those with `mode` or `mode` + 1 modes below
them: across other roots it can't be interpolated. NaN where there are fewer."""
LAST = 10
"""The last velocity evaluated."""
STRIDE = 11
"""How far to step while one side is unknown."""
MISS = 12
"""What the first velocity may be wrong by, where neighbouring periods tell; else NaN."""
TOP = 13
"""The half-space's vs: no probe goes beyond."""
ALONE_LO, ALONE_HI = 14, 15
"""Least velocity seen with `mode` modes below it, greatest with `mode` + 1: between them the branch is alone."""
TRIES = 16
"""Number of evaluations made for that proof alone."""
SPENT = 17
"""Number of evaluations so far."""
FORECAST = 18
"""What the last estimate was expected to be wrong by, if it is the last velocity evaluated; else NaN."""
ROOT = 19
"""The answer; NaN until it is found."""
PEAK = 20
"""Greatest secular function met with `mode` or `mode` + 1 modes below, here or at the periods that a search begins
between: what it takes for a large value."""
OTHERS_LO, OTHERS_HI = 21, 22
"""Greatest velocity seen with fewer than `mode` modes below it, least with more than `mode` + 1."""
COLUMNS = 23

UNKNOWN = -1.0
EPS = 2.220446049250313e-16
ENOUGH = 2e-14
"""Relative error estimate of interpolation at which a search ends."""
LEAST_ERROR = 1e-15
"""The same beside the half-space's vs, where what is made of a velocity depends on their distance."""
NOISE = 2e-14
"""Relative step below which rounding of the secular function leads."""
ALONE = 1e-5
"""Relative distance on both sides to which a branch must be alone to be proven by the search's own evaluations."""
MOST_TRIES = 4


@lean
def begin(row, floor, top, stride):
    """A fresh search between `floor`, below which there is no mode, and `top`, the half-space's vs."""
    for i in range(COLUMNS):
        row[i] = np.nan
    row[LO], row[HI] = floor, top
    row[N_LO], row[N_HI] = 0.0, UNKNOWN
    row[STRIDE], row[TOP] = stride, top
    row[TRIES], row[SPENT], row[PEAK] = 0.0, 0.0, 0.0


@inlined
def learn(row, mode, c, f, count):
    """Take in one evaluation."""
    row[LAST] = c
    row[SPENT] += 1.0
    if count == mode or count == mode + 1:
        row[X3], row[F3] = row[X2], row[F2]
        row[X2], row[F2] = row[X1], row[F1]
        row[X1], row[F1] = c, f
        row[PEAK] = max(row[PEAK], abs(f))
    elif count < mode:
        row[OTHERS_LO] = c if not row[OTHERS_LO] >= c else row[OTHERS_LO]
    else:
        row[OTHERS_HI] = c if not row[OTHERS_HI] <= c else row[OTHERS_HI]
    if count == mode and not row[ALONE_LO] <= c:
        row[ALONE_LO] = c
    if count == mode + 1 and not row[ALONE_HI] >= c:
        row[ALONE_HI] = c
    if count > mode:
        if c < row[HI] or row[N_HI] == UNKNOWN:
            row[HI], row[N_HI] = c, count
    elif c > row[LO]:
        row[LO], row[N_LO] = c, count


@inlined
def isolated(row, mode):
    """Whether exactly one root, that of the branch, lies in the bracket (or an odd number, for backward waves)."""
    return row[N_LO] == mode and row[N_HI] == mode + 1


@inlined
def alone_below(row, c):
    """Whether the branch is alone as far below `c` as its proof needs."""
    return row[ALONE_LO] <= c * (1.0 - ALONE)


@inlined
def alone_above(row, c):
    """Whether the branch is alone as far above `c` as its proof needs."""
    return row[ALONE_HI] >= min(c * (1.0 + ALONE), row[TOP])


@lean
def advance(row, mode, guess, at):
    """Put the next velocities to evaluate into `at` (2,) and return their number.

    None when the search has ended: ROOT is set, or N_HI is still UNKNOWN at HI.
    """
    lo, hi, forecast = row[LO], row[HI], row[FORECAST]
    row[FORECAST] = np.nan
    if row[N_HI] != UNKNOWN and hi - lo <= 4.0 * EPS * hi:
        row[ROOT] = 0.5 * (lo + hi)
        return 0
    if row[SPENT] == 0.0:
        return _first(row, guess, at)
    if isolated(row, mode) and not np.isnan(row[X2]):
        c, error = _estimate(row)
        if abs(c - row[X1]) > forecast:
            # The last forecast was too good: the function has structure that the values' distances do not tell.
            error *= abs(c - row[X1]) / forecast
        if np.isnan(forecast):
            # No search ends on its first estimate: an evaluation must have held one to what was foretold.
            error = max(error, 2.0 * _enough(row, c))
        if not np.isnan(c):
            return _approach(row, c, error, at)
    at[0] = _step_up(row) if row[N_HI] == UNKNOWN else _cross(row)
    return 0 if np.isnan(at[0]) else 1


@inlined
def _first(row, guess, at):
    if row[MISS] <= 0.01 * guess:
        return _around(row, guess, row[MISS], at)
    at[0] = min(guess, row[HI]) if row[LO] < guess else 0.5 * (row[LO] + row[HI])
    return 1


@inlined
def _around(row, c, error, at):
    wide = 2.0 * ALONE * c + error
    at[0], at[1] = c - wide, min(c + wide, row[TOP])
    return 2


@inlined
def _step_up(row):
    if row[LO] == row[HI]:
        return np.nan
    c = row[LO] + row[STRIDE]
    row[STRIDE] *= 4.0
    return min(c, row[HI])


@inlined
def _cross(row):
    """Step from the last value towards the other side of the bracket, further each time, at most to its middle."""
    lo, hi = row[LO], row[HI]
    middle, stride = 0.5 * (lo + hi), row[STRIDE]
    row[STRIDE] *= 4.0
    if row[LAST] == hi:
        return max(hi - stride, middle)
    if row[LAST] == lo:
        return min(lo + stride, middle)
    return middle


@lean
def _approach(row, c, error, at):
    """What to do about an estimate: stop, evaluate it, or see to it that the branch is proven beside it."""
    ends = error <= _enough(row, c)
    if row[TRIES] < MOST_TRIES and error <= ALONE * c:
        below, above = alone_below(row, c), alone_above(row, c)
        wide = 2.0 * ALONE * c + 3.0 * error
        crowded = row[OTHERS_LO] >= c - wide or row[OTHERS_HI] <= c + wide
        if not ((below and above) or crowded):
            row[TRIES] += 1.0
            at[0] = min(c + wide, row[TOP]) if below else c - wide
            if below or above:
                return 1
            at[1] = min(c + wide, row[TOP])
            return 2
    if ends:
        row[ROOT] = c
        return 0
    at[0] = c
    row[FORECAST] = error
    return 1


@inlined
def _enough(row, c):
    return max(LEAST_ERROR, ENOUGH * min(1.0, 1e3 * (row[TOP] / c - 1.0))) * c


@lean
def _estimate(row):
    """(root, its error) as the last values have it; NaN where they can't tell."""
    lo, hi = row[LO], row[HI]
    if np.isnan(row[X3]):
        c = _secant(row)
        between = min(row[X1], row[X2]) == lo and max(row[X1], row[X2]) == hi
        step, last = abs(c - row[X1]), abs(row[X1] - row[X2])
        if not lo < c < hi or (not between and step > 4.0 * last):
            return np.nan, np.nan
        rate = max(3.0 / c, abs((row[F1] - row[F2]) / (row[X1] - row[X2])) / min(1.0, 2.0 * row[PEAK]))
        return c, min(step, rate * step * abs(c - row[X2]))
    c, secant, bend = _interpolate(row), _secant(row), _bend(row)
    step = abs(c - row[X1])
    # By the longer of two steps, as in `_left_out`.
    if bend < 1.0 and max(step, abs(secant - row[X1])) <= NOISE * c:
        return min(max(c, lo), hi), 0.0
    if not lo < c < hi:
        return np.nan, np.nan
    if bend < 1.0:
        return c, _left_out(row, c, secant)
    # Brent's (1973) safeguard: interpolation must halve its steps over two evaluations.
    if step > 0.5 * abs(row[X2] - row[X3]):
        return np.nan, np.nan
    return c, step


@lean
def _left_out(row, c, secant):
    """What interpolation through three values may leave out.

    The secular function is PEAK times the sine of some angle, so its slope, if not its curvature, tells on what length
    it changes.
    The way still to go is the longer of two steps: curvature may cancel one that is needed.
    """
    d1, d2, d3 = max(abs(row[X1] - c), abs(row[X1] - secant)), abs(row[X2] - c), abs(row[X3] - c)
    slope = max(abs((row[F1] - row[F2]) / (row[X1] - row[X2])), abs((row[F1] - row[F3]) / (row[X1] - row[X3])))
    curve = min(abs(c - secant) / (d1 * d2 + EPS * EPS), 1.0 / max(d1, d2))
    rate = max(3.0 / c, slope / min(1.0, 2.0 * row[PEAK]), curve)
    error = rate * d1 * d2 * min(1.0, 3.0 * rate * d3)
    beyond = (row[X1] > c) == (row[X2] > c) and (row[X1] > c) == (row[X3] > c)
    # A long step beyond all values is worth an evaluation.
    return max(error, 1e-3 * d1) if beyond and d1 > 0.1 * abs(row[X1] - row[X2]) else error


@inlined
def _bend(row):
    """Relative change of slope over the last three values: only where it is small is a short step a sign of a near
    root.

    The secant through the last two is wrong by its step times F''/(2F') times the distance of the second from the
    root, and this is F''/(2F') times the distance of the second from the third.
    """
    to2, to3 = (row[F1] - row[F2]) / (row[X1] - row[X2]), (row[F1] - row[F3]) / (row[X1] - row[X3])
    return abs(to2 / to3 - 1.0)


@lean
def bisect_more(row, floor, top):
    """Start again without a stride, so that every crossing step is a bisection; drop the answer."""
    begin(row, floor, top, np.inf)


@lean
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


@inlined
def _secant(row):
    return row[X1] - row[F1] * (row[X2] - row[X1]) / (row[F2] - row[F1])
