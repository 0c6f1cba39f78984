"""Every root of one branch at one frequency: what lies outside the brackets returned is excluded by a bound, not by a
grid.

At fixed wavenumber k the branch's frequency w_m(k) is read from the mode count, and it is Lipschitz: |dw_m/dk| = |U| is
at most the fastest wave velocity of the medium, because energy can't travel faster (its flux is at most that velocity
times its density). So where w_m(k) > w + V dk, no root lies within dk of k. Intervals in which that cannot be said are
halved, down to a width of `TOLERANCE`; what remains are brackets of the roots, and of folds that nearly touch w.
"""

from dataclasses import dataclass

import numba
import numpy as np
from tests.reference.float_count import count_psv, count_sh
from tests.reference.stiffness import Model

TOLERANCE = 1e-8
"""Relative width in k at which halving ends; double precision counts can be trusted down to it."""
MOST = 20_000_000
"""Intervals looked at before the search is given up."""


@dataclass(frozen=True)
class Roots:
    """Roots of a branch at one frequency as brackets in wavenumber, (R, 2), 1/km, the fastest wave first.

    `grazes`: how many more times the branch comes so near to w without crossing it that nothing can be said.
    `complete`: False if the search was given up.
    """

    brackets: np.ndarray
    grazes: int
    complete: bool


def all_roots(model: Model, w: float, wave: str, mode: int) -> Roots:
    """Every root of the branch `mode` at angular frequency `w` (1/s) below the half-space's vs."""
    columns = [np.ascontiguousarray(column, float) for column in model]
    if wave == "love":
        columns = [column[columns[2] > 0] for column in columns]
    fastest = float(np.max(columns[1 if wave == "rayleigh" else 2]))
    brackets, grazes, complete = _search(
        wave == "rayleigh", *columns, w, mode, w / float(columns[2][-1]), w / floor(model, w, wave), fastest
    )
    return Roots(brackets, grazes, complete)


def floor(model: Model, w: float, wave: str) -> float:
    """A velocity, km/s, below which there is no mode.

    Love: the least vs. Rayleigh: the wave of a half-space of least stiffness and greatest density, at least 0.689 vs.
    Water adds weight; half of either's velocity is taken, and halved again while the count finds a mode.
    """
    _, vp, vs, rho = (np.asarray(column, float) for column in model)
    solid = vs > 0
    if wave == "love":
        return float(vs[solid].min()) * (1 - 1e-12)
    low = 0.68 * float(np.sqrt(np.min(rho[solid] * vs[solid] ** 2) / np.max(rho)))
    if solid.all():
        return low
    low = 0.5 * min(low, float(vp[~solid].min()))
    columns = [np.ascontiguousarray(column, float) for column in model]
    while any(count_psv(*columns, w * x, w * x / low) for x in (0.1, 1.0, 10.0)):
        low *= 0.5
    return low


@numba.njit(cache=True, error_model="numpy")
def _count(psv, thickness, vp, vs, rho, w, k):
    return count_psv(thickness, vp, vs, rho, w, k) if psv else count_sh(thickness, vp, vs, rho, w, k)


@numba.njit(cache=True, error_model="numpy")
def _search(psv, thickness, vp, vs, rho, w, mode, first, last, fastest):
    """Depth first through [first, last], small k first; runs of intervals that can't be excluded are roots or grazes.

    Between them the branch is on one side of w: `under` says whether more than `mode` modes lie below w.
    """
    brackets = np.empty((64, 2))
    size, grazes, seen = 0, 0, 0
    start, stop = -1.0, -1.0
    under = _count(psv, thickness, vp, vs, rho, w, first) > mode
    stack = np.empty((200, 2))
    stack[0, 0], stack[0, 1] = first, last
    left = 1
    while left > 0:
        left -= 1
        a, b = stack[left]
        seen += 1
        if seen > MOST or size == 64:
            return brackets[:size].copy(), grazes, False
        side = _side(psv, thickness, vp, vs, rho, w, mode, a, b, fastest)
        if side >= 0:
            if start >= 0.0:
                if (side == 1) != under:
                    brackets[size, 0], brackets[size, 1] = start, stop
                    size += 1
                elif start > first:  # where trapping ends, branches come near to w without being folded
                    grazes += 1
                start = -1.0
            under = side == 1
        elif b - a > TOLERANCE * b:
            # Even in the logarithm: the interval may span many octaves.
            middle = np.sqrt(a * b)
            stack[left, 0], stack[left, 1] = middle, b
            stack[left + 1, 0], stack[left + 1, 1] = a, middle
            left += 2
        else:
            start, stop = (a if start < 0.0 else start), b
    return brackets[:size].copy(), grazes, True


@numba.njit(cache=True, error_model="numpy")
def _side(psv, thickness, vp, vs, rho, w, mode, a, b, fastest):
    """1 if the branch is below w, 0 if it is above (or not trapped) in all of [a, b], -1 if that can't be said."""
    k = 0.5 * (a + b)
    reach = 0.5 * fastest * (b - a)
    if reach < w and _count(psv, thickness, vp, vs, rho, w - reach, k) > mode:
        return 1
    if w + reach < k * vs[-1] and _count(psv, thickness, vp, vs, rho, w + reach, k) <= mode:
        return 0
    return -1
