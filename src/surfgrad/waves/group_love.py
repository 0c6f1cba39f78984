"""Every derivative of the SH secular function (see `love_gradient`), and its slope along the branch."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.group_lanes import LEFT, SLOPE, fill_with_slopes
from surfgrad.waves.group_minors import take_growth_off
from surfgrad.waves.group_steps import ENTRY, KEPT, bring_back, keep, keep_gradient, keep_log, take_factor_out
from surfgrad.waves.lanes import (
    BY_G,
    BY_H,
    BY_RHO,
    BY_XA,
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
    group_bounds,
)
from surfgrad.waves.layers import MU, B, H
from surfgrad.waves.rayleigh import GROWTH
from surfgrad.waves.steps import cut_layers
from surfgrad.waves.water import water_layers


@compiled
def love_slopes(table, first, buf):
    """(owner, gradient, log) as in `love_gradient`; an entry of `gradient` holds five rows and their slopes."""
    bounds = group_bounds(buf)
    owner, parts = cut_layers(table, water_layers(table), first, *bounds)
    store = np.empty((owner.shape[0] + 1, KEPT))
    gradient = np.empty((owner.shape[0] + 1, ENTRY))
    log = np.empty((owner.shape[0] + 1, 2 * LANES))
    _upwards(table, first, buf, owner, parts, bounds, store)
    for row in range(V1, LOG_V + LANES, LANES):
        for i in range(LANES):
            buf[row + i], buf[SLOPE + row + i] = 0.0, 0.0
    for i in range(LANES):
        buf[V1 + i] = 1.0
        buf[BY_XA + i], buf[BY_RHO + i], buf[SLOPE + BY_XA + i], buf[SLOPE + BY_RHO + i] = 0.0, 0.0, 0.0, 0.0
    above, growth = -1, 0.0
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        bring_back(buf, store, step)
        if layer != above:
            fill_with_slopes(buf, h, table[layer, B], DB, SB, XB, QB, bounds)
            above = layer
        keep_log(buf, log, step)
        _differentiate(buf, table[layer, MU], h, table[layer, B])
        keep_gradient(buf, gradient, step)
        growth += bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf, V1, LOG_V)
            growth = 0.0
    bring_back(buf, store, 0)
    keep_log(buf, log, owner.shape[0])
    _differentiate_half_space(buf, table[first, MU], table[first, B])
    keep_gradient(buf, gradient, owner.shape[0])
    return owner, gradient, log


@compiled
def _upwards(table, first, buf, owner, parts, bounds, store):
    """Sweep Y and its slope up, and keep them below every sublayer."""
    _start_below(buf, table[first, MU], table[first, B])
    below, growth = first, 0.0
    keep(buf, store, 0)
    for step in range(owner.shape[0]):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        keep(buf, store, step)
        if layer != below:
            fill_with_slopes(buf, h, table[layer, B], DB, SB, XB, QB, bounds)
        _climb(buf, table[layer, MU])
        below = layer
        growth += bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf, Y1, LOG)
            growth = 0.0


@compiled
def _start_below(buf, mu, slowness2):
    for row in range(Y1, LOG + LANES, LANES):
        for i in range(LANES):
            buf[row + i], buf[SLOPE + row + i] = 0.0, 0.0
    for i in range(LANES):
        r = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2))
        buf[Y1 + i], buf[Y2 + i] = 1.0, -mu * r
        buf[SLOPE + Y2 + i] = 0.5 * mu * buf[SLOPE + CC + i] * slowness2 / r


@compiled
def _climb(buf, mu):
    im = 1.0 / mu
    for i in range(LANES):
        at = SLOPE + i
        c, s, x = 1.0 + buf[DB + i], buf[SB + i], buf[XB + i]
        u, p, tu, tp = buf[Y1 + i], buf[Y2 + i], buf[Y1 + at], buf[Y2 + at]
        buf[Y1 + i], buf[Y2 + i] = c * u - im * s * p, c * p - mu * x * u
        buf[Y1 + at] = buf[DB + at] * u + c * tu - im * (buf[SB + at] * p + s * tp)
        buf[Y2 + at] = buf[DB + at] * p + c * tp - mu * (buf[XB + at] * u + x * tu)


@compiled
def _differentiate(buf, mu, h, slowness2):
    """Derivatives by one sublayer, and V taken to below it; n and m are u and u' of Y below and of V above."""
    im = 1.0 / mu
    for i in range(LANES):
        at = SLOPE + i
        kh, xi, rise = buf[K + i] * h, 1.0 - buf[CC + i] * slowness2, -buf[CC + at] * slowness2
        c, s, x, q = 1.0 + buf[DB + i], buf[SB + i], buf[XB + i], buf[QB + i]
        tc, ts, tx, tq = buf[DB + at], buf[SB + at], buf[XB + at], buf[QB + at]
        half, edge = 0.5 * kh * s, s + xi * q
        rise_half, rise_edge = 0.5 * kh * (s + ts), ts + rise * q + xi * tq
        n1, n2, m1, m2 = buf[Y1 + i], im * buf[Y2 + i], buf[V1 + i], im * buf[V2 + i]
        dn1, dn2, dm1, dm2 = buf[Y1 + at], im * buf[Y2 + at], buf[V1 + at], im * buf[V2 + at]
        t1, t2 = c * n1 - s * n2, c * n2 - x * n1
        dt1, dt2 = tc * n1 + c * dn1 - ts * n2 - s * dn2, tc * n2 + c * dn2 - tx * n1 - x * dn1
        b1, b2 = c * m1 + s * m2, c * m2 + x * m1
        db1, db2 = tc * m1 + c * dm1 + ts * m2 + s * dm2, tc * m2 + c * dm2 + tx * m1 + x * dm1
        e1, e2 = half * n2 - edge * n1, half * n1 - q * n2
        de1 = rise_half * n2 + half * dn2 - rise_edge * n1 - edge * dn1
        de2 = rise_half * n1 + half * dn1 - tq * n2 - q * dn2
        buf[BY_XB + i] = mu * (m1 * e1 - m2 * e2)
        buf[BY_XB + at] = mu * (dm1 * e1 + m1 * de1 - dm2 * e2 - m2 * de2)
        buf[BY_H + i] = mu * (m2 * t2 - m1 * xi * t1)
        buf[BY_H + at] = mu * (dm2 * t2 + m2 * dt2 - dm1 * xi * t1 - m1 * (rise * t1 + xi * dt1))
        buf[BY_G + i] = mu * (m1 * t2 - b1 * n2)
        buf[BY_G + at] = mu * (dm1 * t2 + m1 * dt2 - db1 * n2 - b1 * dn2)
        f, tf = mu * (m1 * t2 - m2 * t1), mu * (dm1 * t2 + m1 * dt2 - dm2 * t1 - m2 * dt1)
        buf[LEFT + i] = f
        take_growth_off(buf, i, f, tf, kh, DB, SB, XB, BY_XB)
        buf[V1 + i], buf[V2 + i] = b1, mu * b2
        buf[V1 + at], buf[V2 + at] = db1, mu * db2


@compiled
def _differentiate_half_space(buf, mu, slowness2):
    for i in range(LANES):
        at = SLOPE + i
        r = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2))
        rise = -0.5 * buf[CC + at] * slowness2 / r
        buf[BY_XB + i] = -buf[V1 + i] * mu / (2.0 * r)
        buf[BY_XB + at] = -mu / (2.0 * r) * (buf[V1 + at] - buf[V1 + i] * rise / r)
        buf[BY_G + i] = buf[V1 + i] * buf[Y2 + i]
        buf[BY_G + at] = buf[V1 + at] * buf[Y2 + i] + buf[V1 + i] * buf[Y2 + at]
        buf[BY_H + i], buf[BY_H + at], buf[LEFT + i] = 0.0, 0.0, buf[V1 + i] * buf[Y2 + i] - buf[V2 + i] * buf[Y1 + i]
