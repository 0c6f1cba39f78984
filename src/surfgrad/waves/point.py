"""The search for one root, one or two evaluations at a time: where to look next, and when to stop.

The state of one (period, mode) is a row of floats, so that the searches of a whole curve advance together and share
sweeps. The mode count alone decides on which side of an evaluated velocity the root lies; the secular function only
says how to get there faster, so a root of another branch, or one that hides in rounding, can't mislead the search.

Where an estimate is good enough, the next evaluations are a pair on both sides of it, at least the certificate's
distance away: their counts prove the branch, and interpolation between them ends the search.
"""

import numpy as np

from surfgrad.waves.compiled import compiled

# Columns of a search's row.
LO, HI = 0, 1
"""Velocities with at most `mode`, and with more than `mode`, modes below them."""
N_LO, N_HI = 2, 3
"""Mode counts there; UNKNOWN until evaluated."""
X1, F1, X2, F2, X3, F3, X4, F4 = range(4, 12)
"""The last four velocities with the secular function, newest first; NaN where there are fewer."""
STRIDE = 12
"""How far to step while one side is unknown."""
MISS = 13
"""What the first velocity may be wrong by, as neighbouring periods have it; NaN where nothing is known."""
SLOPE, OFF, CURVE, CURVE_OFF = 14, 15, 16, 17
"""Slope of the secular function at the root and what it may be wrong by, relative; curvature of the inverse function
over its slope squared (s/km) and what it may be wrong by: from neighbouring periods, at the end from the search
itself."""
PAIR = 18
"""1 while a pair is being evaluated."""
N1, N2 = 19, 20
"""Mode counts of the last two evaluations."""
TRIES = 21
"""Number of pairs so far."""
PROVEN_LO, PROVEN_HI = 22, 23
"""Last pair whose counts are mode and mode + 1: the branch lies between; NaN until there is one."""
TOP = 24
"""The half-space's vs: no probe goes beyond."""
SPENT = 25
"""Number of evaluations so far."""
ROOT = 26
"""The answer; NaN until it is found."""
COLUMNS = 27

UNKNOWN = -1.0
EPS = 2.220446049250313e-16
DISTANCE = 1e-6
"""The certificate's relative distance."""
TOLERANCE = 1e-15
"""Relative error estimate of the secant at which a search ends."""
NOISE = 2e-14
"""Relative step below which rounding of the secular function leads."""
ENOUGH = 3e-14
"""Relative error estimate of interpolation at which a pair ends a search."""
WIDEST = 1e-4
"""Greatest relative half width of a pair."""
MOST_PAIRS = 3
"""Pairs after which a search goes on without: the certificate is then taken afterwards."""


@compiled
def begin(row, floor, top, stride):
    """A fresh search between `floor`, below which there is no mode, and `top`, the half-space's vs."""
    for i in range(COLUMNS):
        row[i] = np.nan
    row[LO], row[HI] = floor, top
    row[N_LO], row[N_HI] = 0.0, UNKNOWN
    row[STRIDE], row[TOP] = stride, top
    row[PAIR], row[TRIES], row[SPENT] = 0.0, 0.0, 0.0


@compiled
def learn(row, mode, c, f, count):
    """Take in one evaluation."""
    for i in range(X4 + 1, X1 + 1, -1):
        row[i] = row[i - 2]
    row[X1], row[F1] = c, f
    row[N1], row[N2] = count, row[N1]
    row[SPENT] += 1.0
    if count > mode:
        if c < row[HI] or row[N_HI] == UNKNOWN:
            row[HI], row[N_HI] = c, count
    elif c > row[LO]:
        row[LO], row[N_LO] = c, count


@compiled
def isolated(row, mode):
    """Whether exactly one root, that of the branch, lies in the bracket (or an odd number, for backward waves)."""
    return row[N_LO] == mode and row[N_HI] == mode + 1


@compiled
def advance(row, mode, guess, at):
    """Put the next velocities to evaluate into `at` (2,) and return their number.

    None when the search has ended: ROOT is set, or N_HI is still UNKNOWN at HI.
    """
    if row[PAIR] == 1.0:
        row[PAIR] = 0.0
        if _conclude(row, mode):
            return 0
    lo, hi = row[LO], row[HI]
    if row[N_HI] != UNKNOWN and hi - lo <= 4.0 * EPS * hi:
        row[ROOT] = 0.5 * (lo + hi)
        return 0
    if np.isnan(row[X1]):
        wide = DISTANCE * guess + 2.0 * row[MISS]
        if wide * wide * row[CURVE_OFF] <= _enough(row, guess):
            return _emit_pair(row, guess, 2.0 * row[MISS], at)
        at[0] = min(guess, hi)
        if not lo < guess:
            at[0] = 0.5 * (lo + hi)
        return 1
    c, error = _estimate(row, mode)
    if not np.isnan(c):
        return _approach(row, c, error, at)
    at[0] = _step_up(row) if row[N_HI] == UNKNOWN else _cross(row)
    return 0 if np.isnan(at[0]) else 1


@compiled
def _step_up(row):
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
def _estimate(row, mode):
    """(root, its error) as the values so far have it; NaN where they can't tell."""
    nothing = (np.nan, np.nan)
    if row[N_LO] != mode or (row[N_HI] != mode + 1 and (row[N_HI] != UNKNOWN or np.isnan(row[SLOPE]))):
        return nothing
    if np.isnan(row[X2]):
        step = -row[F1] / row[SLOPE]
        c, error = row[X1] + step, abs(step) * (row[OFF] + 4.0 * abs(step) / row[X1])
        wild = not abs(step) < 30.0 * row[STRIDE]
    elif np.isnan(row[X3]):
        slope = (row[F1] - row[F2]) / (row[X1] - row[X2])
        step = -row[F1] / slope
        bend = abs(slope / row[SLOPE] - 1.0)
        if np.isnan(bend):
            between = min(row[X1], row[X2]) == row[LO] and max(row[X1], row[X2]) == row[HI]
            bend, wild = 1.0, not between and abs(step) > 4.0 * abs(row[X1] - row[X2])
        else:
            wild = not bend < 0.5
        # Chance may make two slopes equal: two values never end a search.
        c, error = row[X1] + step, max(abs(step) * max(bend, row[OFF]), 2.0 * ENOUGH * row[X1])
    else:
        return _estimate_of_three(row)
    return nothing if wild or not row[LO] < c < row[HI] else (c, error)


@compiled
def _estimate_of_three(row):
    c, secant, bend = _interpolate(row), _secant(row), _bend(row)
    step, last = abs(c - row[X1]), abs(row[X1] - row[X2])
    # Judged by the longer of two steps: curvature may cancel one that is still needed.
    left = max(step, abs(secant - row[X1]))
    if bend < 1.0 and left <= NOISE * c:
        return min(max(c, row[LO]), row[HI]), 0.0
    if not row[LO] < c < row[HI]:
        return np.nan, np.nan
    if bend < 1.0:
        return c, left * bend * (last + left) / abs(row[X2] - row[X3])
    # Brent's (1973) safeguard: interpolation must halve its steps over two evaluations.
    if step > 0.5 * abs(row[X2] - row[X3]):
        return np.nan, np.nan
    return c, left


@compiled
def _approach(row, c, error, at):
    """What to do about an estimate: stop, evaluate it, or evaluate a pair around it."""
    known = not np.isnan(row[PROVEN_LO]) or row[TRIES] >= MOST_PAIRS
    if known and error <= TOLERANCE * c:
        _answer(row, c)
        return 0
    wide = 1.01 * DISTANCE * c + 3.0 * error
    if not known and wide <= WIDEST * c:
        slope = abs((row[F1] - row[F2]) / (row[X1] - row[X2]))
        if np.isnan(slope):
            slope = abs(row[SLOPE])
        left_out = _left_out(max(3.0 / c, slope), wide * wide, abs(row[X1] - c), abs(row[X2] - c))
        if error <= 0.3 * DISTANCE * c or left_out <= _enough(row, c):
            return _emit_pair(row, c, 3.0 * error, at)
    at[0] = c
    return 1


@compiled
def _enough(row, c):
    """Error of interpolation that will do: less beside the half-space's vs, where all else depends on the distance."""
    return max(TOLERANCE, ENOUGH * min(1.0, 1e3 * (row[TOP] / c - 1.0))) * c


@compiled
def _emit_pair(row, c, error, at):
    wide = 1.01 * DISTANCE * c + error
    at[0], at[1] = c - wide, min(c + wide, row[TOP])
    row[PAIR] = 1.0
    row[TRIES] += 1.0
    return 2


@compiled
def _conclude(row, mode):
    """After a pair: whether it proves the branch and gives the root."""
    high, low = row[X1], row[X2]
    if row[N2] != mode or row[N1] != mode + 1:
        return False
    row[PROVEN_LO], row[PROVEN_HI] = low, high
    if not row[F1] * row[F2] < 0.0:
        return False
    c, error = _inverse(row)
    if not (low < c < high and row[LO] <= c <= row[HI] and error <= _enough(row, c)):
        return False
    _answer(row, c)
    return True


@compiled
def _answer(row, c):
    """Note the root, and slope and curvature there for neighbouring periods."""
    row[ROOT] = c
    if np.isnan(row[X3]):
        # What neighbouring periods said of the curvature stays.
        row[SLOPE] = (row[F1] - row[F2]) / (row[X1] - row[X2])
        return
    x, f = (row[X1], row[X2], row[X3], row[X4]), (row[F1], row[F2], row[F3], row[F4])
    d21, d32 = (x[1] - x[0]) / (f[1] - f[0]), (x[2] - x[1]) / (f[2] - f[1])
    d321, d4321 = (d32 - d21) / (f[2] - f[0]), 0.0
    if not np.isnan(x[3]):
        d43 = (x[3] - x[2]) / (f[3] - f[2])
        d4321 = ((d43 - d32) / (f[3] - f[1]) - d321) / (f[3] - f[0])
    slope = 1.0 / (d21 - (f[0] + f[1]) * d321 + (f[0] * f[1] + (f[0] + f[1]) * f[2]) * d4321)
    row[SLOPE] = slope
    row[CURVE] = np.nan
    if abs(x[0] - x[1]) > 0.1 * DISTANCE * c:
        row[CURVE] = (d321 - (f[0] + f[1] + f[2]) * d4321) * slope * slope


@compiled
def _inverse(row):
    """(root, its error): Newton's form of the inverse function through all values.

    Where a pair is all there is, its curvature comes from neighbouring periods.
    """
    x, f = (row[X1], row[X2], row[X3], row[X4]), (row[F1], row[F2], row[F3], row[F4])
    d21 = (x[1] - x[0]) / (f[1] - f[0])
    c = x[0] - f[0] * d21
    if np.isnan(x[2]):
        spread = f[0] * f[1] * d21 * d21
        return c + spread * row[CURVE], abs(spread) * row[CURVE_OFF]
    d32 = (x[2] - x[1]) / (f[2] - f[1])
    d321 = (d32 - d21) / (f[2] - f[0])
    quadratic, third, fourth = f[0] * f[1] * d321, abs(x[2] - c), abs(x[3] - c)
    curve = max(3.0 / c, abs(d321 / (d21 * d21)), abs(1.0 / d21))
    error = _left_out(curve, abs(f[0] * f[1]) * d21 * d21, third, fourth)
    if min(abs(x[2] - x[0]), abs(x[2] - x[1])) < 0.05 * abs(x[0] - x[1]):
        # Slopes through values so near each other are rounding.
        return c, np.inf
    if np.isnan(fourth):
        return c + quadratic, error
    d43 = (x[3] - x[2]) / (f[3] - f[2])
    d432 = (d43 - d32) / (f[3] - f[1])
    d4321 = (d432 - d321) / (f[3] - f[0])
    cubic = -f[0] * f[1] * f[2] * d4321
    # A large cubic term tells of structure narrower than the values lie apart.
    return c + quadratic + cubic, max(error, 1e-3 * abs(cubic))


@compiled
def _left_out(curve, spread, third, fourth):
    """What interpolation through a pair and one or two more values may leave out.

    `curve`: on what length the secular function changes, 1/km s. It is a sine of some angle, so its slope, if not its
    curvature, tells. `spread`: product of the pair's distances; `third`, `fourth`: distances of the others.
    """
    error = curve * spread * min(1.0, 3.0 * curve * third)
    return error if np.isnan(fourth) else error * min(1.0, 3.0 * curve * fourth)


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
