r"""Derivatives of the P-SV secular function by one sublayer, from the minors on both of its sides.

F = <V, Y> (see `rayleigh_gradient`). A layer acts as (shift to g)^-1 (scale by rho)^-1 (P and S propagation)(scale)
(shift), so

    dF/dg = [2 (V2 Y1 - V1 Y2)] bottom - top,   dF/dln(rho) = [V3 Y1 - V1 Y3] top - bottom (both at the layer's g,
    where F = 0),

taken as dV ^ Y(bottom) - V(top) ^ dY with the increments of `rayleigh_stiff`, as in a thin layer the two ends are
nearly equal. The derivatives with respect to xi_a, xi_b and k h follow from those of the 2 x 2 propagators of `series`.
"""

import numpy as np

from surfgrad.waves.chain import by_parameters, constants
from surfgrad.waves.compiled import LANES, inlined, lean
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
    QA,
    QB,
    V1,
    V2,
    V3,
    V4,
    V5,
    Y1,
    Y2,
    Y3,
    Y4,
    Y5,
    G,
    K,
)
from surfgrad.waves.layers import MU, RHO, A, B, H, decay_rate, settled_rate
from surfgrad.waves.rayleigh_stiff import (
    STIFF,
    THIN,
    filled_products,
    functions_of_p,
    functions_of_s,
    increments,
    products,
    shifted,
)
from surfgrad.waves.series import series_all, series_all_short


@lean
def add_thin(layer, below, above, buf, state, out):
    """`add_medium` for |x| <= SHORT_REACH."""
    h, a, b = layer[H], layer[A], layer[B]
    layer_constants = constants(a, b, layer[MU], layer[RHO])
    for i in range(LANES):
        kh, xia, xib = buf[K + i] * h, 1.0 - buf[CC + i] * a, 1.0 - buf[CC + i] * b
        of_p, of_s = series_all_short(kh * kh * xia), series_all_short(kh * kh * xib)
        _add_lane(buf, i, layer_constants, layer[RHO], h, kh, xia, xib, of_p, of_s, below, above, state, out)


@lean
def add_medium(layer, below, above, buf, state, out):
    """Add a layer that is one sublayer, |x| <= LONG_REACH, with functions computed on the way, and take V below it.

    `layer`: its row of the table. `below`, `above`: rigidities in whose basis every lane's `state` (Y1 ... Y5 below it)
    and V are. `out` (4 LANES,): derivatives by thickness, vp, vs, rho.
    """
    h, a, b = layer[H], layer[A], layer[B]
    layer_constants = constants(a, b, layer[MU], layer[RHO])
    for i in range(LANES):
        kh, xia, xib = buf[K + i] * h, 1.0 - buf[CC + i] * a, 1.0 - buf[CC + i] * b
        of_p, of_s = series_all(kh * kh * xia), series_all(kh * kh * xib)
        _add_lane(buf, i, layer_constants, layer[RHO], h, kh, xia, xib, of_p, of_s, below, above, state, out)


@inlined
def _add_lane(buf, i, layer_constants, rho, h, kh, xia, xib, of_p, of_s, below, above, state, out):
    """One lane; `of_p`, `of_s`: D, S and dS/dx."""
    da, sa, qa = of_p
    db, sb, qb = of_s
    of_p, of_s = (da, kh * sa, kh * sa * xia), (db, kh * sb, kh * sb * xib)
    mu, ir = layer_constants[2], layer_constants[3]
    y1, y2, y3 = shifted(state[i], state[LANES + i], state[2 * LANES + i], (mu - below) * buf[G + i])
    v1, v2, v3 = shifted(buf[V1 + i], buf[V2 + i], buf[V3 + i], (mu - above) * buf[G + i])
    gradient, change = _differentiate(
        (y1, y2, y3, state[3 * LANES + i], state[4 * LANES + i]),
        (v1, v2, v3, buf[V4 + i], buf[V5 + i]),
        of_p, of_s, products(of_p, of_s), kh * kh * kh * qa, kh * kh * kh * qb, kh, xia, xib, rho, ir,
    )  # fmt: skip
    dv1, dv2, dv3, dv4, dv5 = change
    buf[V1 + i] = v1 + dv1
    buf[V2 + i] = v2 + dv2
    buf[V3 + i] = v3 + dv3
    buf[V4 + i] += dv4
    buf[V5 + i] += dv5
    by_h, by_vp, by_vs, by_rho = by_parameters(buf, i, layer_constants, h, gradient)
    out[i] = by_h
    out[LANES + i] = by_vp
    out[2 * LANES + i] = by_vs
    out[3 * LANES + i] = by_rho


@lean
def differentiate(layer, h, left, buf):
    """Rows BY_XA ... BY_H of one sublayer of the `left` that are left of its layer, and V taken to below it; Y: below.

    With the functions that are in `buf`, every lane in a basis of its own. Returns whether all are now in the layer's.
    """
    a, b, mu, rho, ir, same = layer[A], layer[B], layer[MU], layer[RHO], 1.0 / layer[RHO], 0
    for i in range(LANES):
        kh, xia, xib = buf[K + i] * h, 1.0 - buf[CC + i] * a, 1.0 - buf[CC + i] * b
        y1, y2, y3 = shifted(buf[Y1 + i], buf[Y2 + i], buf[Y3 + i], (mu - buf[BASE + i]) * buf[G + i])
        delta = (mu - buf[BASE_V + i]) * buf[G + i]
        v1, v2, v3 = shifted(buf[V1 + i], buf[V2 + i], buf[V3 + i], delta)
        gradient, change = _differentiate(
            (y1, y2, y3, buf[Y4 + i], buf[Y5 + i]),
            (v1, v2, v3, buf[V4 + i], buf[V5 + i]),
            functions_of_p(buf, i), functions_of_s(buf, i), filled_products(buf, i), buf[QA + i], buf[QB + i],
            kh, xia, xib, rho, ir,
        )  # fmt: skip
        buf[BY_XA + i], buf[BY_XB + i], buf[BY_G + i], buf[BY_RHO + i], buf[BY_H + i] = gradient
        dv1, dv2, dv3, dv4, dv5 = change
        stays = mu > STIFF * buf[BASE_V + i] and buf[CLIMBED_V + i] + kh * left <= THIN
        back = delta if stays else 0.0
        buf[V1 + i] = v1 + dv1
        buf[V2 + i] = (buf[V2 + i] if stays else v2) + (dv2 - back * dv1)
        buf[V3 + i] = (buf[V3 + i] if stays else v3) + (dv3 - back * (2.0 * dv2 - back * dv1))
        buf[V4 + i] += dv4
        buf[V5 + i] += dv5
        buf[CLIMBED_V + i] = buf[CLIMBED_V + i] + kh if stays else 0.0
        buf[BASE_V + i] = buf[BASE_V + i] if stays else mu
        same += 0 if stays else 1
    return same == LANES


@inlined
def _differentiate(y, v, of_p, of_s, combined, qa, qb, kh, xia, xib, rho, ir):
    """(by xi_a, xi_b, g, ln(rho), k h) and V's change downwards, of Y below and V above, both at the layer's g."""
    y1, y2, y3, y4, y5 = y
    v1, v2, v3, v4, v5 = v
    da, sa, xa = of_p
    db, sb, xb = of_s
    # Potentials' minors: n of Y below, m of V above, p and q of Y after S and after P propagation, t of Y above.
    e, f = y3 * ir * ir, y1 - 2.0 * y2 * ir
    n11, n12, n21, n22 = -e, -ir * y4, ir * y5, f + e
    dy1, dy2, dy3, d12, d21 = increments(of_p, of_s, combined, 1.0, rho, f, e, n12, n21)
    t11, t12, t21 = n11 - ir * dy2, n12 + d12, n21 + d21
    t22 = n22 + (dy1 - ir * dy2)
    e, f = v3 * ir * ir, v1 - 2.0 * v2 * ir
    m11, m12, m21, m22 = -e, -ir * v4, ir * v5, f + e
    dv1, dv2, dv3, d12, d21 = increments(of_p, of_s, combined, -1.0, rho, f, e, m12, m21)
    # Differences of the docstring: (V below less V above, Y below) less (V above, Y above less Y below).
    by_g = 2.0 * (dv2 * y1 - dv1 * y2 - (v2 * dy1 - v1 * dy2))
    by_rho = v3 * dy1 - v1 * dy3 - (dv3 * y1 - dv1 * y3)
    ca, cb, rr = 1.0 + da, 1.0 + db, rho * rho
    p11, p12, p21, p22 = cb * n11 - sb * n12, cb * n12 - xb * n11, cb * n21 - sb * n22, cb * n22 - xb * n21
    q11, q12, q21, q22 = ca * n11 - sa * n21, ca * n12 - sa * n22, ca * n21 - xa * n11, ca * n22 - xa * n12
    half, edge = 0.5 * kh * sa, sa + xia * qa
    by_xa = half * (m22 * p11 + m11 * p22 - m12 * p21 - m21 * p12)
    by_xa = rr * (by_xa - qa * (m22 * p21 - m21 * p22) - edge * (m11 * p12 - m12 * p11))
    half, edge = 0.5 * kh * sb, sb + xib * qb
    by_xb = half * (m22 * q11 + m11 * q22 - m12 * q21 - m21 * q12)
    by_xb = rr * (by_xb - qb * (m22 * q12 - m12 * q22) - edge * (m11 * q21 - m21 * q11))
    by_h = rr * (m12 * (xia * t11 + t22) + m21 * (t22 + xib * t11) - m22 * (t12 + t21) - m11 * (xia * t12 + xib * t21))
    return (by_xa, by_xb, by_g, by_rho, by_h), (dv1, dv2, dv3, -rho * d12, rho * d21)


@lean
def differentiate_half_space(layer, buf):
    """Rows BY_XA ... BY_H of the half-space, V and Y at its top."""
    mu, rho, ir = layer[MU], layer[RHO], 1.0 / layer[RHO]
    for i in range(LANES):
        ra = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * layer[A]))
        v1, v2, v3 = shifted(buf[V1 + i], buf[V2 + i], buf[V3 + i], (mu - buf[BASE_V + i]) * buf[G + i])
        e = v3 * ir * ir
        m11, m12, m21 = -e, -ir * buf[V4 + i], ir * buf[V5 + i]
        # F is linear in the decay rate of S.
        f = 2.0 * v2 * buf[Y2 + i] - v1 * buf[Y3 + i] - v3 * buf[Y1 + i] + buf[V4 + i] * buf[Y5 + i]
        f += buf[V5 + i] * buf[Y4 + i]
        by_rate, rate = rho * rho * (m11 * ra + m21), decay_rate(buf[CC + i], layer[B])
        rb = settled_rate(buf[CC + i], layer[B], rate - f / by_rate)
        buf[BY_XA + i] = rho * rho * (m11 * rb + m12) / (2.0 * ra)
        buf[BY_XB + i] = by_rate / (2.0 * rb)
        buf[BY_G + i] = -2.0 * (v2 * buf[Y1 + i] - v1 * buf[Y2 + i])
        buf[BY_RHO + i] = v3 * buf[Y1 + i] - v1 * buf[Y3 + i]
        buf[BY_H + i] = 0.0
