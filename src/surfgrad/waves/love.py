"""SH secular function and mode count in one upward sweep of displacement and stress.

State: Y1 = u, Y2 = s_yz/k, with u'' = xi u and s = mu u' (primes: d/dz over k; Aki & Richards 2002, eq. 7.24). The
stress at the free surface, over the state's size, is the secular function. With a layer below pi of vertical phase,
the stiffness at an interface is negative exactly where u changes sign across the layer above (Wittrick & Williams
1971).
"""

import numpy as np

from surfgrad.waves.compiled import LANES, inlined, lean
from surfgrad.waves.lanes import CC, COUNT, DB, LOG, SB, XB, Y1, Y2, F, K, extremes, fill_functions, group_bounds
from surfgrad.waves.layers import MU, B, H, decay_rate, sublayers
from surfgrad.waves.rayleigh import GROWTH
from surfgrad.waves.series import LONG_REACH, SHORT_REACH, series_far, series_long, series_short
from surfgrad.waves.water import water_layers


@lean
def love_sweep(table, start, buf):
    """Secular function F and mode count of every lane; `start` (LANES,): each lane's half-space layer."""
    k_low, k_high, ww_high = group_bounds(buf)
    wet = water_layers(table)
    shallowest, first = extremes(start)
    start_all(table, buf, first)
    growth = 0.0
    for layer in range(first - 1, wet - 1, -1):
        b, mu = table[layer, B], table[layer, MU]
        parts = sublayers(table[layer, H], b, k_low**2, k_high**2, ww_high)
        h = table[layer, H] / parts
        reach = h * h * max(k_high**2, ww_high * b)
        if parts == 1 and reach <= 4.0 * LONG_REACH:
            climb_whole(buf, mu, h, b, reach)
        else:
            fill_functions(buf, h, b, DB, SB, XB, reach)
            for _ in range(parts - 1):
                climb(buf, mu)
                growth = _tame(buf, growth + k_high * h + 1.0)
            climb(buf, mu)
        growth = _tame(buf, growth + k_high * h + 1.0)
        if layer >= shallowest:
            _start_some(table, start, buf, layer)
    for i in range(LANES):
        # Over a size that has no kink at a root, for searches interpolate F; scaled first, lest a square overflows.
        stress, rigid = buf[Y2 + i], table[wet, MU] * buf[Y1 + i]
        scale = 1.0 / (abs(stress) + abs(rigid))
        buf[F + i] = stress * scale / np.sqrt((stress * scale) ** 2 + (rigid * scale) ** 2)
        buf[COUNT + i] += 1.0 if buf[Y2 + i] * buf[Y1 + i] > 0.0 else 0.0


@lean
def start_all(table, buf, layer):
    """Set every lane to the solution that decays downwards, at the top of `layer`."""
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
    buf[Y1 + i] = 1.0
    buf[Y2 + i] = -table[layer, MU] * decay_rate(buf[CC + i], table[layer, B])
    buf[LOG + i] = 0.0
    buf[COUNT + i] = 0.0


@lean
def climb_whole(buf, mu, h, b, reach):
    """`climb` through a layer that is one sublayer, whose functions are computed on the way; `reach`: |x|'s bound."""
    if reach <= SHORT_REACH:
        _climb_thin(buf, mu, h, b)
    elif reach <= LONG_REACH:
        _climb_medium(buf, mu, h, b)
    else:
        _climb_far(buf, mu, h, b)


@lean
def climb(buf, mu):
    """Take the state from below to above one sublayer, with the functions that `fill_functions` left."""
    im = 1.0 / mu
    for i in range(LANES):
        _climb_lane(buf, i, mu, im, 1.0 + buf[DB + i], buf[SB + i], buf[XB + i])


@lean
def _climb_thin(buf, mu, h, slowness2):
    """`climb` with the functions computed on the way, |x| <= SHORT_REACH."""
    im = 1.0 / mu
    for i in range(LANES):
        kh = buf[K + i] * h
        xi = 1.0 - buf[CC + i] * slowness2
        d, s = series_short(kh * kh * xi)
        _climb_lane(buf, i, mu, im, 1.0 + d, kh * s, kh * s * xi)


@lean
def _climb_medium(buf, mu, h, slowness2):
    """`climb` with the functions computed on the way, |x| <= LONG_REACH."""
    im = 1.0 / mu
    for i in range(LANES):
        kh = buf[K + i] * h
        xi = 1.0 - buf[CC + i] * slowness2
        d, s = series_long(kh * kh * xi)
        _climb_lane(buf, i, mu, im, 1.0 + d, kh * s, kh * s * xi)


@lean
def _climb_far(buf, mu, h, slowness2):
    """`climb` with the functions computed on the way, |x| <= 4 LONG_REACH."""
    im = 1.0 / mu
    for i in range(LANES):
        kh = buf[K + i] * h
        xi = 1.0 - buf[CC + i] * slowness2
        d, s = series_far(kh * kh * xi)
        _climb_lane(buf, i, mu, im, 1.0 + d, kh * s, kh * s * xi)


@inlined
def _climb_lane(buf, i, mu, im, c, s, x):
    u, stress = buf[Y1 + i], buf[Y2 + i]
    top = c * u - im * s * stress
    buf[COUNT + i] += 1.0 if top * u < 0.0 else 0.0
    buf[Y1 + i] = top
    buf[Y2 + i] = c * stress - mu * x * u


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
        size = abs(buf[Y1 + i]) + abs(buf[Y2 + i])
        buf[LOG + i] += np.log(size)
        buf[Y1 + i] /= size
        buf[Y2 + i] /= size
