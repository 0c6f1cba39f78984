"""The sublayers of a gradient's two passes: upwards with the solution below kept, downwards with the one above."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled, lean
from surfgrad.waves.lanes import LOG, LOG_V, TOTAL, Y1
from surfgrad.waves.layers import B, H, sublayers

STATE = 7 * LANES
"""Size of a kept state: Y1 ... Y5, LOG and BASE are adjacent rows of the buffer."""


@compiled
def cut_layers(table, wet, first, k_low, k_high, ww_high):
    """Layer of every sublayer, from the one above layer `first` up to layer `wet`, and that layer's number of parts."""
    parts = np.zeros(first, np.int64)
    for layer in range(wet, first):
        parts[layer] = sublayers(table[layer, H], table[layer, B], k_low**2, k_high**2, ww_high)
    owner = np.empty(parts.sum(), np.int64)
    at = 0
    for layer in range(first - 1, wet - 1, -1):
        owner[at : at + parts[layer]] = layer
        at += parts[layer]
    return owner, parts


# Loops rather than slices: a slice's view and checks cost more than the copy.


@lean
def keep(buf, store, step):
    """Copy the solution below a sublayer into the store."""
    for i in range(STATE):
        store[step, i] = buf[Y1 + i]


@lean
def bring_back(buf, store, step):
    """Copy it back; return whether its logarithm is another one than that above."""
    changes = 0
    for i in range(LANES):
        changes |= store[step, LOG - Y1 + i] != buf[LOG + i]
    for i in range(STATE):
        buf[Y1 + i] = store[step, i]
    return changes != 0


@lean
def add_logs(buf):
    """TOTAL: the logarithm of the factors taken out of both solutions."""
    for i in range(LANES):
        buf[TOTAL + i] = buf[LOG + i] + buf[LOG_V + i]
