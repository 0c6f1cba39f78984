r"""Every derivative of the P-SV secular function from one upward and one downward sweep.

F is the pairing <V, Y> of two sets of minors at any depth: Y of the solutions that decay below, V of those that
leave the surface free. With the five numbers of `rayleigh` (at one g) it is

    <V, Y> = -(V1 Y3 + V3 Y1) + 2 V2 Y2 + V4 Y5 + V5 Y4,

which interfaces and layers leave unchanged. A layer acts as (shift to g)^-1 (scale by rho)^-1 (P and S
propagation)(scale)(shift), so

    dF/dg = [2 (V2 Y1 - V1 Y2)] bottom - top,   dF/dln(rho) = [V3 Y1 - V1 Y3] top - bottom (both at the layer's g,
    where F = 0),

and the derivatives with respect to xi_a, xi_b and k h follow from those of the 2 x 2 propagators of `series`.
Factors taken out of Y and V are kept as logarithms; a sublayer's derivatives carry exp(LOG + LOG_V).
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
    DA,
    DB,
    LOG,
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
from surfgrad.waves.layers import MU, RHO, A, B, H
from surfgrad.waves.rayleigh import GROWTH, climb, fill_layer, start_below, take_factor_out
from surfgrad.waves.steps import STATE, bring_back, cut_layers, keep
from surfgrad.waves.water import surface, water_column, water_layers
from surfgrad.waves.water_gradient import water_gradient


@compiled
def rayleigh_gradient(table, first, buf):
    """(owner, gradient, log) of the lanes' secular functions; `first`: the layer that stands for the half-space.

    Entry s of `gradient` (S + 1, 5 LANES) holds the rows BY_XA ... BY_H of a sublayer of layer owner[s], to be
    multiplied by exp(log[s]) with `log` (S + 1, LANES); the last entry is the half-space's.
    """
    bounds, wet = group_bounds(buf), water_layers(table)
    owner, parts = cut_layers(table, wet, first, *bounds)
    store = np.empty((owner.shape[0] + 1, STATE))
    upwards(table, first, buf, owner, parts, bounds, store)
    surface(buf)
    if wet == 0:
        start_above(buf)
        gradient, log = downwards(table, first, buf, owner, parts, bounds, store)
        return owner, gradient, log
    water_column(table, wet, buf, bounds)
    start_above(buf)
    mu = table[wet, MU]
    wet_owner, wet_gradient, wet_log = water_gradient(table, wet, buf, bounds, *water_adjoint(buf, mu))
    gradient, log = downwards(table, first, buf, owner, parts, bounds, store)
    return (
        np.concatenate((wet_owner, owner)),
        np.concatenate((wet_gradient, gradient)),
        np.concatenate((wet_log, log)),
    )


@compiled
def start_above(buf):
    """V at the solid's top, at g = 0: no shear stress, and the water column's ratio of the other two."""
    for i in range(LANES):
        buf[V1 + i], buf[V2 + i], buf[V3 + i] = buf[W1 + i], 0.0, 0.0
        buf[V4 + i], buf[V5 + i], buf[LOG_V + i] = buf[W2 + i], 0.0, buf[LOG_W + i]


@compiled
def water_adjoint(buf, mu):
    """Derivatives of <V, Y> by W1 and W2 at the sea floor."""
    by_w1, by_w2 = np.empty(LANES), np.empty(LANES)
    for i in range(LANES):
        g = mu * buf[G + i]
        by_w1[i] = g * (2.0 * buf[Y2 + i] - g * buf[Y1 + i]) - buf[Y3 + i]
        by_w2[i] = buf[Y5 + i]
    return by_w1, by_w2


@compiled
def upwards(table, first, buf, owner, parts, bounds, store):
    """Sweep Y up to the solid's top, and keep it below every sublayer."""
    start_below(table, np.full(LANES, first), buf, first, True)
    below, growth = first, 0.0
    for step in range(owner.shape[0]):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        keep(buf, store, step)
        if layer != below:
            fill_layer(table, layer, h, buf, bounds[1], bounds[2])
        climb(buf, table[layer, MU] - table[below, MU], table[layer, RHO])
        below = layer
        growth += 2.0 * bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf)
            growth = 0.0
    keep(buf, store, owner.shape[0])


@compiled
def downwards(table, first, buf, owner, parts, bounds, store):
    """Sweep V down from the solid's top, where it is given at g = 0; (gradient, log) of <V, Y>."""
    gradient = np.empty((owner.shape[0] + 1, 5 * LANES))
    log = np.empty((owner.shape[0] + 1, LANES))
    above, growth = -1, 0.0
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        bring_back(buf, store, step)
        _shift(buf, Y1, table[layer, MU] - table[owner[step - 1] if step > 0 else first, MU])
        if layer != above:
            _shift(buf, V1, table[layer, MU] - (table[above, MU] if above >= 0 else 0.0))
            _fill(table, layer, h, buf, bounds)
            above = layer
        log[step] = buf[LOG : LOG + LANES] + buf[LOG_V : LOG_V + LANES]
        _differentiate(buf, table[layer, RHO], h, table[layer, A], table[layer, B])
        gradient[step] = buf[BY_XA : BY_H + LANES]
        growth += 2.0 * bounds[1] * h + 1.0
        if growth > GROWTH:
            _take_factor_out(buf)
            growth = 0.0
    bring_back(buf, store, 0)
    _shift(buf, V1, table[first, MU] - (table[above, MU] if above >= 0 else 0.0))
    log[-1] = buf[LOG : LOG + LANES] + buf[LOG_V : LOG_V + LANES]
    _differentiate_half_space(buf, table[first, RHO], table[first, A], table[first, B])
    gradient[-1] = buf[BY_XA : BY_H + LANES]
    return gradient, log


@compiled
def _shift(buf, row, jump):
    """Take the state that begins at `row` across an interface: the Taylor shift by the jump of g."""
    if jump == 0.0:
        return
    for i in range(LANES):
        delta = jump * buf[G + i]
        r, t = buf[row + i], buf[row + LANES + i]
        buf[row + LANES + i] = t + delta * r
        buf[row + 2 * LANES + i] += delta * (2.0 * t + delta * r)


@compiled
def _fill(table, layer, h, buf, bounds):
    fill_layer(table, layer, h, buf, bounds[1], bounds[2])
    kk, ww, hh = bounds[1] ** 2, bounds[2], h * h
    fill_derivatives(buf, h, table[layer, A], DA, SA, QA, hh * max(kk, ww * table[layer, A]))
    fill_derivatives(buf, h, table[layer, B], DB, SB, QB, hh * max(kk, ww * table[layer, B]))


@compiled
def _differentiate(buf, rho, h, slowness2_p, slowness2_s):
    """Derivatives by one sublayer, and V taken to below it. Y: below the sublayer; both at its own g."""
    ir = 1.0 / rho
    for i in range(LANES):
        xia, xib = 1.0 - buf[CC + i] * slowness2_p, 1.0 - buf[CC + i] * slowness2_s
        ca, sa, xa, qa = 1.0 + buf[DA + i], buf[SA + i], buf[XA + i], buf[QA + i]
        cb, sb, xb, qb = 1.0 + buf[DB + i], buf[SB + i], buf[XB + i], buf[QB + i]
        # Potentials' minors: n of Y below, m of V above, p and q of Y after S and after P propagation, t of Y above.
        e, t = buf[Y3 + i] * ir * ir, buf[Y2 + i] * ir
        n11, n12, n21, n22, s = -e, -ir * buf[Y4 + i], ir * buf[Y5 + i], buf[Y1 + i] - 2.0 * t + e, e - t
        e, t = buf[V3 + i] * ir * ir, buf[V2 + i] * ir
        m11, m12, m21, m22, z = -e, -ir * buf[V4 + i], ir * buf[V5 + i], buf[V1 + i] - 2.0 * t + e, e - t
        p11, p12, p21, p22 = cb * n11 - sb * n12, cb * n12 - xb * n11, cb * n21 - sb * n22, cb * n22 - xb * n21
        q11, q12, q21, q22 = ca * n11 - sa * n21, ca * n12 - sa * n22, ca * n21 - xa * n11, ca * n22 - xa * n12
        t11, t12, t21, t22 = ca * p11 - sa * p21, ca * p12 - sa * p22, ca * p21 - xa * p11, ca * p22 - xa * p12
        half, edge = 0.5 * buf[K + i] * h * sa, sa + xia * qa
        d11, d12, d21, d22 = (
            half * p11 - qa * p21,
            half * p12 - qa * p22,
            half * p21 - edge * p11,
            half * p22 - edge * p12,
        )
        rr = rho * rho
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
        r_top, t_top, e_top = t22 - t11 - 2.0 * s, -rho * (t11 + s), -rr * t11
        by_g = -2.0 * (buf[V2 + i] * r_top - buf[V1 + i] * t_top)
        by_rho = buf[V3 + i] * r_top - buf[V1 + i] * e_top
        # V below the sublayer.
        p11, p12, p21, p22 = ca * m11 + sa * m21, ca * m12 + sa * m22, ca * m21 + xa * m11, ca * m22 + xa * m12
        m11, m12, m21, m22 = cb * p11 + sb * p12, cb * p12 + xb * p11, cb * p21 + sb * p22, cb * p22 + xb * p21
        r, t, e = m22 - m11 - 2.0 * z, -rho * (m11 + z), -rr * m11
        buf[V1 + i], buf[V2 + i], buf[V3 + i], buf[V4 + i], buf[V5 + i] = r, t, e, -rho * m12, rho * m21
        buf[BY_G + i] = by_g + 2.0 * (t * buf[Y1 + i] - r * buf[Y2 + i])
        buf[BY_RHO + i] = by_rho - (e * buf[Y1 + i] - r * buf[Y3 + i])


@compiled
def _differentiate_half_space(buf, rho, slowness2_p, slowness2_s):
    ir = 1.0 / rho
    for i in range(LANES):
        # At c = vs both this and dF/dc are infinite; just off it their quotient is right.
        ra = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2_p))
        rb = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2_s))
        e = buf[V3 + i] * ir * ir
        m11, m12, m21 = -e, -ir * buf[V4 + i], ir * buf[V5 + i]
        buf[BY_XA + i] = rho * rho * (m11 * rb + m12) / (2.0 * ra)
        buf[BY_XB + i] = rho * rho * (m11 * ra + m21) / (2.0 * rb)
        buf[BY_G + i] = -2.0 * (buf[V2 + i] * buf[Y1 + i] - buf[V1 + i] * buf[Y2 + i])
        buf[BY_RHO + i] = buf[V3 + i] * buf[Y1 + i] - buf[V1 + i] * buf[Y3 + i]
        buf[BY_H + i] = 0.0


@compiled
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
