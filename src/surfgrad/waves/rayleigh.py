r"""P-SV secular function and mode count in one upward sweep of second-order minors.

Displacement-stress vector r = (u_x, u_z, s_xz, s_zz) of Aki & Richards (2002, eq. 7.28), with displacements times k
and stresses times k/w^2, and potentials p = (phi, phi', psi, psi') (primes: d/dz over k):

    (u_x, s_zz) = E (phi, psi'),  (u_z, s_xz) = -E (psi, phi'),  E = [[1, 1], [rho - g, -g]],

g = 2 rho vs^2/c^2. Second-order minors of two independent solutions (Dunkin 1965; Watson 1970) are then five numbers:
the symmetric matrix R = [[u_x u_z, u_x s_xz], [., s_zz s_xz]], and u_x s_zz, u_z s_xz. R transforms as the quadratic
polynomial R11 g^2 + 2 R12 g + R22 does: crossing an interface is a Taylor shift by the jump of g (the "fast delta
matrix" of Buchen & Ben-Hador 1996 in another guise). Inside a layer P and S act on the two sides of the 2 x 2 matrix
N = {phi, phi'} x {psi, psi'}. The state is kept as

    Y1 = R11, Y2 = g R11 + R12, Y3 = g^2 R11 + 2 g R12 + R22, Y4 = u_x s_zz, Y5 = u_z s_xz.

The count is Wittrick & Williams's (1971), read off the minors: with U the displacements of the solution below and
K22 the stiffness of the layer above, det(K22 + Z) = R11(top) / (R11(bottom) det P12), where det P12 > 0 if no
clamped layer resonates.
"""

import numpy as np

from surfgrad.waves.compiled import HALF, LANES, inlined, lean
from surfgrad.waves.lanes import (
    BASE,
    CC,
    CLIMBED,
    COUNT,
    DA,
    DB,
    LOG,
    SA,
    SB,
    W1,
    W2,
    WET_COUNT,
    XA,
    XB,
    Y1,
    Y2,
    Y3,
    Y4,
    Y5,
    F,
    G,
    K,
    extremes,
    fill_functions,
    group_bounds,
)
from surfgrad.waves.layers import MU, RHO, A, B, H, decay_rate, sublayers
from surfgrad.waves.rayleigh_stiff import climb_stiff, fill_products, set_basis, stiffens
from surfgrad.waves.series import LONG_REACH, SHORT_REACH, series_far, series_long, series_short
from surfgrad.waves.water import water_column, water_layers

GROWTH = 300.0
"""Exponent that may build up before a factor is taken out."""


@lean
def rayleigh_sweep(table, start, buf):
    """Secular function F and mode count of every lane; `start` (LANES,): each lane's half-space layer."""
    bounds = group_bounds(buf)
    k_low, k_high, ww_high = bounds
    wet = water_layers(table)
    shallowest, first = extremes(start)
    start_all(table, buf, first)
    growth, settled = 0.0, True
    for layer in range(first - 1, wet - 1, -1):
        a, b, rho = table[layer, A], table[layer, B], table[layer, RHO]
        parts = sublayers(table[layer, H], b, k_low**2, k_high**2, ww_high)
        h = table[layer, H] / parts
        jump = table[layer, MU] - table[layer + 1, MU]
        reach = h * h * max(k_high**2, ww_high * b)
        if not settled or stiffens(table, layer, k_low):
            fill_layer(table, layer, h, buf, k_high, ww_high)
            fill_products(buf, h, a, b, True)
            if settled:
                set_basis(buf, table[layer + 1, MU])
            for part in range(parts):
                settled = climb_stiff(buf, table[layer, MU], table[layer, RHO], h, parts - part)
                growth = _tame(buf, growth + 2.0 * k_high * h + 1.0)
        elif parts == 1 and reach <= 4.0 * LONG_REACH:
            climb_whole(buf, jump, rho, h, a, b, reach)
        else:
            fill_layer(table, layer, h, buf, k_high, ww_high)
            for _ in range(parts - 1):
                climb(buf, jump, rho)
                jump = 0.0
                growth = _tame(buf, growth + 2.0 * k_high * h + 1.0)
            climb(buf, jump, rho)
        growth = _tame(buf, growth + 2.0 * k_high * h + 1.0)
        if layer >= shallowest:
            _start_some(table, start, buf, layer)
    if settled:
        set_basis(buf, table[wet, MU])
    water_column(table, wet, buf, bounds)
    _close(buf, table[wet, RHO])


@lean
def start_all(table, buf, layer):
    """Set every lane to the two solutions that decay downwards, at the top of `layer`."""
    for i in range(LANES):
        _start_lane(table, buf, layer, i)


@lean
def _start_some(table, start, buf, layer):
    """The same for the lanes that start here."""
    for i in range(LANES):
        if start[i] == layer:
            _start_lane(table, buf, layer, i)


@inlined
def _start_lane(table, buf, layer, i):
    rho = table[layer, RHO]
    ra, rb = decay_rate(buf[CC + i], table[layer, A]), decay_rate(buf[CC + i], table[layer, B])
    buf[Y1 + i] = ra * rb - 1.0
    buf[Y2 + i] = -rho
    buf[Y3 + i] = -rho * rho
    buf[Y4 + i] = rho * rb
    buf[Y5 + i] = -rho * ra
    buf[LOG + i] = 0.0
    buf[BASE + i] = table[layer, MU]
    buf[CLIMBED + i] = 0.0
    buf[COUNT + i] = 0.0


@lean
def fill_layer(table, layer, h, buf, k_high, ww_high):
    kk, hh = k_high**2, h * h
    fill_functions(buf, h, table[layer, A], DA, SA, XA, hh * max(kk, ww_high * table[layer, A]))
    fill_functions(buf, h, table[layer, B], DB, SB, XB, hh * max(kk, ww_high * table[layer, B]))


@lean
def climb_whole(buf, jump, rho, h, a, b, reach):
    """`climb` through a layer that is one sublayer, whose functions are computed on the way; `reach`: |x|'s bound."""
    if reach <= SHORT_REACH:
        _climb_thin(buf, jump, rho, h, a, b)
    elif reach <= LONG_REACH:
        _climb_medium(buf, jump, rho, h, a, b)
    else:
        _climb_far(buf, jump, rho, h, a, b)


@lean
def climb(buf, jump, rho):
    """Take the state from below to above one sublayer, with the functions that `fill_layer` left.

    `jump`: the sublayer's rigidity less that of the one below.
    """
    ir = 1.0 / rho
    for i in range(LANES):
        _climb_lane(buf, i, jump, rho, ir, buf[DA + i], buf[SA + i], buf[XA + i], buf[DB + i], buf[SB + i], buf[XB + i])


@lean
def _climb_thin(buf, jump, rho, h, a, b):
    """`climb` with the functions computed on the way, |x| <= SHORT_REACH."""
    ir = 1.0 / rho
    for i in range(LANES):
        kh = buf[K + i] * h
        xia, xib = 1.0 - buf[CC + i] * a, 1.0 - buf[CC + i] * b
        da, sa = series_short(kh * kh * xia)
        db, sb = series_short(kh * kh * xib)
        _climb_lane(buf, i, jump, rho, ir, da, kh * sa, kh * sa * xia, db, kh * sb, kh * sb * xib)


@lean
def _climb_medium(buf, jump, rho, h, a, b):
    """`climb` with the functions computed on the way, |x| <= LONG_REACH."""
    ir = 1.0 / rho
    # Two lanes at a time, as the series is a long chain: while one waits for its last result the other goes on.
    for i in range(HALF):
        _climb_medium_lane(buf, i, jump, rho, ir, h, a, b)
        _climb_medium_lane(buf, i + HALF, jump, rho, ir, h, a, b)


@inlined
def _climb_medium_lane(buf, i, jump, rho, ir, h, a, b):
    kh = buf[K + i] * h
    xia, xib = 1.0 - buf[CC + i] * a, 1.0 - buf[CC + i] * b
    da, sa = series_long(kh * kh * xia)
    db, sb = series_long(kh * kh * xib)
    _climb_lane(buf, i, jump, rho, ir, da, kh * sa, kh * sa * xia, db, kh * sb, kh * sb * xib)


@lean
def _climb_far(buf, jump, rho, h, a, b):
    """`climb` with the functions computed on the way, |x| <= 4 LONG_REACH."""
    ir = 1.0 / rho
    for i in range(HALF):
        _climb_far_lane(buf, i, jump, rho, ir, h, a, b)
        _climb_far_lane(buf, i + HALF, jump, rho, ir, h, a, b)


@inlined
def _climb_far_lane(buf, i, jump, rho, ir, h, a, b):
    kh = buf[K + i] * h
    xia, xib = 1.0 - buf[CC + i] * a, 1.0 - buf[CC + i] * b
    da, sa = series_far(kh * kh * xia)
    db, sb = series_far(kh * kh * xib)
    _climb_lane(buf, i, jump, rho, ir, da, kh * sa, kh * sa * xia, db, kh * sb, kh * sb * xib)


@inlined
def _climb_lane(buf, i, jump, rho, ir, da, sa, xa, db, sb, xb):
    r = buf[Y1 + i]
    delta = jump * buf[G + i]
    t = buf[Y2 + i] + delta * r
    e = (buf[Y3 + i] + delta * (buf[Y2 + i] + t)) * ir * ir
    t = t * ir
    n11, n12, n21, n22, s = -e, -ir * buf[Y4 + i], ir * buf[Y5 + i], r - 2.0 * t + e, e - t
    ca, cb = 1.0 + da, 1.0 + db
    p11, p12, p21, p22 = ca * n11 - sa * n21, ca * n12 - sa * n22, ca * n21 - xa * n11, ca * n22 - xa * n12
    det_p12 = sa * sb + xa * xb - 2.0 * (da + db + da * db)
    trace = n21 * det_p12 - (xa * cb - ca * sb) * r
    n11, n12, n21, n22 = cb * p11 - sb * p12, cb * p12 - xb * p11, cb * p21 - sb * p22, cb * p22 - xb * p21
    top = n22 - n11 - 2.0 * s
    buf[COUNT + i] += 1.0 if top * r < 0.0 else (2.0 if trace * r < 0.0 else 0.0)
    buf[Y1 + i] = top
    buf[Y2 + i] = -rho * (n11 + s)
    buf[Y3 + i] = -rho * rho * n11
    buf[Y4 + i] = -rho * n12
    buf[Y5 + i] = rho * n21


@lean
def _tame(buf, growth):
    """Take a factor out when the exponent that may have built up is large; return what may be left."""
    if growth <= GROWTH:
        return growth
    take_factor_out(buf)
    return 0.0


@lean
def take_factor_out(buf):
    for i in range(LANES):
        size = abs(buf[Y1 + i]) + abs(buf[Y2 + i]) + abs(buf[Y3 + i]) + abs(buf[Y4 + i]) + abs(buf[Y5 + i])
        factor = 1.0 / size
        buf[LOG + i] += np.log(size)
        buf[Y1 + i] *= factor
        buf[Y2 + i] *= factor
        buf[Y3 + i] *= factor
        buf[Y4 + i] *= factor
        buf[Y5 + i] *= factor


@lean
def _close(buf, rho):
    """The free surface or the sea floor: F over the state's size, and the stiffness there added to the count.

    Over the size, F neither grows exponentially with c nor depends on the layer where the sweep began. The size is a
    root of squares, as searches interpolate F through a root, where a sum of absolute values has a kink.
    """
    for i in range(LANES):
        r, t, e, g = buf[Y1 + i], buf[Y2 + i], buf[Y3 + i], buf[BASE + i] * buf[G + i]
        # The Taylor shift back to g = 0.
        dry = e - g * (2.0 * t - g * r)
        f = buf[W1 + i] * dry - buf[W2 + i] * buf[Y5 + i]
        # Scaled first, lest a square overflows.
        scale = 1.0 / (abs(dry) + abs(t - g * r) + abs(buf[Y4 + i]) + abs(buf[Y5 + i]) + abs(r))
        size = _square(dry * scale) + rho * rho * (
            _square((t - g * r) * scale)
            + _square(buf[Y4 + i] * scale)
            + _square(buf[Y5 + i] * scale)
            + _square(rho * r * scale)
        )
        water = np.sqrt(_square(buf[W1 + i]) + _square(buf[W2 + i] / rho))
        buf[F + i] = f * scale / (np.sqrt(size) * water)
        own = 1.0 if f * r * buf[W1 + i] > 0.0 else (2.0 if buf[Y5 + i] * r < 0.0 else 0.0)
        buf[COUNT + i] += own + buf[WET_COUNT + i]


@inlined
def _square(x):
    return x * x
