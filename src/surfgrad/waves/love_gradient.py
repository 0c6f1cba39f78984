r"""Every derivative of the SH secular function from one upward and one downward sweep.

F is the pairing V1 Y2 - V2 Y1 of (displacement, stress) of the solution that decays below, Y, and of the one that
leaves the surface free, V, at any depth. With u' and s = mu u' (see `love`):

    dF/dln(mu) = [V1 Y2] top - bottom (where F = 0),

and the derivatives with respect to xi and k h follow from those of the 2 x 2 propagator.
"""

import numpy as np

from surfgrad.waves.chain import begin_chain, end_chain, set_down, weigh
from surfgrad.waves.compiled import LANES, compiled, inlined, lean
from surfgrad.waves.lanes import (
    BY_XI,
    CC,
    DB,
    LOG_V,
    QB,
    RESULT,
    SB,
    STRETCH,
    V1,
    V2,
    WEIGHT,
    WEIGHT_CC,
    WEIGHT_K,
    XB,
    Y1,
    Y2,
    K,
    fill_derivatives,
    fill_functions,
    group_bounds,
)
from surfgrad.waves.layers import MU, RHO, B, H, settled_rate
from surfgrad.waves.love import climb, climb_whole, start_all, take_factor_out
from surfgrad.waves.rayleigh import GROWTH
from surfgrad.waves.series import LONG_REACH, series_all
from surfgrad.waves.steps import add_logs, cut_layers, keep_log, make_store
from surfgrad.waves.water import water_layers

STATE = 2 * LANES
"""Size of a kept state: Y1 and Y2."""


@compiled
def love_gradient(table, first, buf, by_layer):
    """Fill `by_layer` and the rows BY_C, STRETCH as in `rayleigh_gradient`; by vp nothing changes."""
    bounds, wet = group_bounds(buf), water_layers(table)
    owner, parts = cut_layers(table, wet, first, *bounds)
    store = make_store(owner.shape[0], STATE)
    begin_chain(buf)
    for layer in range(wet):
        set_down(buf, by_layer, layer)
    upwards(table, first, buf, owner, parts, bounds, store)
    downwards(table, first, buf, owner, parts, bounds, store, by_layer)
    end_chain(buf)


@lean
def upwards(table, first, buf, owner, parts, bounds, store):
    """Sweep Y up to the surface, and keep it below every sublayer."""
    states, scaled, logs = store
    start_all(table, buf, first)
    keep_log(buf, logs, 0)
    below, growth, times = first, 0.0, 0
    for step in range(owner.shape[0]):
        layer = owner[step]
        b, h = table[layer, B], table[layer, H] / parts[layer]
        reach = h * h * max(bounds[1] ** 2, bounds[2] * b)
        scaled[step] = times
        for i in range(STATE):
            states[step, i] = buf[Y1 + i]
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
            growth, times = 0.0, times + 1
            keep_log(buf, logs, times)
    scaled[-1] = times


@lean
def downwards(table, first, buf, owner, parts, bounds, store, by_layer):
    """Sweep V down from the surface, and add up the derivatives of V1 Y2 - V2 Y1."""
    states, scaled, logs = store
    above, growth, rescaled = -1, 0.0, True
    for i in range(LANES):
        buf[V1 + i], buf[V2 + i], buf[LOG_V + i] = 1.0, 0.0, 0.0
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        b, h = table[layer, B], table[layer, H] / parts[layer]
        if rescaled or scaled[step] != scaled[step + 1]:
            add_logs(buf, logs, scaled[step])
            weigh(buf, by_layer, layer)
        reach = h * h * max(bounds[1] ** 2, bounds[2] * b)
        if parts[layer] == 1 and reach <= LONG_REACH:
            _add_whole(h, b, table[layer, MU], table[layer, RHO], buf, states[step], by_layer[layer])
        else:
            if layer != above:
                fill_functions(buf, h, b, DB, SB, XB, reach)
                fill_derivatives(buf, h, b, DB, SB, QB, reach)
            _add_part(table, layer, h, 1.0 / parts[layer], buf, states, step)
            if step == 0 or owner[step - 1] != layer:
                set_down(buf, by_layer, layer)
        above = layer
        growth += bounds[1] * h + 1.0
        rescaled = growth > GROWTH
        if rescaled:
            _take_factor_out(buf)
            growth = 0.0
    start_all(table, buf, first)
    add_logs(buf, logs, 0)
    weigh(buf, by_layer, first)
    _add_half_space(table, first, buf)
    set_down(buf, by_layer, first)


@lean
def _add_whole(h, b, mu, rho, buf, state, out):
    """Add a layer that is one sublayer, |x| <= LONG_REACH, with functions computed on the way, and take V below it."""
    im, ir, vs = 1.0 / mu, 1.0 / rho, 2.0 * np.sqrt(b)
    for i in range(LANES):
        kh = buf[K + i] * h
        xi = 1.0 - buf[CC + i] * b
        d, s, slope = series_all(kh * kh * xi)
        functions = (1.0 + d, kh * s, kh * s * xi, kh * kh * kh * slope)
        by_xb, by_h, by_mu = _differentiate(buf, i, mu, im, kh, xi, functions, state[i], state[LANES + i])
        by_xb, by_h, by_mu = b * buf[WEIGHT_CC + i] * by_xb, buf[WEIGHT_K + i] * by_h, buf[WEIGHT + i] * by_mu
        out[i] = by_h
        out[LANES + i] = 0.0
        out[2 * LANES + i] = vs * (by_xb + by_mu)
        out[3 * LANES + i] = ir * by_mu
        buf[BY_XI + i] += by_xb
        buf[STRETCH + i] += h * by_h


@lean
def _add_part(table, layer, h, share, buf, states, step):
    """Add a sublayer, a `share` of its layer, with the functions that are in `buf`, and take V below."""
    b, mu = table[layer, B], table[layer, MU]
    im, ir, vs = 1.0 / mu, 1.0 / table[layer, RHO], 2.0 * np.sqrt(b)
    for i in range(LANES):
        kh, xi = buf[K + i] * h, 1.0 - buf[CC + i] * b
        functions = (1.0 + buf[DB + i], buf[SB + i], buf[XB + i], buf[QB + i])
        by_xb, by_h, by_mu = _differentiate(buf, i, mu, im, kh, xi, functions, states[step, i], states[step, LANES + i])
        _add_lane(buf, i, b, ir, vs, h, share, by_xb, by_h, by_mu)


@inlined
def _differentiate(buf, i, mu, im, kh, xi, functions, y1, y2):
    """(by xi, by k h, by ln(mu)), V taken to below; n and m are u and u' of Y below and of V above, t of Y above."""
    c, s, x, q = functions
    n1, n2 = y1, im * y2
    m1, m2 = buf[V1 + i], im * buf[V2 + i]
    t1, t2 = c * n1 - s * n2, c * n2 - x * n1
    half, edge = 0.5 * kh * s, s + xi * q
    below = c * m1 + s * m2
    buf[V1 + i], buf[V2 + i] = below, mu * (c * m2 + x * m1)
    return (
        mu * (m1 * (half * n2 - edge * n1) - m2 * (half * n1 - q * n2)),
        mu * (m2 * t2 - m1 * xi * t1),
        mu * (m1 * t2 - below * n2),
    )


@inlined
def _add_lane(buf, i, b, ir, vs, h, share, by_xb, by_h, by_mu):
    """What `chain.add` does, for SH waves."""
    by_xb, by_h, by_mu = b * buf[WEIGHT_CC + i] * by_xb, buf[WEIGHT_K + i] * by_h, buf[WEIGHT + i] * by_mu
    buf[RESULT + i] += share * by_h
    buf[RESULT + 2 * LANES + i] += vs * (by_xb + by_mu)
    buf[RESULT + 3 * LANES + i] += ir * by_mu
    buf[BY_XI + i] += by_xb
    buf[STRETCH + i] += h * by_h


@lean
def _add_half_space(table, first, buf):
    b, mu = table[first, B], table[first, MU]
    ir, vs = 1.0 / table[first, RHO], 2.0 * np.sqrt(b)
    for i in range(LANES):
        r = settled_rate(buf[CC + i], b, -buf[V2 + i] / (mu * buf[V1 + i]))
        _add_lane(buf, i, b, ir, vs, 0.0, 1.0, -buf[V1 + i] * mu / (2.0 * r), 0.0, buf[V1 + i] * buf[Y2 + i])


@lean
def _take_factor_out(buf):
    for i in range(LANES):
        size = abs(buf[V1 + i]) + abs(buf[V2 + i])
        buf[LOG_V + i] += np.log(size)
        buf[V1 + i] /= size
        buf[V2 + i] /= size
