"""What the sweeps with slopes keep and scale, step by step."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.group_lanes import LEFT, SLOPE
from surfgrad.waves.lanes import BY_XA, LOG, LOG_V, Y1

STATE = 7 * LANES
"""Size of Y1 ... Y5, LOG and BASE, which are adjacent rows of the buffer."""
MINORS = 5 * LANES
ENTRY = 2 * MINORS + LANES
"""Size of an entry of a gradient: five rows, their slopes, F."""
KEPT = STATE + MINORS
"""Size of a kept state: those and the slopes of the first five."""


@compiled
def keep(buf, store, step):
    """Copy the solution below a sublayer into the store."""
    for i in range(STATE):
        store[step, i] = buf[Y1 + i]
    for i in range(MINORS):
        store[step, STATE + i] = buf[SLOPE + Y1 + i]


@compiled
def bring_back(buf, store, step):
    """Copy it back."""
    for i in range(STATE):
        buf[Y1 + i] = store[step, i]
    for i in range(MINORS):
        buf[SLOPE + Y1 + i] = store[step, STATE + i]


@compiled
def keep_gradient(buf, gradient, step):
    """Copy the derivatives by a sublayer, their slopes and F into their entry."""
    for i in range(MINORS):
        gradient[step, i] = buf[BY_XA + i]
        gradient[step, MINORS + i] = buf[SLOPE + BY_XA + i]
    for i in range(LANES):
        gradient[step, 2 * MINORS + i] = buf[LEFT + i]


@compiled
def keep_log(buf, log, step):
    """Keep the logarithm of the factors taken out of both solutions."""
    for i in range(LANES):
        log[step, i] = buf[LOG + i] + buf[LOG_V + i]


@compiled
def take_factor_out(buf, row, log):
    """Scale the five minors from `row` on, and their slopes alike; row `log` remembers."""
    for i in range(LANES):
        size = 0.0
        for at in range(row + i, row + MINORS + i, LANES):
            size += abs(buf[at])
        buf[log + i] += np.log(size)
        for at in range(row + i, row + MINORS + i, LANES):
            buf[at] /= size
            buf[SLOPE + at] /= size
