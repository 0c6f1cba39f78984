"""SH secular function and mode count in one upward sweep of displacement and stress.

State: Y1 = u, Y2 = s_yz/k, with u'' = xi u and s = mu u' (primes: d/dz over k; Aki & Richards 2002, eq. 7.24). The
stress at the free surface, over the state's size, is the secular function. With a layer below pi of vertical phase,
the stiffness at an interface is negative exactly where u changes sign across the layer above (Wittrick & Williams
1971).
"""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.lanes import CC, COUNT, DB, LOG, SB, XB, Y1, Y2, F, fill_functions, group_bounds
from surfgrad.waves.layers import MU, B, H, sublayers
from surfgrad.waves.rayleigh import GROWTH


@compiled
def love_sweep(table, start, buf):
    """Secular function F and mode count of every lane; `start` (LANES,): each lane's half-space layer."""
    k_low, k_high, ww_high = group_bounds(buf)
    shallowest, first = start.min(), start.max()
    start_below(table, start, buf, first, True)
    growth = 0.0
    for layer in range(first - 1, -1, -1):
        b, mu = table[layer, B], table[layer, MU]
        parts = sublayers(table[layer, H], b, k_low**2, k_high**2, ww_high)
        h = table[layer, H] / parts
        fill_functions(buf, h, b, DB, SB, XB, h * h * max(k_high**2, ww_high * b))
        for _ in range(parts):
            climb(buf, mu)
            growth += k_high * h + 1.0
            if growth > GROWTH:
                take_factor_out(buf)
                growth = 0.0
        if layer >= shallowest:
            start_below(table, start, buf, layer, False)
    for i in range(LANES):
        buf[F + i] = buf[Y2 + i] / (abs(buf[Y2 + i]) + table[0, MU] * abs(buf[Y1 + i]))
        buf[COUNT + i] += 1.0 if buf[Y2 + i] * buf[Y1 + i] > 0.0 else 0.0


@compiled
def start_below(table, start, buf, layer, everyone):
    for i in range(LANES):
        if everyone or start[i] == layer:
            buf[Y1 + i] = 1.0
            buf[Y2 + i] = -table[layer, MU] * np.sqrt(max(0.0, 1.0 - buf[CC + i] * table[layer, B]))
            buf[LOG + i] = 0.0
            buf[COUNT + i] = 0.0


@compiled
def climb(buf, mu):
    im = 1.0 / mu
    for i in range(LANES):
        u, s, c = buf[Y1 + i], buf[Y2 + i], 1.0 + buf[DB + i]
        top = c * u - im * buf[SB + i] * s
        buf[COUNT + i] += 1.0 if top * u < 0.0 else 0.0
        buf[Y1 + i] = top
        buf[Y2 + i] = c * s - mu * buf[XB + i] * u


@compiled
def take_factor_out(buf):
    for i in range(LANES):
        size = abs(buf[Y1 + i]) + abs(buf[Y2 + i])
        buf[LOG + i] += np.log(size)
        buf[Y1 + i] /= size
        buf[Y2 + i] /= size
