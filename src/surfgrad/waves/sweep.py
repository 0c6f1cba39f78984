"""Evaluating the secular function and the mode count at many (w, k) of one model, lane group by lane group."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.lanes import CC, COUNT, SIZE, F, G, K
from surfgrad.waves.layers import start_layer
from surfgrad.waves.love import love_sweep
from surfgrad.waves.rayleigh import rayleigh_sweep

RAYLEIGH, LOVE = 0, 1


@inlined
def evaluate(wave, table, k, c, start, f, count):
    """Fill `f` (secular function) and `count` (modes below) at every (k, c), with `start` each sweep's first layer."""
    size = k.shape[0]
    buf, lane_start = np.empty(SIZE), np.empty(LANES, np.int64)
    for begin in range(0, size, LANES):
        for i in range(LANES):
            j = min(begin + i, size - 1)
            set_lane(buf, lane_start, i, k[j], c[j], start[j])
        sweep(wave, table, lane_start, buf)
        for i in range(min(LANES, size - begin)):
            f[begin + i] = buf[F + i]
            count[begin + i] = int(buf[COUNT + i])


@inlined
def set_lane(buf, lane_start, i, k, c, start):
    """Ask lane i for (k, c), from layer `start` up."""
    buf[K + i] = k
    buf[CC + i] = c * c
    buf[G + i] = 2.0 / (c * c)
    lane_start[i] = start


@inlined
def sweep(wave, table, lane_start, buf):
    """One sweep of all lanes: rows F and COUNT of `buf`."""
    if wave == RAYLEIGH:
        rayleigh_sweep(table, lane_start, buf)
    else:
        love_sweep(table, lane_start, buf)


@compiled
def count_at(wave, table, k, c):
    """Mode counts at (k, c)."""
    count, start, f = np.empty(k.shape[0], np.int64), np.empty(k.shape[0], np.int64), np.empty(k.shape[0])
    for i in range(k.shape[0]):
        start[i] = start_layer(table, k[i], c[i])
    evaluate(wave, table, k, c, start, f, count)
    return count
