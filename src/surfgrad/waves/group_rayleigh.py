"""Every derivative of the P-SV secular function (see `rayleigh_gradient`), and its slope along the branch."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.group_lanes import SLOPE, fill_products_with_slopes, fill_with_slopes
from surfgrad.waves.group_minors import shifted, step_up
from surfgrad.waves.group_rayleigh_down import differentiate, differentiate_half_space, move
from surfgrad.waves.group_steps import ENTRY, KEPT, bring_back, keep, keep_gradient, keep_log, take_factor_out
from surfgrad.waves.group_water import start_above, water_slopes
from surfgrad.waves.lanes import (
    BASE,
    BASE_V,
    CC,
    CLIMBED,
    CLIMBED_V,
    DA,
    DB,
    LOG,
    LOG_V,
    QA,
    QB,
    SA,
    SB,
    V1,
    XA,
    XB,
    Y1,
    Y2,
    Y3,
    Y4,
    Y5,
    K,
    group_bounds,
)
from surfgrad.waves.layers import MU, RHO, A, B, H
from surfgrad.waves.rayleigh import GROWTH
from surfgrad.waves.rayleigh_stiff import STIFF, THIN, stiffens
from surfgrad.waves.steps import cut_layers
from surfgrad.waves.water import water_layers


@compiled
def rayleigh_slopes(table, first, buf):
    """(owner, gradient, log) as in `rayleigh_gradient`; an entry of `gradient` holds five rows and their slopes."""
    bounds, wet = group_bounds(buf), water_layers(table)
    owner, parts = cut_layers(table, wet, first, *bounds)
    store = np.empty((owner.shape[0] + 1, KEPT))
    _upwards(table, first, buf, owner, parts, bounds, store)
    wet_owner, wet_gradient, wet_log = water_slopes(table, wet, buf, bounds)
    start_above(buf)
    gradient, log = _downwards(table, first, buf, owner, parts, bounds, store)
    if wet == 0:
        return owner, gradient, log
    return (
        np.concatenate((wet_owner, owner)),
        np.concatenate((wet_gradient, gradient)),
        np.concatenate((wet_log, log)),
    )


@compiled
def _upwards(table, first, buf, owner, parts, bounds, store):
    """Sweep Y and its slope up to the solid's top, and keep them below every sublayer."""
    _start_below(buf, table[first, MU], table[first, RHO], table[first, A], table[first, B])
    below, growth, settled, left = first, 0.0, True, 0
    for step in range(owner.shape[0]):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        if layer != below:
            stiff = not settled or stiffens(table, layer, bounds[0])
            _fill(table, layer, h, buf, bounds, stiff)
            below, left = layer, parts[layer]
        keep(buf, store, step)
        settled = _climb(buf, table[layer, MU], table[layer, RHO], h, left)
        left -= 1
        growth += 2.0 * bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf, Y1, LOG)
            growth = 0.0
    keep(buf, store, owner.shape[0])


@compiled
def _downwards(table, first, buf, owner, parts, bounds, store):
    """Sweep V and its slope down from the solid's top; (gradient, log)."""
    gradient = np.empty((owner.shape[0] + 1, ENTRY))
    log = np.empty((owner.shape[0] + 1, 2 * LANES))
    above, growth, left = -1, 0.0, 0
    for i in range(LANES):
        buf[BASE_V + i], buf[CLIMBED_V + i] = 0.0, 0.0
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        bring_back(buf, store, step)
        if layer != above:
            _fill(table, layer, h, buf, bounds, _stands_out(table, layer, bounds[0]))
            above, left = layer, parts[layer]
        keep_log(buf, log, step)
        differentiate(buf, table[layer, MU], table[layer, RHO], h, left, table[layer, A], table[layer, B])
        left -= 1
        keep_gradient(buf, gradient, step)
        growth += 2.0 * bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf, V1, LOG_V)
            growth = 0.0
    bring_back(buf, store, 0)
    keep_log(buf, log, owner.shape[0])
    differentiate_half_space(buf, table[first, MU], table[first, RHO], table[first, A], table[first, B])
    keep_gradient(buf, gradient, owner.shape[0])
    return gradient, log


@compiled
def _fill(table, layer, h, buf, bounds, stiff):
    fill_with_slopes(buf, h, table[layer, A], DA, SA, XA, QA, bounds)
    fill_with_slopes(buf, h, table[layer, B], DB, SB, XB, QB, bounds)
    fill_products_with_slopes(buf, h, table[layer, A], table[layer, B], stiff)


@compiled
def _stands_out(table, layer, k_low):
    """Whether the layer is thin for some lanes and much stiffer than a neighbour (the surface, water included)."""
    above = table[layer - 1, MU] if layer > 0 else 0.0
    softer = min(above, table[layer + 1, MU])
    return table[layer, MU] > STIFF * softer and k_low * table[layer, H] <= THIN


@compiled
def _start_below(buf, mu, rho, slowness2_p, slowness2_s):
    """The two solutions that decay downwards, at the top of the half-space."""
    for i in range(LANES):
        at = SLOPE + i
        ra = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2_p))
        rb = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2_s))
        ta, tb = -0.5 * buf[CC + at] * slowness2_p / ra, -0.5 * buf[CC + at] * slowness2_s / rb
        buf[Y1 + i], buf[Y1 + at] = ra * rb - 1.0, ta * rb + ra * tb
        buf[Y2 + i], buf[Y2 + at] = -rho, 0.0
        buf[Y3 + i], buf[Y3 + at] = -rho * rho, 0.0
        buf[Y4 + i], buf[Y4 + at] = rho * rb, rho * tb
        buf[Y5 + i], buf[Y5 + at] = -rho * ra, -rho * ta
        buf[LOG + i], buf[LOG + at], buf[BASE + i], buf[CLIMBED + i] = 0.0, 0.0, mu, 0.0


@compiled
def _climb(buf, mu, rho, h, left):
    """Y taken from below to above a sublayer as `rayleigh_stiff.climb_stiff` does; False if lanes stay unsettled."""
    ir, same = 1.0 / rho, 0
    for i in range(LANES):
        at = SLOPE + i
        y1, y2, y3, ty1, ty2, ty3 = shifted(buf, i, Y1, mu - buf[BASE + i])
        n12, n21, tn12, tn21 = -ir * buf[Y4 + i], ir * buf[Y5 + i], -ir * buf[Y4 + at], ir * buf[Y5 + at]
        e, f, te, tf = y3 * ir * ir, y1 - 2.0 * y2 * ir, ty3 * ir * ir, ty1 - 2.0 * ty2 * ir
        d1, d11, d12, d21, td1, td11, td12, td21 = step_up(buf, i, f, e, n12, n21, tf, te, tn12, tn21)
        buf[Y4 + i] -= rho * d12
        buf[Y5 + i] += rho * d21
        buf[Y4 + at] -= rho * td12
        buf[Y5 + at] += rho * td21
        stays = mu > STIFF * buf[BASE + i] and buf[CLIMBED + i] + buf[K + i] * h * left <= THIN
        back = mu - buf[BASE + i] if stays else 0.0
        d2, d3, td2, td3 = -rho * d11, -rho * rho * d11, -rho * td11, -rho * rho * td11
        move(buf, i, Y1, stays, back, y2, y3, ty2, ty3, d1, d2, d3, td1, td2, td3)
        buf[CLIMBED + i] = buf[CLIMBED + i] + buf[K + i] * h if stays else 0.0
        buf[BASE + i] = buf[BASE + i] if stays else mu
        same += 0 if stays else 1
    return same == LANES
