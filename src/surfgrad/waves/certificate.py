"""The certificate: at the root's own wavenumber the mode count passes from m to m + 1 as the frequency passes
through it.

Wittrick & Williams (1971, QJMAM 24): n(w (1 - d), k) = m and n(w (1 + d), k) = m + 1 puts the root on branch m
whatever its group velocity.

Most roots need no such probes: where the search has met exactly m modes below a velocity at least ALONE below the root,
and exactly m + 1 below one that far above, the branch is alone between them, and no other comes near at the root's own
wavenumber either (their distance in frequency there is U/c times that in velocity).
"""

import numpy as np

from surfgrad.waves.compiled import compiled, inlined, lean
from surfgrad.waves.point import EPS, HI, LO, alone_above, alone_below
from surfgrad.waves.sweep import count_at

OK, CLOSE_MODES, NOT_CONVERGED = 0, 2, 4
DISTANCE = 1e-6
"""The certificate's relative distance d."""
NARROW = 5e-3
"""Relative width of the last bracket within which backward waves are not looked for: their folds are far wider."""


@inlined
def certify(wave, table, omega, mode, pending, rows, floor, top, velocity, status):
    """Set the status of the velocities at `pending`, and keep there those that can't be certified (now NaN).

    Returns these indices.
    """
    size = _unproven(pending, rows, velocity, status)
    distance = DISTANCE
    while size > 0 and distance > EPS:
        size = _probe(wave, table, omega, mode, pending, size, top, velocity, status, distance)
        distance *= 0.01
    left = 0
    for j in pending[:size]:
        # Modes that rounding does not separate: the counts on both sides of the bracket still hold the branch
        # between them.
        if rows[j, LO] > floor and rows[j, HI] - rows[j, LO] <= 64.0 * EPS * velocity[j]:
            status[j] = CLOSE_MODES
        else:
            velocity[j] = np.nan
            status[j] = NOT_CONVERGED
            pending[left] = j
            left += 1
    return pending[:left]


@lean
def _unproven(pending, rows, velocity, status):
    """Set the status of roots that their own searches prove; keep the others in `pending`, return their number."""
    left = 0
    for j in pending:
        if proven(rows[j], velocity[j]):
            status[j] = OK
        elif not np.isnan(velocity[j]):
            pending[left] = j
            left += 1
    return left


@inlined
def proven(row, c):
    """Whether the search's own evaluations prove the branch of its root `c`."""
    return row[HI] - row[LO] <= NARROW * c and alone_below(row, c) and alone_above(row, c)


@compiled
def _probe(wave, table, omega, mode, pending, size, top, velocity, status, distance):
    """Probe the first `size` pending roots at one distance; keep those that fail in `pending`, return their number."""
    k, c = np.empty(2 * size), np.empty(2 * size)
    for i in range(size):
        v = velocity[pending[i]]
        for side in range(2):
            at = 2 * i + side
            k[at] = omega[pending[i]] / v
            c[at] = v * (1.0 - distance) if side == 0 else min(v * (1.0 + distance), top)
    count = count_at(wave, table, k, c)
    left = 0
    for i in range(size):
        if count[2 * i] == mode and count[2 * i + 1] == mode + 1:
            status[pending[i]] = OK if distance == DISTANCE else CLOSE_MODES
        else:
            pending[left] = pending[i]
            left += 1
    return left
