r"""Every derivative of the SH secular function from one upward and one downward sweep.

F is the pairing V1 Y2 - V2 Y1 of (displacement, stress) of the solution that decays below, Y, and of the one that
leaves the surface free, V, at any depth. With u' and s = mu u' (see `love`):

    dF/dln(mu) = [V1 Y2] top - bottom (where F = 0),

and the derivatives with respect to xi and k h follow from those of the 2 x 2 propagator.
"""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.lanes import (
    BY_G,
    BY_H,
    BY_RHO,
    BY_XA,
    BY_XB,
    CC,
    DB,
    LOG_V,
    QB,
    SB,
    V1,
    V2,
    XB,
    Y1,
    Y2,
    K,
    fill_derivatives,
    fill_functions,
    group_bounds,
)
from surfgrad.waves.layers import MU, B, H, settled_rate
from surfgrad.waves.love import climb, start_below, take_factor_out
from surfgrad.waves.rayleigh import GROWTH
from surfgrad.waves.steps import STATE, bring_back, cut_layers, keep, keep_gradient, keep_log
from surfgrad.waves.water import water_layers


@compiled
def love_gradient(table, first, buf):
    """(owner, gradient, log) as in `rayleigh_gradient`; row BY_G holds the derivative by ln(mu), BY_XA and BY_RHO
    are 0."""
    bounds = group_bounds(buf)
    owner, parts = cut_layers(table, water_layers(table), first, *bounds)
    store = np.empty((owner.shape[0] + 1, STATE))
    _upwards(table, first, buf, owner, parts, bounds, store)
    gradient = np.empty((owner.shape[0] + 1, 5 * LANES))
    log = np.empty((owner.shape[0] + 1, LANES))
    _downwards(table, first, buf, owner, parts, bounds, store, gradient, log)
    return owner, gradient, log


@compiled
def _upwards(table, first, buf, owner, parts, bounds, store):
    start_below(table, np.full(LANES, first), buf, first, True)
    below, growth = first, 0.0
    for step in range(owner.shape[0]):
        layer = owner[step]
        b, h = table[layer, B], table[layer, H] / parts[layer]
        keep(buf, store, step)
        if layer != below:
            fill_functions(buf, h, b, DB, SB, XB, h * h * max(bounds[1] ** 2, bounds[2] * b))
        climb(buf, table[layer, MU])
        below = layer
        growth += bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf)
            growth = 0.0


@compiled
def _downwards(table, first, buf, owner, parts, bounds, store, gradient, log):
    for i in range(LANES):
        buf[V1 + i], buf[V2 + i], buf[LOG_V + i] = 1.0, 0.0, 0.0
        buf[BY_XA + i], buf[BY_RHO + i] = 0.0, 0.0
    above, growth = -1, 0.0
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        b, h = table[layer, B], table[layer, H] / parts[layer]
        bring_back(buf, store, step)
        if layer != above:
            reach = h * h * max(bounds[1] ** 2, bounds[2] * b)
            fill_functions(buf, h, b, DB, SB, XB, reach)
            fill_derivatives(buf, h, b, DB, SB, QB, reach)
            above = layer
        keep_log(buf, log, step)
        _differentiate(buf, table[layer, MU], h, b)
        keep_gradient(buf, gradient, step)
        growth += bounds[1] * h + 1.0
        if growth > GROWTH:
            _take_factor_out(buf)
            growth = 0.0
    start_below(table, np.full(LANES, first), buf, first, True)
    keep_log(buf, log, owner.shape[0])
    _differentiate_half_space(buf, table[first, MU], table[first, B])
    keep_gradient(buf, gradient, owner.shape[0])


@compiled
def _differentiate(buf, mu, h, slowness2):
    """Derivatives by one sublayer, and V taken to below it; n and m are u and u' of Y below and of V above."""
    im = 1.0 / mu
    for i in range(LANES):
        xi = 1.0 - buf[CC + i] * slowness2
        c, s, x, q = 1.0 + buf[DB + i], buf[SB + i], buf[XB + i], buf[QB + i]
        n1, n2 = buf[Y1 + i], im * buf[Y2 + i]
        m1, m2 = buf[V1 + i], im * buf[V2 + i]
        t1, t2 = c * n1 - s * n2, c * n2 - x * n1
        half, edge = 0.5 * buf[K + i] * h * s, s + xi * q
        buf[BY_XB + i] = mu * (m1 * (half * n2 - edge * n1) - m2 * (half * n1 - q * n2))
        buf[BY_H + i] = mu * (m2 * t2 - m1 * xi * t1)
        below1, below2 = c * m1 + s * m2, c * m2 + x * m1
        buf[BY_G + i] = mu * (m1 * t2 - below1 * n2)
        buf[V1 + i], buf[V2 + i] = below1, mu * below2


@compiled
def _differentiate_half_space(buf, mu, slowness2):
    for i in range(LANES):
        r = settled_rate(buf[CC + i], slowness2, -buf[V2 + i] / (mu * buf[V1 + i]))
        buf[BY_XB + i] = -buf[V1 + i] * mu / (2.0 * r)
        buf[BY_G + i] = buf[V1 + i] * buf[Y2 + i]
        buf[BY_H + i] = 0.0


@compiled
def _take_factor_out(buf):
    for i in range(LANES):
        size = abs(buf[V1 + i]) + abs(buf[V2 + i])
        buf[LOG_V + i] += np.log(size)
        buf[V1 + i] /= size
        buf[V2 + i] /= size
