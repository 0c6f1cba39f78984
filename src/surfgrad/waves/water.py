"""A column of water on the solid: pressure-free on top, one vertical displacement at the bottom.

State of the column's own solution, from the surface down: W1 = u_z, W2 = s_zz in the scaling of `rayleigh`, with
s_zz = rho phi and u_z = -phi', phi'' = xi phi. At the sea floor the solid must carry it: F = W1 f - W2 (u_z s_xz),
f the dry secular function. Without water W1 = 1, W2 = 0.

The column's own modes, pressure-free above and clamped below, are counted by oscillation (Sturm): the zeros of s_zz
inside the column, and one more if s_zz is falling towards the next. Nothing resonates unseen because a sublayer
holds less than pi of vertical phase.
"""

import numpy as np

from surfgrad.waves.compiled import LANES, lean
from surfgrad.waves.lanes import DA, LOG_W, SA, W1, W2, WET_COUNT, XA, fill_functions
from surfgrad.waves.layers import MU, RHO, A, H, sublayers


@lean
def water_layers(table):
    """Number of water layers on top."""
    count = 0
    while table[count, MU] == 0.0:
        count += 1
    return count


@lean
def water_column(table, wet, buf, bounds):
    """Fill W1, W2, LOG_W and WET_COUNT of every lane at the sea floor; `bounds`: as `group_bounds` gives them."""
    surface(buf)
    for layer in range(wet):
        parts, h = water_parts(table, layer, bounds)
        fill_water(table, layer, h, buf, bounds)
        for _ in range(parts):
            _descend(buf, table[layer, RHO])
    for i in range(LANES):
        buf[WET_COUNT + i] += 1.0 if buf[W1 + i] * buf[W2 + i] > 0.0 else 0.0


@lean
def surface(buf):
    """The state at the free surface."""
    for i in range(LANES):
        buf[W1 + i], buf[W2 + i], buf[LOG_W + i], buf[WET_COUNT + i] = 1.0, 0.0, 0.0, 0.0


@lean
def water_parts(table, layer, bounds):
    """Number and thickness of a water layer's sublayers."""
    parts = sublayers(table[layer, H], table[layer, A], bounds[0] ** 2, bounds[1] ** 2, bounds[2])
    return parts, table[layer, H] / parts


@lean
def fill_water(table, layer, h, buf, bounds):
    """The functions of one sublayer in DA, SA, XA."""
    a = table[layer, A]
    fill_functions(buf, h, a, DA, SA, XA, h * h * max(bounds[1] ** 2, bounds[2] * a))


@lean
def _descend(buf, rho):
    for i in range(LANES):
        u, s = buf[W1 + i], buf[W2 + i]
        c = 1.0 + buf[DA + i]
        below = c * s - rho * buf[SA + i] * u
        buf[WET_COUNT + i] += 1.0 if below * s < 0.0 else 0.0
        buf[W1 + i] = c * u - buf[XA + i] * s / rho
        buf[W2 + i] = below
    rescale(buf, rho)


@lean
def rescale(buf, rho):
    """Keep the state near 1; LOG_W remembers."""
    for i in range(LANES):
        size = abs(buf[W1 + i]) + abs(buf[W2 + i]) / rho
        buf[LOG_W + i] += np.log(size)
        buf[W1 + i] /= size
        buf[W2 + i] /= size
