"""The flat buffer of lane variables: row `X` of lane `i` lives at `X * LANES + i`.

One buffer with constant offsets, because with several arrays the compiler can't exclude aliasing and stops vectorising.
"""

from surfgrad.waves.compiled import LANES, lean
from surfgrad.waves.layers import doublings
from surfgrad.waves.series import LONG_REACH, SHORT_REACH, series_long, series_short, series_slope

# What the caller sets: wavenumber k (1/km), c^2 (km2/s2), 2/c^2.
K, CC, G = 0, LANES, 2 * LANES
# D = C - 1, k h S and xi k h S of the current layer, for P and for S waves; xi = 1 - c^2/v^2.
DA, SA, XA, DB, SB, XB = (LANES * row for row in range(3, 9))
# The solution below the current interface (its meaning is each wave's own), the logarithm of the factor taken out
# of it, for Rayleigh waves the rigidity in whose basis it is kept and k times the thickness climbed in that basis, and
# the number of modes counted so far.
Y1, Y2, Y3, Y4, Y5, LOG, BASE, CLIMBED, COUNT = (LANES * row for row in range(9, 18))
# The water column's state at the sea floor, the logarithm of its factor, and its own modes.
W1, W2, LOG_W, WET_COUNT = (LANES * row for row in range(18, 22))
# What a sweep returns: the secular function.
F = LANES * 22
# Products of the current layer's functions: see `rayleigh_stiff`.
PLUS, TWICE, CROSS_A, CROSS_B = (LANES * row for row in range(23, 27))
SIZE = LANES * 27

# More rows for gradients: derivatives of k h S with respect to xi, the solution above the current interface and its
# logarithm, basis and thickness, the adjoint of the water column's state, and the secular function's derivatives with
# respect to one sublayer's xi_a, xi_b, g or ln(mu), ln(rho), k h.
QA, QB = LANES * 27, LANES * 28
V1, V2, V3, V4, V5, LOG_V, BASE_V, CLIMBED_V = (LANES * row for row in range(29, 37))
X1, X2 = LANES * 37, LANES * 38
BY_XA, BY_XB, BY_G, BY_RHO, BY_H = (LANES * row for row in range(39, 44))
# What the chain rule (see `chain`) needs: the logarithm of the factor that these derivatives lack, the greatest so
# far, exp of what the one is below the other, times k, c^2, 2/c^2; the current layer's derivatives with respect to
# thickness, vp, vs, rho; sums over the layers; the derivative with respect to c.
TOTAL, REFERENCE, WEIGHT, WEIGHT_K, WEIGHT_CC, WEIGHT_G = (LANES * row for row in range(44, 50))
RESULT = LANES * 50
BY_XI, BY_LOG_MU, STRETCH, BY_C = (LANES * row for row in range(54, 58))
GRADIENT_SIZE = LANES * 58


@lean
def group_bounds(buf):
    """Least k, greatest k and greatest w^2 of the lanes."""
    k_low, k_high, ww_high = buf[K], buf[K], 0.0
    for i in range(LANES):
        k_low = min(k_low, buf[K + i])
        k_high = max(k_high, buf[K + i])
        ww_high = max(ww_high, buf[K + i] ** 2 * buf[CC + i])
    return k_low, k_high, ww_high


@lean
def extremes(start):
    """Least and greatest of the lanes' first layers."""
    least, greatest = start[0], start[0]
    for i in range(LANES):
        least, greatest = min(least, start[i]), max(greatest, start[i])
    return least, greatest


@lean
def fill_functions(buf, h, slowness2, d_row, s_row, x_row, reach):
    """D, k h S and xi k h S for every lane; `reach` bounds |x|."""
    if reach <= SHORT_REACH:
        for i in range(LANES):
            kh = buf[K + i] * h
            xi = 1.0 - buf[CC + i] * slowness2
            d, s = series_short(kh * kh * xi)
            buf[d_row + i] = d
            buf[s_row + i] = kh * s
            buf[x_row + i] = kh * s * xi
    else:
        _fill_long(buf, h, slowness2, d_row, s_row, x_row, doublings(reach))


@lean
def fill_derivatives(buf, h, slowness2, d_row, s_row, q_row, reach):
    """Derivative of k h S with respect to xi, (k h)^3 dS/dx, for every lane, after `fill_functions`."""
    for i in range(LANES):
        kh = buf[K + i] * h
        x = kh * kh * (1.0 - buf[CC + i] * slowness2)
        slope = series_slope(x)
        if reach > LONG_REACH and abs(x) > LONG_REACH:
            slope = (1.0 + buf[d_row + i] - buf[s_row + i] / kh) / (2.0 * x)
        buf[q_row + i] = kh * kh * kh * slope


@lean
def _fill_long(buf, h, slowness2, d_row, s_row, x_row, count):
    quarter = 0.25**count
    for i in range(LANES):
        kh = buf[K + i] * h
        d, s = series_long(kh * kh * (1.0 - buf[CC + i] * slowness2) * quarter)
        buf[d_row + i] = d
        buf[s_row + i] = kh * s
    for _ in range(count):
        for i in range(LANES):
            d = buf[d_row + i]
            buf[s_row + i] *= 1.0 + d
            buf[d_row + i] = 2.0 * d * (2.0 + d)
    for i in range(LANES):
        buf[x_row + i] = buf[s_row + i] * (1.0 - buf[CC + i] * slowness2)
