"""One mode to 40 digits: root, group velocity, ellipticity, and their kernels by differences in high precision.

The dynamic stiffness seen from below and that seen from above (see `stiffness`) add up at every interface; at a mode
the sum is singular. At the interface where that zero is farthest from poles the determinant is nearly straight over the
last digits, so a secant finds the root that the mode count has bracketed, and differences over 1e-18 are exact to 20
digits and more, and still small against a root's distance of 1e-13 from the half-space's vs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import numpy as np
from tests.reference.stiffness import (
    Model,
    Symmetric,
    count,
    eliminate,
    halfspace_psv,
    halves_psv,
    tanh_ratio,
    water_layers,
    water_stiffness,
)

DIGITS = 60
STEP = mp.mpf(10) ** -18
NEAR = mp.mpf(10) ** -32
"""Relative distance at which the count must see the root."""


@dataclass(frozen=True)
class Mode:
    """One mode at one period: `model` in mpf (columns thickness, vp, vs, rho), `w` (1/s), `k` (1/km), `interface`."""

    model: tuple[list[Any], ...]
    wave: str
    w: Any
    k: Any
    interface: int


def find_mode(model: Model, period: float, wave: str, mode: int, near: float) -> Mode:
    """The mode whose phase velocity is `near` (km/s, relative error below 1e-9 or half the gap to the next mode).

    Raises ValueError if the mode count puts what is found there on another branch.
    """
    with mp.workdps(DIGITS):
        columns = tuple([mp.mpf(float(value)) for value in column] for column in model)
        w = 2 * mp.pi / mp.mpf(float(period))
        k = w / mp.mpf(float(near))
        start = Mode(columns, wave, w, k, _straightest(columns, wave, w, k))
        found = solved(start)
        top = found.k * columns[2][-1]
        below = count(model, w * (1 - NEAR), found.k, wave)
        above = count(model, min(w * (1 + NEAR), top), found.k, wave)
        if (below, above) != (mode, mode + 1) or abs(found.k / k - 1) > 1e-8:
            raise ValueError(f"{wave} mode {mode}, T={period}: no root within 1e-8 of {near} (counts {below}, {above})")
        return found


def solved(mode: Mode) -> Mode:
    """The mode with k moved onto the root of its model and frequency, by secants."""
    with mp.workdps(DIGITS):
        a, b = mode.k, mode.k * (1 + mp.mpf(10) ** -12)
        fa, fb = (_at(mode, mode.w, k) for k in (a, b))
        for _ in range(12):
            if fb == fa or abs(b / a - 1) < mp.mpf(10) ** -(DIGITS - 12):
                break
            a, fa, b = b, fb, b - fb * (b - a) / (fb - fa)
            fb = _at(mode, mode.w, b)
        return Mode(mode.model, mode.wave, mode.w, b, mode.interface)


def velocity(mode: Mode) -> Any:
    """Phase velocity, km/s."""
    with mp.workdps(DIGITS):
        return mode.w / mode.k


def group(mode: Mode) -> Any:
    """Group velocity dw/dk = -D_k/D_w, km/s."""
    with mp.workdps(DIGITS):
        return -_slope(lambda x: _at(mode, mode.w, x), mode.k) / _slope(lambda x: _at(mode, x, mode.k), mode.w)


def ellipticity(mode: Mode) -> Any:
    """H/V on top of the solid, positive for retrograde motion: from the null vector of the surface's stiffness."""
    with mp.workdps(DIGITS):
        wet = water_layers(mode.model[2])
        z = _block(mode.model, mode.wave, mode.w, mode.k, wet)
        # z00 r1 + z01 r2 = 0 holds under water too; -r1/r2 is retrograde.
        return z[1] / z[0]


def surface_amplitude(mode: Mode) -> float:
    """Displacement of a Rayleigh wave on top of the solid over that at the mode's interface: at least its share of the
    largest."""
    with mp.workdps(DIGITS):
        columns, w, k, wet = mode.model, mode.w, mode.k, water_layers(mode.model[2])
        block = _block(columns, mode.wave, w, k, mode.interface)
        u = max((-block[1], block[0]), (block[2], -block[1]), key=lambda v: mp.hypot(*v))
        start = mp.hypot(*u)
        above = [_free(columns, mode.wave, w, k, wet)]
        for i in range(wet, mode.interface):
            above.append(_through(columns, mode.wave, i, w, k, above[-1]))
        for i in range(mode.interface - 1, wet - 1, -1):
            if columns[0][i] > 0:
                u = _lifted(columns, i, w, k, above[i - wet], u)
        return float(mp.hypot(*u) / start)


def _lifted(columns: tuple[list[Any], ...], i: int, w: Any, k: Any, above: Symmetric, u: Any) -> tuple[Any, Any]:
    """Displacement at the top of layer i from that at its bottom: -(K11 + Z)^-1 K12 u, blocks as in `stiffness`."""
    h, vp, vs, rho = (column[i] for column in columns)
    sym, anti = halves_psv(h / 2, vp, vs, rho, w, k)
    xx, xz, zz = ((s + a) / 2 for s, a in zip(sym, anti, strict=True))
    ex, c, ez = ((s - a) / 2 for s, a in zip(sym, anti, strict=True))
    a11, a12, a22 = xx + above[0], -(xz + above[1]), zz + above[2]
    f, g = -(ex * u[0] + c * u[1]), c * u[0] + ez * u[1]
    det = a11 * a22 - a12**2
    return (a22 * f - a12 * g) / det, (a11 * g - a12 * f) / det


def phase_kernel(mode: Mode, position: int, layer: int) -> float:
    """dc/d(parameter) at fixed period: -(c/k) dk/dm, dk/dm = -D_m/D_k."""
    with mp.workdps(DIGITS):
        x = mode.model[position][layer]
        if x == 0:
            return 0.0
        by_m = _slope(lambda value: _at(_moved(mode, position, layer, value), mode.w, mode.k), x)
        by_k = _slope(lambda value: _at(mode, mode.w, value), mode.k)
        return float(mode.w / mode.k**2 * by_m / by_k)


def kernel(mode: Mode, quantity: Callable[[Mode], Any], position: int, layer: int) -> float:
    """d(quantity)/d(parameter) at fixed period, `quantity` being one of the above: roots solved on both sides."""
    with mp.workdps(DIGITS):
        x = mode.model[position][layer]
        if x == 0:
            return 0.0
        return float(_slope(lambda value: quantity(solved(_moved(mode, position, layer, value))), x))


def profile(mode: Mode, kernel_of: Callable[[Mode, int, int], float], position: int) -> np.ndarray:
    """(L,) of one parameter; the half-space's thickness kernel is 0."""
    layers = range(len(mode.model[2]) - (position == 0))
    return np.array([kernel_of(mode, position, layer) for layer in layers] + [0.0] * (position == 0))


def _moved(mode: Mode, position: int, layer: int, value: Any) -> Mode:
    columns = [list(column) for column in mode.model]
    columns[position][layer] = value
    return Mode(tuple(columns), mode.wave, mode.w, mode.k, mode.interface)


def _slope(function: Callable[[Any], Any], x: Any) -> Any:
    return (function(x * (1 + STEP)) - function(x * (1 - STEP))) / (2 * STEP * x)


def _at(mode: Mode, w: Any, k: Any) -> Any:
    return _determinant(_block(mode.model, mode.wave, w, k, mode.interface))


def _determinant(block: Any) -> Any:
    return block[0] * block[2] - block[1] ** 2 if isinstance(block, tuple) else block


def _straightest(columns: tuple[list[Any], ...], wave: str, w: Any, k: Any) -> int:
    """The interface at which the determinant, zero nearby, is nearest to a straight line about the root.

    Elsewhere the zero may hide beside a pole: where evanescent layers keep the mode's motion away.
    """
    d = mp.mpf(10) ** -9
    rows = [[_determinant(block) for block in _blocks(columns, wave, w, k * (1 + s * d))] for s in (-1, 0, 1)]

    def bend(i: int) -> Any:
        low, middle, high = (row[i] for row in rows)
        return abs((low + high - 2 * middle) / (high - low)) if abs(middle) < abs(high - low) else mp.inf

    return water_layers(columns[2]) + min(range(len(rows[0])), key=bend)


def _blocks(columns: tuple[list[Any], ...], wave: str, w: Any, k: Any) -> list[Any]:
    """Stiffness of everything, seen at the top of each solid layer: symmetric 2 x 2 blocks, or numbers for SH."""
    wet, last = water_layers(columns[2]), len(columns[2]) - 1
    below, above = [_halfspace(columns, wave, w, k)], [_free(columns, wave, w, k, wet)]
    for i in range(last - 1, wet - 1, -1):
        below.append(_through(columns, wave, i, w, k, below[-1]))
    for i in range(wet, last):
        above.append(_through(columns, wave, i, w, k, above[-1]))
    return [_sum(lower, upper) for lower, upper in zip(reversed(below), above, strict=True)]


def _block(columns: tuple[list[Any], ...], wave: str, w: Any, k: Any, interface: int) -> Any:
    """The same at the top of layer `interface` alone."""
    wet, last = water_layers(columns[2]), len(columns[2]) - 1
    below, above = _halfspace(columns, wave, w, k), _free(columns, wave, w, k, wet)
    for i in range(last - 1, interface - 1, -1):
        below = _through(columns, wave, i, w, k, below)
    for i in range(wet, interface):
        above = _through(columns, wave, i, w, k, above)
    return _sum(below, above)


def _sum(below: Any, above: Any) -> Any:
    if not isinstance(below, tuple):
        return below + above
    # Seen from above: the same with z reversed, which changes the sign of the mixed term.
    return below[0] + above[0], below[1] - above[1], below[2] + above[2]


def _halfspace(columns: tuple[list[Any], ...], wave: str, w: Any, k: Any) -> Any:
    _, vp, vs, rho = (column[-1] for column in columns)
    if wave == "rayleigh":
        return halfspace_psv(vp, vs, rho, w, k)
    return rho * vs**2 * mp.sqrt(abs(k**2 - (w / vs) ** 2))


def _free(columns: tuple[list[Any], ...], wave: str, w: Any, k: Any, wet: int) -> Any:
    """Stiffness of what lies on the solid: nothing, or water."""
    load = mp.mpf(0)
    if wave == "love":
        return load
    for i in range(wet):
        own, cross = water_stiffness(columns[0][i], columns[1][i], columns[3][i], w, k)
        load = own - cross**2 / (own + load)
    return mp.mpf(0), mp.mpf(0), load


def _through(columns: tuple[list[Any], ...], wave: str, i: int, w: Any, k: Any, z: Any) -> Any:
    """Stiffness `z` on one side of layer i, seen from its other side."""
    h, vp, vs, rho = (column[i] for column in columns)
    if h == 0:
        return z
    if wave == "rayleigh":
        return eliminate(*halves_psv(h / 2, vp, vs, rho, w, k), z)[1]
    mu, q2 = rho * vs**2, k**2 - (w / vs) ** 2
    ratio = tanh_ratio(q2, h / 2)
    own, cross = mu * (q2 * ratio + 1 / ratio) / 2, mu * (q2 * ratio - 1 / ratio) / 2
    return own - cross**2 / (own + z)
