"""The flat buffer of lane variables: row `X` of lane `i` lives at `X * LANES + i`.

One buffer with constant offsets, because with several arrays the compiler can't exclude aliasing and stops vectorising.
"""

from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.layers import doublings
from surfgrad.waves.series import SHORT_REACH, series_long, series_short

# What the caller sets: wavenumber k (1/km), c^2 (km2/s2), 2/c^2.
K, CC, G = 0, LANES, 2 * LANES
# D = C - 1, k h S and xi k h S of the current layer, for P and for S waves; xi = 1 - c^2/v^2.
DA, SA, XA, DB, SB, XB = (LANES * row for row in range(3, 9))
# The solution below the current interface (its meaning is each wave's own), and the number of modes counted so far.
Y1, Y2, Y3, Y4, Y5, COUNT = (LANES * row for row in range(9, 15))
# What a sweep returns: the secular function.
F = LANES * 15
SIZE = LANES * 16


@inlined
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


@compiled
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
