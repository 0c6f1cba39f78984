"""Derivatives of the P-SV secular function by one sublayer on the way down (see `rayleigh_gradient`), with slopes."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.group_lanes import LEFT, REST, SLOPE, M, N, T
from surfgrad.waves.group_minors import (
    before,
    minors,
    pairing,
    plus,
    rate,
    shifted,
    step_down,
    step_up,
    take_growth_off,
    transposed,
)
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
    QA,
    QB,
    SA,
    SB,
    V1,
    V4,
    V5,
    XA,
    XB,
    Y1,
    Y4,
    Y5,
    G,
    K,
)
from surfgrad.waves.rayleigh_stiff import STIFF, THIN


@compiled
def differentiate(buf, mu, rho, h, left, a, b):
    """Derivatives by one sublayer of the `left` that are left of its layer, and V taken to below it; Y: below it.

    a, b: 1/vp^2, 1/vs^2.
    """
    _cross(buf, mu, rho, h, left)
    rr = rho * rho
    for i in range(LANES):
        _by_speed(buf, i, SLOPE + i, rr, buf[K + i] * h, a, BY_XA, DA, SA, QA, DB, SB, XB, False)
    for i in range(LANES):
        _by_speed(buf, i, SLOPE + i, rr, buf[K + i] * h, b, BY_XB, DB, SB, QB, DA, SA, XA, True)
    for i in range(LANES):
        _by_length(buf, i, SLOPE + i, rr, a, b)
    for i in range(LANES):
        at = SLOPE + i
        m, t, tm, tt = minors(buf, M, i), minors(buf, T, i), minors(buf, M, at), minors(buf, T, at)
        f, tf = rr * pairing(m, t) + buf[REST + i], rr * (pairing(tm, t) + pairing(m, tt)) + buf[REST + at]
        buf[LEFT + i] = f
        take_growth_off(buf, i, f, tf, buf[K + i] * h, DA, SA, XA, BY_XA)
        take_growth_off(buf, i, f, tf, buf[K + i] * h, DB, SB, XB, BY_XB)


@compiled
def _cross(buf, mu, rho, h, left):
    """N and T of Y, M of V, derivatives by g and ln(rho), and V taken down."""
    ir, rr = 1.0 / rho, rho * rho
    for i in range(LANES):
        at = SLOPE + i
        y1, y2, y3, ty1, ty2, ty3 = shifted(buf, i, Y1, mu - buf[BASE + i])
        n12, n21, tn12, tn21 = -ir * buf[Y4 + i], ir * buf[Y5 + i], -ir * buf[Y4 + at], ir * buf[Y5 + at]
        e, f, te, tf = y3 * ir * ir, y1 - 2.0 * y2 * ir, ty3 * ir * ir, ty1 - 2.0 * ty2 * ir
        dy, dy11, d12, d21, tdy, tdy11, td12, td21 = step_up(buf, i, f, e, n12, n21, tf, te, tn12, tn21)
        _put(buf, N, i, -e, n12, n21, f + e)
        _put(buf, N, at, -te, tn12, tn21, tf + te)
        _put(buf, T, i, dy11 - e, n12 + d12, n21 + d21, f + e + (dy + dy11))
        _put(buf, T, at, tdy11 - te, tn12 + td12, tn21 + td21, tf + te + (tdy + tdy11))
        v1, v2, v3, tv1, tv2, tv3 = shifted(buf, i, V1, mu - buf[BASE_V + i])
        n12, n21, tn12, tn21 = -ir * buf[V4 + i], ir * buf[V5 + i], -ir * buf[V4 + at], ir * buf[V5 + at]
        e, f, te, tf = v3 * ir * ir, v1 - 2.0 * v2 * ir, tv3 * ir * ir, tv1 - 2.0 * tv2 * ir
        dv, dv11, d12, d21, tdv, tdv11, td12, td21 = step_down(buf, i, f, e, n12, n21, tf, te, tn12, tn21)
        _put(buf, M, i, -e, n12, n21, f + e)
        _put(buf, M, at, -te, tn12, tn21, tf + te)
        s, ts = y2 - ir * y3, ty2 - ir * ty3
        buf[REST + i] = 2.0 * (v2 - ir * v3) * s
        buf[REST + at] = 2.0 * ((tv2 - ir * tv3) * s + (v2 - ir * v3) * ts)
        # (V below less V above, Y below) less (V above, Y above less Y below), as in `rayleigh_gradient`.
        buf[BY_G + i] = -2.0 * (rho * (dv11 * y1 + v1 * dy11) + dv * y2 + v2 * dy)
        buf[BY_G + at] = -2.0 * (
            rho * (tdv11 * y1 + dv11 * ty1 + tv1 * dy11 + v1 * tdy11) + tdv * y2 + dv * ty2 + tv2 * dy + v2 * tdy
        )
        buf[BY_RHO + i] = v3 * dy + dv * y3 + rr * (v1 * dy11 + dv11 * y1)
        buf[BY_RHO + at] = (
            tv3 * dy + v3 * tdy + tdv * y3 + dv * ty3 + rr * (tv1 * dy11 + v1 * tdy11 + tdv11 * y1 + dv11 * ty1)
        )
        buf[V4 + i] -= rho * d12
        buf[V5 + i] += rho * d21
        buf[V4 + at] -= rho * td12
        buf[V5 + at] += rho * td21
        stays = mu > STIFF * buf[BASE_V + i] and buf[CLIMBED_V + i] + buf[K + i] * h * left <= THIN
        back = mu - buf[BASE_V + i] if stays else 0.0
        move(buf, i, V1, stays, back, v2, v3, tv2, tv3, dv, -rho * dv11, -rr * dv11, tdv, -rho * tdv11, -rr * tdv11)
        buf[CLIMBED_V + i] = buf[CLIMBED_V + i] + buf[K + i] * h if stays else 0.0
        buf[BASE_V + i] = buf[BASE_V + i] if stays else mu


@inlined
def _put(buf, row, at, n11, n12, n21, n22):
    buf[row + at], buf[row + LANES + at], buf[row + 2 * LANES + at], buf[row + 3 * LANES + at] = n11, n12, n21, n22


@inlined
def move(buf, i, row, stays, jump, t, e, tt, te, d1, d2, d3, td1, td2, td3):
    """Add the increments d of a sublayer's own basis to three minors.

    t, e and their slopes tt, te: the last two of them in that basis; if the state `stays` in its own, `jump` is the
    rigidity that the increments are shifted back by, else 0.
    """
    at = SLOPE + i
    back, rise = jump * buf[G + i], jump * buf[G + at]
    second, third = row + LANES, row + 2 * LANES
    buf[row + i] += d1
    buf[row + at] += td1
    buf[second + i] = (buf[second + i] if stays else t) + (d2 - back * d1)
    buf[second + at] = (buf[second + at] if stays else tt) + (td2 - back * td1 - rise * d1)
    twice, ttwice = 2.0 * d2 - back * d1, 2.0 * td2 - back * td1 - rise * d1
    buf[third + i] = (buf[third + i] if stays else e) + (d3 - back * twice)
    buf[third + at] = (buf[third + at] if stays else te) + (td3 - back * ttwice - rise * twice)


@inlined
def _by_speed(buf, i, at, rr, kh, slowness2, out, d, s, q, d2, s2, x2, shear):
    """Derivative by xi of the waves with functions at `d`, `s`, `q`, those of the others at `d2`, `s2`, `x2`."""
    xi, rise = 1.0 - buf[CC + i] * slowness2, -buf[CC + at] * slowness2
    half, edge = 0.5 * kh * buf[s + i], buf[s + i] + xi * buf[q + i]
    thalf, tedge = 0.5 * kh * (buf[s + i] + buf[s + at]), buf[s + at] + rise * buf[q + i] + xi * buf[q + at]
    n, tn, m, tm = minors(buf, N, i), minors(buf, N, at), minors(buf, M, i), minors(buf, M, at)
    if shear:
        n, tn, m, tm = transposed(n), transposed(tn), transposed(m), transposed(tm)
    p = before(1.0 + buf[d2 + i], buf[s2 + i], buf[x2 + i], n)
    tp = plus(
        before(1.0 + buf[d2 + i], buf[s2 + i], buf[x2 + i], tn), before(buf[d2 + at], buf[s2 + at], buf[x2 + at], n)
    )
    r, tr = rate(half, buf[q + i], edge, p), plus(rate(half, buf[q + i], edge, tp), rate(thalf, buf[q + at], tedge, p))
    buf[out + i] = rr * pairing(m, r)
    buf[out + at] = rr * (pairing(tm, r) + pairing(m, tr))


@inlined
def _by_length(buf, i, at, rr, a, b):
    """Derivative by k h."""
    xia, xib = 1.0 - buf[CC + i] * a, 1.0 - buf[CC + i] * b
    rise_a, rise_b = -buf[CC + at] * a, -buf[CC + at] * b
    t, tt = minors(buf, T, i), minors(buf, T, at)
    r, tr = _lifted(xia, xib, 1.0, t), plus(_lifted(xia, xib, 1.0, tt), _lifted(rise_a, rise_b, 0.0, t))
    m, tm = minors(buf, M, i), minors(buf, M, at)
    buf[BY_H + i] = rr * pairing(m, r)
    buf[BY_H + at] = rr * (pairing(tm, r) + pairing(m, tr))


@inlined
def _lifted(xia, xib, one, t):
    return -one * (t[1] + t[2]), -(one * t[3] + xib * t[0]), -(xia * t[0] + one * t[3]), -(xia * t[1] + xib * t[2])


@compiled
def differentiate_half_space(buf, mu, rho, slowness2_p, slowness2_s):
    """Derivatives by the half-space."""
    ir, rr = 1.0 / rho, rho * rho
    for i in range(LANES):
        at = SLOPE + i
        ra = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2_p))
        rb = np.sqrt(max(1e-100, 1.0 - buf[CC + i] * slowness2_s))
        ta, tb = -0.5 * buf[CC + at] * slowness2_p / ra, -0.5 * buf[CC + at] * slowness2_s / rb
        v1, v2, v3, tv1, tv2, tv3 = shifted(buf, i, V1, mu - buf[BASE_V + i])
        m11, m12, m21 = -v3 * ir * ir, -ir * buf[V4 + i], ir * buf[V5 + i]
        tm11, tm12, tm21 = -tv3 * ir * ir, -ir * buf[V4 + at], ir * buf[V5 + at]
        by_a, by_b = (m11 * rb + m12) / (2.0 * ra), (m11 * ra + m21) / (2.0 * rb)
        buf[BY_XA + i], buf[BY_XB + i] = rr * by_a, rr * by_b
        buf[BY_XA + at] = rr * (0.5 * (tm11 * rb + m11 * tb + tm12) - by_a * ta) / ra
        buf[BY_XB + at] = rr * (0.5 * (tm11 * ra + m11 * ta + tm21) - by_b * tb) / rb
        y1, y2, y3, ty1, ty2, ty3 = shifted(buf, i, Y1, mu - buf[BASE + i])
        buf[BY_G + i], buf[BY_G + at] = 2.0 * (v1 * y2 - v2 * y1), 2.0 * (tv1 * y2 + v1 * ty2 - tv2 * y1 - v2 * ty1)
        buf[BY_RHO + i], buf[BY_RHO + at] = v3 * y1 - v1 * y3, tv3 * y1 + v3 * ty1 - tv1 * y3 - v1 * ty3
        buf[BY_H + i], buf[BY_H + at] = 0.0, 0.0
        rest = buf[V4 + i] * buf[Y5 + i] + buf[V5 + i] * buf[Y4 + i]
        buf[LEFT + i] = 2.0 * v2 * y2 - v1 * y3 - v3 * y1 + rest
