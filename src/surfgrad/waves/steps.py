"""The sublayers of a gradient's two passes: upwards with the solution below kept, downwards with the one above."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.lanes import LOG, LOG_V, TOTAL
from surfgrad.waves.layers import B, H, sublayers


@compiled
def cut_layers(table, wet, first, k_low, k_high, ww_high):
    """Layer of every sublayer, from the one above layer `first` up to layer `wet`, and that layer's number of parts."""
    parts, total = np.zeros(first, np.int64), 0
    for layer in range(wet, first):
        parts[layer] = sublayers(table[layer, H], table[layer, B], k_low**2, k_high**2, ww_high)
        total += parts[layer]
    owner = np.empty(total, np.int64)
    at = 0
    for layer in range(first - 1, wet - 1, -1):
        for _ in range(parts[layer]):
            owner[at] = layer
            at += 1
    return owner, parts


@compiled
def make_store(steps, size):
    """Room for the solution below every sublayer and below the surface: (states, scaled, logs).

    `states` (S + 1, size): what each wave keeps. `scaled` (S + 1,): how often a factor had been taken out. `logs`
    (S + 1, LANES): LOG after so many times.
    """
    return np.empty((steps + 1, size)), np.empty(steps + 1, np.int64), np.empty((steps + 1, LANES))


@inlined
def keep_log(buf, logs, times):
    """Note LOG, after a factor has been taken out so many `times`."""
    for i in range(LANES):
        logs[times, i] = buf[LOG + i]


@inlined
def add_logs(buf, logs, times):
    """TOTAL: the logarithm of the factors taken out of both solutions, out of Y so many `times`."""
    for i in range(LANES):
        buf[TOTAL + i] = logs[times, i] + buf[LOG_V + i]
