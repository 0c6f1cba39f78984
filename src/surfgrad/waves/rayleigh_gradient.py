r"""Every derivative of the P-SV secular function from one upward and one downward sweep.

F is the pairing <V, Y> of two sets of minors at any depth: Y of the solutions that decay below, V of those that
leave the surface free. With the five numbers of `rayleigh` (at one g) it is

    <V, Y> = -(V1 Y3 + V3 Y1) + 2 V2 Y2 + V4 Y5 + V5 Y4,

which interfaces and layers leave unchanged. A layer acts as (shift to g)^-1 (scale by rho)^-1 (P and S
propagation)(scale)(shift), so

    dF/dg = [2 (V2 Y1 - V1 Y2)] bottom - top,   dF/dln(rho) = [V3 Y1 - V1 Y3] top - bottom (both at the layer's g,
    where F = 0),

taken as dV ^ Y(bottom) - V(top) ^ dY with the increments of `rayleigh_stiff`, as in a thin layer the two ends are
nearly equal. The derivatives with respect to xi_a, xi_b and k h follow from those of the 2 x 2 propagators of `series`.
Factors taken out of Y and V are kept as logarithms; a sublayer's derivatives lack exp(LOG + LOG_V).
"""

import numpy as np

from surfgrad.waves.chain import add, begin_chain, end_chain, set_down, weigh
from surfgrad.waves.compiled import LANES, compiled, lean
from surfgrad.waves.lanes import (
    BASE,
    BASE_V,
    BY_G,
    BY_H,
    BY_RHO,
    BY_XA,
    BY_XB,
    CC,
    CLIMBED_V,
    DA,
    DB,
    LOG_V,
    LOG_W,
    QA,
    QB,
    SA,
    SB,
    V1,
    V2,
    V3,
    V4,
    V5,
    W1,
    W2,
    XA,
    XB,
    Y1,
    Y2,
    Y3,
    Y4,
    Y5,
    G,
    K,
    fill_derivatives,
    group_bounds,
)
from surfgrad.waves.layers import MU, RHO, A, B, H, decay_rate, settled_rate
from surfgrad.waves.rayleigh import GROWTH, climb, climb_whole, fill_layer, start_all, take_factor_out
from surfgrad.waves.rayleigh_stiff import (
    STIFF,
    THIN,
    climb_stiff,
    fill_products,
    increments,
    set_basis,
    shifted,
    stiffens,
)
from surfgrad.waves.series import LONG_REACH
from surfgrad.waves.steps import STATE, add_logs, bring_back, cut_layers, keep
from surfgrad.waves.water import surface, water_column, water_layers
from surfgrad.waves.water_gradient import water_gradient


@compiled
def rayleigh_gradient(table, first, buf, by_layer):
    """Derivatives of the lanes' secular functions; `first`: the layer that stands for the half-space.

    `by_layer` (L, 4 LANES): those by thickness, vp, vs, rho, as far as layer `first`; in `buf`, BY_C: that by c,
    STRETCH: the sum of the layers' h F_h. All are times exp(-REFERENCE).
    """
    bounds, wet = group_bounds(buf), water_layers(table)
    owner, parts = cut_layers(table, wet, first, *bounds)
    store = np.empty((owner.shape[0] + 1, STATE))
    upwards(table, first, buf, owner, parts, bounds, store)
    surface(buf)
    begin_chain(buf)
    if wet == 0:
        start_above(buf)
    else:
        water_column(table, wet, buf, bounds)
        start_above(buf)
        water_gradient(table, wet, buf, bounds, *water_adjoint(buf), by_layer)
    downwards(table, first, buf, owner, parts, bounds, store, by_layer)
    end_chain(buf)


@lean
def start_above(buf):
    """V at the solid's top, at g = 0: no shear stress, and the water column's ratio of the other two."""
    for i in range(LANES):
        buf[V1 + i], buf[V2 + i], buf[V3 + i] = buf[W1 + i], 0.0, 0.0
        buf[V4 + i], buf[V5 + i], buf[LOG_V + i] = buf[W2 + i], 0.0, buf[LOG_W + i]


@compiled
def water_adjoint(buf):
    """Derivatives of <V, Y> by W1 and W2 at the sea floor."""
    by_w1, by_w2 = np.empty(LANES), np.empty(LANES)
    for i in range(LANES):
        g = buf[BASE + i] * buf[G + i]
        by_w1[i] = g * (2.0 * buf[Y2 + i] - g * buf[Y1 + i]) - buf[Y3 + i]
        by_w2[i] = buf[Y5 + i]
    return by_w1, by_w2


@lean
def upwards(table, first, buf, owner, parts, bounds, store):
    """Sweep Y up to the solid's top, and keep it below every sublayer."""
    start_all(table, buf, first)
    below, growth, settled, left = first, 0.0, True, 0
    for step in range(owner.shape[0]):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        a, b, mu, rho = table[layer, A], table[layer, B], table[layer, MU], table[layer, RHO]
        if layer != below:
            if settled:
                set_basis(buf, table[layer + 1, MU])
            stiff = not settled or stiffens(table, layer, bounds[0])
            reach = h * h * max(bounds[1] ** 2, bounds[2] * b)
            whole = parts[layer] == 1 and reach <= 4.0 * LONG_REACH and not stiff
            if not whole:
                fill_layer(table, layer, h, buf, bounds[1], bounds[2])
            if stiff:
                fill_products(buf, h, a, b, True)
            left = parts[layer]
        keep(buf, store, step)
        if whole:
            climb_whole(buf, mu - table[below, MU], rho, h, a, b, reach)
        elif stiff:
            settled = climb_stiff(buf, mu, rho, h, left)
        else:
            climb(buf, mu - table[below, MU], rho)
        if not stiff:
            set_basis(buf, mu)
        below, left = layer, left - 1
        growth += 2.0 * bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf)
            growth = 0.0
    keep(buf, store, owner.shape[0])


@lean
def downwards(table, first, buf, owner, parts, bounds, store, by_layer):
    """Sweep V down from the solid's top, where it is given at g = 0, and add up the derivatives of <V, Y>."""
    above, growth, left, scaled = -1, 0.0, 0, True
    for i in range(LANES):
        buf[BASE_V + i] = 0.0
        buf[CLIMBED_V + i] = 0.0
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        if bring_back(buf, store, step) or scaled:
            add_logs(buf)
            weigh(buf, by_layer, layer)
        if layer != above:
            _fill(table, layer, h, buf, bounds)
            above, left = layer, parts[layer]
        _differentiate(buf, table[layer, MU], table[layer, RHO], h, left, table[layer, A], table[layer, B])
        add(table, layer, h, 1.0 / parts[layer], buf)
        left -= 1
        if left == 0:
            set_down(buf, by_layer, layer)
        growth += 2.0 * bounds[1] * h + 1.0
        scaled = growth > GROWTH
        if scaled:
            _take_factor_out(buf)
            growth = 0.0
    bring_back(buf, store, 0)
    add_logs(buf)
    weigh(buf, by_layer, first)
    _differentiate_half_space(buf, table[first, MU], table[first, RHO], table[first, A], table[first, B])
    add(table, first, 0.0, 1.0, buf)
    set_down(buf, by_layer, first)


@lean
def _fill(table, layer, h, buf, bounds):
    fill_layer(table, layer, h, buf, bounds[1], bounds[2])
    kk, ww, hh = bounds[1] ** 2, bounds[2], h * h
    fill_products(buf, h, table[layer, A], table[layer, B], _stands_out(table, layer, bounds[0]))
    fill_derivatives(buf, h, table[layer, A], DA, SA, QA, hh * max(kk, ww * table[layer, A]))
    fill_derivatives(buf, h, table[layer, B], DB, SB, QB, hh * max(kk, ww * table[layer, B]))


@lean
def _stands_out(table, layer, k_low):
    """Whether the layer is thin for some lanes and much stiffer than a neighbour (the surface, water included)."""
    above = table[layer - 1, MU] if layer > 0 else 0.0
    softer = min(above, table[layer + 1, MU])
    return table[layer, MU] > STIFF * softer and k_low * table[layer, H] <= THIN


@lean
def _differentiate(buf, mu, rho, h, left, slowness2_p, slowness2_s):
    """Derivatives by one sublayer of the `left` that are left of its layer, and V taken to below it; Y: below it."""
    ir, rr = 1.0 / rho, rho * rho
    for i in range(LANES):
        xia, xib = 1.0 - buf[CC + i] * slowness2_p, 1.0 - buf[CC + i] * slowness2_s
        da, sa, xa, qa = buf[DA + i], buf[SA + i], buf[XA + i], buf[QA + i]
        db, sb, xb, qb = buf[DB + i], buf[SB + i], buf[XB + i], buf[QB + i]
        y1, y2, y3 = shifted(buf[Y1 + i], buf[Y2 + i], buf[Y3 + i], (mu - buf[BASE + i]) * buf[G + i])
        delta = (mu - buf[BASE_V + i]) * buf[G + i]
        v1, v2, v3 = shifted(buf[V1 + i], buf[V2 + i], buf[V3 + i], delta)
        # Potentials' minors: n of Y below, m of V above, p and q of Y after S and after P propagation, t of Y above.
        e, f = y3 * ir * ir, y1 - 2.0 * y2 * ir
        n11, n12, n21, n22 = -e, -ir * buf[Y4 + i], ir * buf[Y5 + i], f + e
        dy1, dy2, dy3, d12, d21 = increments(buf, i, 1.0, rho, f, e, n12, n21)
        t11, t12, t21 = n11 - ir * dy2, n12 + d12, n21 + d21
        t22 = n22 + (dy1 - ir * dy2)
        e, f = v3 * ir * ir, v1 - 2.0 * v2 * ir
        m11, m12, m21, m22 = -e, -ir * buf[V4 + i], ir * buf[V5 + i], f + e
        dv1, dv2, dv3, d12, d21 = increments(buf, i, -1.0, rho, f, e, m12, m21)
        # Differences of the docstring: (V below less V above, Y below) less (V above, Y above less Y below).
        buf[BY_G + i] = 2.0 * (dv2 * y1 - dv1 * y2 - (v2 * dy1 - v1 * dy2))
        buf[BY_RHO + i] = v3 * dy1 - v1 * dy3 - (dv3 * y1 - dv1 * y3)
        stays = mu > STIFF * buf[BASE_V + i] and buf[CLIMBED_V + i] + buf[K + i] * h * left <= THIN
        back = delta if stays else 0.0
        buf[V1 + i] = v1 + dv1
        buf[V2 + i] = (buf[V2 + i] if stays else v2) + (dv2 - back * dv1)
        buf[V3 + i] = (buf[V3 + i] if stays else v3) + (dv3 - back * (2.0 * dv2 - back * dv1))
        buf[V4 + i] -= rho * d12
        buf[V5 + i] += rho * d21
        buf[CLIMBED_V + i] = buf[CLIMBED_V + i] + buf[K + i] * h if stays else 0.0
        buf[BASE_V + i] = buf[BASE_V + i] if stays else mu
        ca, cb = 1.0 + da, 1.0 + db
        p11, p12, p21, p22 = cb * n11 - sb * n12, cb * n12 - xb * n11, cb * n21 - sb * n22, cb * n22 - xb * n21
        q11, q12, q21, q22 = ca * n11 - sa * n21, ca * n12 - sa * n22, ca * n21 - xa * n11, ca * n22 - xa * n12
        half, edge = 0.5 * buf[K + i] * h * sa, sa + xia * qa
        d11, d12, d21, d22 = (
            half * p11 - qa * p21,
            half * p12 - qa * p22,
            half * p21 - edge * p11,
            half * p22 - edge * p12,
        )
        buf[BY_XA + i] = rr * (m22 * d11 + m11 * d22 - m12 * d21 - m21 * d12)
        half, edge = 0.5 * buf[K + i] * h * sb, sb + xib * qb
        d11, d12, d21, d22 = (
            half * q11 - qb * q12,
            half * q12 - edge * q11,
            half * q21 - qb * q22,
            half * q22 - edge * q21,
        )
        buf[BY_XB + i] = rr * (m22 * d11 + m11 * d22 - m12 * d21 - m21 * d12)
        buf[BY_H + i] = rr * (
            m12 * (xia * t11 + t22) + m21 * (t22 + xib * t11) - m22 * (t12 + t21) - m11 * (xia * t12 + xib * t21)
        )


@lean
def _differentiate_half_space(buf, mu, rho, slowness2_p, slowness2_s):
    ir = 1.0 / rho
    for i in range(LANES):
        ra = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2_p))
        v1, v2, v3 = shifted(buf[V1 + i], buf[V2 + i], buf[V3 + i], (mu - buf[BASE_V + i]) * buf[G + i])
        e = v3 * ir * ir
        m11, m12, m21 = -e, -ir * buf[V4 + i], ir * buf[V5 + i]
        # F is linear in the decay rate of S.
        f = 2.0 * v2 * buf[Y2 + i] - v1 * buf[Y3 + i] - v3 * buf[Y1 + i] + buf[V4 + i] * buf[Y5 + i]
        f += buf[V5 + i] * buf[Y4 + i]
        by_rate, rate = rho * rho * (m11 * ra + m21), decay_rate(buf[CC + i], slowness2_s)
        rb = settled_rate(buf[CC + i], slowness2_s, rate - f / by_rate)
        buf[BY_XA + i] = rho * rho * (m11 * rb + m12) / (2.0 * ra)
        buf[BY_XB + i] = by_rate / (2.0 * rb)
        buf[BY_G + i] = -2.0 * (v2 * buf[Y1 + i] - v1 * buf[Y2 + i])
        buf[BY_RHO + i] = v3 * buf[Y1 + i] - v1 * buf[Y3 + i]
        buf[BY_H + i] = 0.0


@lean
def _take_factor_out(buf):
    for i in range(LANES):
        size = abs(buf[V1 + i]) + abs(buf[V2 + i]) + abs(buf[V3 + i]) + abs(buf[V4 + i]) + abs(buf[V5 + i])
        factor = 1.0 / size
        buf[LOG_V + i] += np.log(size)
        buf[V1 + i] *= factor
        buf[V2 + i] *= factor
        buf[V3 + i] *= factor
        buf[V4 + i] *= factor
        buf[V5 + i] *= factor
