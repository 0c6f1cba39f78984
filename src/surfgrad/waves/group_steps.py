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
KEPT = STATE + MINORS + LANES
"""Size of a kept state: those and the slopes of the first six."""


@compiled
def keep(buf, store, step):
    """Copy the solution below a sublayer into the store."""
    for i in range(STATE):
        store[step, i] = buf[Y1 + i]
    for i in range(MINORS + LANES):
        store[step, STATE + i] = buf[SLOPE + Y1 + i]


@compiled
def bring_back(buf, store, step):
    """Copy it back."""
    for i in range(STATE):
        buf[Y1 + i] = store[step, i]
    for i in range(MINORS + LANES):
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
    """Keep the logarithm of the factors taken out of both solutions, and its slope."""
    for i in range(LANES):
        log[step, i] = buf[LOG + i] + buf[LOG_V + i]
        log[step, LANES + i] = buf[SLOPE + LOG + i] + buf[SLOPE + LOG_V + i]


@compiled
def take_factor_out(buf, row, log):
    """Divide the five minors from `row` on by their size; row `log` remembers.

    The size has a slope too. Left in the minors' slopes, thick lids would make it k times their thickness, and every
    kernel a difference of numbers so many times its own size.
    """
    for i in range(LANES):
        size, rise = 0.0, 0.0
        for at in range(row + i, row + MINORS + i, LANES):
            size += abs(buf[at])
            rise += np.sign(buf[at]) * buf[SLOPE + at]
        rise /= size
        buf[log + i] += np.log(size)
        buf[SLOPE + log + i] += rise
        for at in range(row + i, row + MINORS + i, LANES):
            buf[SLOPE + at] = (buf[SLOPE + at] - rise * buf[at]) / size
            buf[at] /= size
