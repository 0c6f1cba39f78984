"""Slopes along the branch: every row of the lanes' buffer has beside it its derivative by ln(k).

Along a branch dc/dln(k) = U - c, so with that put into the slopes of c^2 and 2/c^2 every quantity of a gradient sweep
can be differentiated by the product rule: exactly, no differences. The slope of row X lies at SLOPE + X; that of k is
k. With x = (k h)^2 xi, z = 2 xi + xi' and S(x) of `series`,

    D' = k h S k h z/2,  (k h S)' = k h S + q z,  q = (k h)^3 dS/dx,  q' = 3 q + r z,  r = (k h)^5 d2S/dx2.
"""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.lanes import (
    CC,
    CROSS_A,
    CROSS_B,
    DA,
    DB,
    GRADIENT_SIZE,
    PLUS,
    SA,
    SB,
    TWICE,
    XA,
    XB,
    G,
    K,
    fill_derivatives,
    fill_functions,
)
from surfgrad.waves.rayleigh_stiff import DECAYS, THIN
from surfgrad.waves.series import LONG_REACH, series_long

# Products of the current sublayer's functions, of P with S: S S, C S, S C, S X, X S, C C - 1.
SS, CS, SC, SX, XS, BOTH = (GRADIENT_SIZE + LANES * row for row in range(6))
# Potentials' minors at a sublayer, four rows each: of Y below it, of Y above it, of V above it.
N, T, M = (GRADIENT_SIZE + LANES * row for row in (6, 10, 14))
# The part of F = <V, Y> there that no layer changes and the pairing of M and T lacks.
REST = GRADIENT_SIZE + LANES * 18
# F itself, as it is met at a sublayer.
LEFT = GRADIENT_SIZE + LANES * 19
SLOPE = GRADIENT_SIZE + LANES * 20
SIZE = 2 * SLOPE


@compiled
def set_branch(buf, group):
    """Set the slopes of c^2 and 2/c^2 to those along the branch; `group` (LANES,): U."""
    for i in range(LANES):
        c = np.sqrt(buf[CC + i])
        buf[SLOPE + CC + i] = 2.0 * c * (group[i] - c)
        buf[SLOPE + G + i] = -2.0 * buf[G + i] * (group[i] - c) / c


@compiled
def fill_with_slopes(buf, h, slowness2, d_row, s_row, x_row, q_row, bounds):
    """One wave's functions of a sublayer, and their slopes; `bounds`: as `group_bounds` gives them."""
    reach = h * h * max(bounds[1] ** 2, bounds[2] * slowness2)
    fill_functions(buf, h, slowness2, d_row, s_row, x_row, reach)
    fill_derivatives(buf, h, slowness2, d_row, s_row, q_row, reach)
    for i in range(LANES):
        kh = buf[K + i] * h
        xi, rise = 1.0 - buf[CC + i] * slowness2, -buf[SLOPE + CC + i] * slowness2
        x, z, s, q = kh * kh * xi, 2.0 * xi + rise, buf[s_row + i], buf[q_row + i]
        curve = kh * kh * kh * kh * kh * _series_curve(x)
        if reach > LONG_REACH and abs(x) > LONG_REACH:
            curve = 0.25 * (kh * kh * s - 6.0 * q) / xi
        slope = s + q * z
        buf[SLOPE + d_row + i] = 0.5 * kh * s * z
        buf[SLOPE + s_row + i] = slope
        buf[SLOPE + x_row + i] = rise * s + xi * slope
        buf[SLOPE + q_row + i] = 3.0 * q + curve * z


@inlined
def _series_curve(x):
    """d2S/dx2 for |x| <= LONG_REACH."""
    s = 1 / 207567360 + x * (1 / 31135104000 + x * (1 / 6351561216000 + x * (1 / 1689515283456000)))
    return 1 / 60 + x * (1 / 840 + x * (1 / 30240 + x * (1 / 1995840 + x * s)))


@compiled
def fill_products_with_slopes(buf, h, a, b, stiff):
    """PLUS ... CROSS_B of `rayleigh_stiff` and SS ... BOTH, with slopes, after the functions of P and S."""
    for i in range(LANES):
        da, sa, xa, db, sb, xb = (
            buf[DA + i], buf[SA + i], buf[XA + i], buf[DB + i], buf[SB + i], buf[XB + i],
        )  # fmt: skip
        ca, cb = 1.0 + da, 1.0 + db
        ss, cs, sc, both = sa * sb, ca * sb, sa * cb, da + db + da * db
        buf[SS + i], buf[CS + i], buf[SC + i], buf[BOTH + i] = ss, cs, sc, both
        buf[SX + i], buf[XS + i] = sa * xb, xa * sb
        buf[PLUS + i], buf[TWICE + i] = ss - both, 2.0 * both - ss - xa * xb
        buf[CROSS_A + i], buf[CROSS_B + i] = ca * xb - sc, xa * cb - cs
    for i in range(LANES):
        _products_slopes(buf, i)
    if stiff:
        for i in range(LANES):
            if 1.0 - buf[CC + i] * b > DECAYS and buf[K + i] * h <= THIN:
                _fill_decaying(buf, i, buf[K + i] * h, a, b)


@inlined
def _products_slopes(buf, i):
    ca, sa, xa, cb, sb, xb = (
        1.0 + buf[DA + i], buf[SA + i], buf[XA + i], 1.0 + buf[DB + i], buf[SB + i], buf[XB + i],
    )  # fmt: skip
    at = SLOPE + i
    da, ta, ya, db, tb, yb = buf[DA + at], buf[SA + at], buf[XA + at], buf[DB + at], buf[SB + at], buf[XB + at]
    ss, cs, sc, both = ta * sb + sa * tb, da * sb + ca * tb, ta * cb + sa * db, da * cb + ca * db
    buf[SS + at], buf[CS + at], buf[SC + at], buf[BOTH + at] = ss, cs, sc, both
    buf[SX + at], buf[XS + at] = ta * xb + sa * yb, ya * sb + xa * tb
    buf[PLUS + at], buf[TWICE + at] = ss - both, 2.0 * both - ss - (ya * xb + xa * yb)
    buf[CROSS_A + at], buf[CROSS_B + at] = da * xb + ca * yb - sc, ya * cb + xa * db - cs


@compiled
def _fill_decaying(buf, i, kh, slowness2_p, slowness2_s):
    """The right sides of `rayleigh_stiff`, and their slopes."""
    at = SLOPE + i
    a, b, ta, tb = buf[CC + i] * slowness2_p, buf[CC + i] * slowness2_s, buf[CC + at] * slowness2_p, 0.0
    tb = buf[CC + at] * slowness2_s
    root_a, root_b = np.sqrt(1.0 - a), np.sqrt(1.0 - b)
    fall_a, fall_b = -0.5 * ta / root_a, -0.5 * tb / root_b
    over = 1.0 / (1.0 + root_a * root_b)
    less = (a + b - a * b) * over
    rise = (ta + tb - ta * b - a * tb - less * (fall_a * root_b + root_a * fall_b)) * over
    apart = kh * (b - a) / (root_a + root_b)
    parts = apart + (kh * (tb - ta) - apart * (fall_a + fall_b)) / (root_a + root_b)
    d, s = series_long(apart * apart)
    s *= apart
    td, ts = s * parts, (1.0 + d) * parts
    product, grow = buf[SS + i], buf[SS + at]
    buf[PLUS + i] = product * less - d
    buf[PLUS + at] = grow * less + product * rise - td
    buf[TWICE + i] = 2.0 * d - product * less * less
    buf[TWICE + at] = 2.0 * td - less * (grow * less + 2.0 * product * rise)
    cs, sc = buf[CS + i], buf[SC + i]
    cross_a = -(s + less * root_b * cs) / root_a
    cross_b = (s - less * root_a * sc) / root_b
    buf[CROSS_A + i], buf[CROSS_B + i] = cross_a, cross_b
    by_a = ts + rise * root_b * cs + less * (fall_b * cs + root_b * buf[CS + at])
    by_b = ts - rise * root_a * sc - less * (fall_a * sc + root_a * buf[SC + at])
    buf[CROSS_A + at] = -(by_a + cross_a * fall_a) / root_a
    buf[CROSS_B + at] = (by_b - cross_b * fall_b) / root_b
