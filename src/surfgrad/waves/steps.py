"""The sublayers of a gradient's two passes: upwards with the solution below kept, downwards with the one above."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.lanes import BY_XA, LOG, LOG_V, Y1
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


@compiled
def keep(buf, store, step):
    """Copy the solution below a sublayer into the store."""
    for i in range(STATE):
        store[step, i] = buf[Y1 + i]


@compiled
def bring_back(buf, store, step):
    """Copy it back."""
    for i in range(STATE):
        buf[Y1 + i] = store[step, i]


@compiled
def keep_gradient(buf, gradient, step):
    """Copy the derivatives by a sublayer into their entry."""
    for i in range(5 * LANES):
        gradient[step, i] = buf[BY_XA + i]


@compiled
def keep_log(buf, log, step):
    """Keep the logarithm of the factors taken out of both solutions."""
    for i in range(LANES):
        log[step, i] = buf[LOG + i] + buf[LOG_V + i]
