r"""Every derivative of the SH secular function from one upward and one downward sweep.

F is the pairing V1 Y2 - V2 Y1 of (displacement, stress) of the solution that decays below, Y, and of the one that
leaves the surface free, V, at any depth. With u' and s = mu u' (see `love`):

    dF/dln(mu) = [V1 Y2] top - bottom (where F = 0),

and the derivatives with respect to xi and k h follow from those of the 2 x 2 propagator.
"""

import numpy as np

from surfgrad.waves.chain import add_love, begin_chain, end_chain, set_down, weigh
from surfgrad.waves.compiled import LANES, compiled, inlined, lean
from surfgrad.waves.lanes import (
    BY_G,
    BY_H,
    BY_XB,
    CC,
    DB,
    LOG,
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
from surfgrad.waves.love import climb, climb_whole, start_all, take_factor_out
from surfgrad.waves.rayleigh import GROWTH
from surfgrad.waves.series import LONG_REACH, series_all
from surfgrad.waves.steps import add_logs, cut_layers
from surfgrad.waves.water import water_layers

STATE = 3 * LANES
"""Size of a kept state: Y1, Y2 and LOG."""


@compiled
def love_gradient(table, first, buf, by_layer):
    """Fill `by_layer` and the rows BY_C, STRETCH as in `rayleigh_gradient`; by vp nothing changes."""
    bounds, wet = group_bounds(buf), water_layers(table)
    owner, parts = cut_layers(table, wet, first, *bounds)
    store = np.empty((owner.shape[0], STATE))
    begin_chain(buf)
    for layer in range(wet):
        set_down(buf, by_layer, layer)
    _upwards(table, first, buf, owner, parts, bounds, store)
    _downwards(table, first, buf, owner, parts, bounds, store, by_layer)
    end_chain(buf)


@lean
def _upwards(table, first, buf, owner, parts, bounds, store):
    start_all(table, buf, first)
    below, growth = first, 0.0
    for step in range(owner.shape[0]):
        layer = owner[step]
        b, h = table[layer, B], table[layer, H] / parts[layer]
        reach = h * h * max(bounds[1] ** 2, bounds[2] * b)
        _keep(buf, store, step)
        if parts[layer] == 1 and reach <= 4.0 * LONG_REACH:
            climb_whole(buf, table[layer, MU], h, b, reach)
        else:
            if layer != below:
                fill_functions(buf, h, b, DB, SB, XB, reach)
            climb(buf, table[layer, MU])
        below = layer
        growth += bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf)
            growth = 0.0


@lean
def _downwards(table, first, buf, owner, parts, bounds, store, by_layer):
    above, growth, scaled = -1, 0.0, True
    for i in range(LANES):
        buf[V1 + i], buf[V2 + i], buf[LOG_V + i] = 1.0, 0.0, 0.0
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        b, mu, h = table[layer, B], table[layer, MU], table[layer, H] / parts[layer]
        if _bring_back(buf, store, step) or scaled:
            add_logs(buf)
            weigh(buf, by_layer, layer)
        reach = h * h * max(bounds[1] ** 2, bounds[2] * b)
        if reach <= LONG_REACH:
            _differentiate_near(buf, mu, h, b)
        else:
            if layer != above:
                fill_functions(buf, h, b, DB, SB, XB, reach)
                fill_derivatives(buf, h, b, DB, SB, QB, reach)
            _differentiate(buf, mu, h, b)
        above = layer
        add_love(table, layer, h, 1.0 / parts[layer], buf)
        if step == 0 or owner[step - 1] != layer:
            set_down(buf, by_layer, layer)
        growth += bounds[1] * h + 1.0
        scaled = growth > GROWTH
        if scaled:
            _take_factor_out(buf)
            growth = 0.0
    start_all(table, buf, first)
    add_logs(buf)
    weigh(buf, by_layer, first)
    _differentiate_half_space(buf, table[first, MU], table[first, B])
    add_love(table, first, 0.0, 1.0, buf)
    set_down(buf, by_layer, first)


@lean
def _keep(buf, store, step):
    """As in `steps`, of fewer rows."""
    for i in range(LANES):
        store[step, i] = buf[Y1 + i]
        store[step, LANES + i] = buf[Y2 + i]
        store[step, 2 * LANES + i] = buf[LOG + i]


@lean
def _bring_back(buf, store, step):
    changes = 0
    for i in range(LANES):
        changes |= store[step, 2 * LANES + i] != buf[LOG + i]
    for i in range(LANES):
        buf[Y1 + i] = store[step, i]
        buf[Y2 + i] = store[step, LANES + i]
        buf[LOG + i] = store[step, 2 * LANES + i]
    return changes != 0


@lean
def _differentiate_near(buf, mu, h, slowness2):
    """`_differentiate` with the functions computed on the way, |x| <= LONG_REACH."""
    im = 1.0 / mu
    for i in range(LANES):
        kh = buf[K + i] * h
        xi = 1.0 - buf[CC + i] * slowness2
        d, s, slope = series_all(kh * kh * xi)
        _differentiate_lane(buf, i, mu, im, kh, xi, 1.0 + d, kh * s, kh * s * xi, kh * kh * kh * slope)


@lean
def _differentiate(buf, mu, h, slowness2):
    """Derivatives by one sublayer, and V taken to below it, with the functions that are in `buf`."""
    im = 1.0 / mu
    for i in range(LANES):
        kh = buf[K + i] * h
        xi = 1.0 - buf[CC + i] * slowness2
        _differentiate_lane(buf, i, mu, im, kh, xi, 1.0 + buf[DB + i], buf[SB + i], buf[XB + i], buf[QB + i])


@inlined
def _differentiate_lane(buf, i, mu, im, kh, xi, c, s, x, q):
    """n and m are u and u' of Y below and of V above, t those of Y above."""
    n1, n2 = buf[Y1 + i], im * buf[Y2 + i]
    m1, m2 = buf[V1 + i], im * buf[V2 + i]
    t1, t2 = c * n1 - s * n2, c * n2 - x * n1
    half, edge = 0.5 * kh * s, s + xi * q
    buf[BY_XB + i] = mu * (m1 * (half * n2 - edge * n1) - m2 * (half * n1 - q * n2))
    buf[BY_H + i] = mu * (m2 * t2 - m1 * xi * t1)
    below1, below2 = c * m1 + s * m2, c * m2 + x * m1
    buf[BY_G + i] = mu * (m1 * t2 - below1 * n2)
    buf[V1 + i], buf[V2 + i] = below1, mu * below2


@lean
def _differentiate_half_space(buf, mu, slowness2):
    for i in range(LANES):
        r = settled_rate(buf[CC + i], slowness2, -buf[V2 + i] / (mu * buf[V1 + i]))
        buf[BY_XB + i] = -buf[V1 + i] * mu / (2.0 * r)
        buf[BY_G + i] = buf[V1 + i] * buf[Y2 + i]
        buf[BY_H + i] = 0.0


@lean
def _take_factor_out(buf):
    for i in range(LANES):
        size = abs(buf[V1 + i]) + abs(buf[V2 + i])
        buf[LOG_V + i] += np.log(size)
        buf[V1 + i] /= size
        buf[V2 + i] /= size
