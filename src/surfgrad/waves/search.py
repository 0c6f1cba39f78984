"""Many searches at once: every sweep carries the next velocities of as many searches as it has lanes.

Velocities wait in one queue, and one sweep at a time takes the oldest, so that lanes stay full: a search whose
neighbours are solved begins as soon as lanes are free, while the last of them still go on.
"""

import numpy as np

from surfgrad.waves.certificate import certify
from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.lanes import COUNT, SIZE, F, K
from surfgrad.waves.layers import start_layer
from surfgrad.waves.point import N_HI, ROOT, SPENT, UNKNOWN, advance, bisect_more, learn
from surfgrad.waves.predict import begin_between
from surfgrad.waves.sweep import set_lane, sweep

NO_MODE, NOT_CONVERGED = 1, 4
MOST = 400
"""Evaluations of one search after which it is given up; bisection to rounding takes about 60."""
AHEAD = 64
"""How many of the waiting are looked at for one that can begin."""


@compiled
def solve_set(wave, table, omega, mode, chosen, rows, guess, nodes, floor, top, velocity, status):
    """Finish the searches at the indices `chosen`, and certify what they find.

    `nodes` (T, NODES): indices between whose roots a search begins; -1: it has begun already.
    """
    doubtful = chosen
    for attempt in range(2):
        if attempt > 0:
            for j in doubtful:
                bisect_more(rows[j], floor, top)
                nodes[j, 0] = -1
        _search(wave, table, omega, mode, doubtful, rows, guess, nodes, floor, top)
        found = _collect(doubtful, rows, velocity, status)
        doubtful = certify(wave, table, omega, mode, found, rows, floor, top, velocity, status)
        if doubtful.shape[0] == 0:
            return


@inlined
def _collect(chosen, rows, velocity, status):
    """Copy the answers out; return the indices that have one."""
    found = chosen.copy()
    count = 0
    for j in chosen:
        velocity[j] = rows[j, ROOT]
        if np.isnan(velocity[j]):
            status[j] = NO_MODE if rows[j, N_HI] == UNKNOWN else NOT_CONVERGED
        else:
            found[count] = j
            count += 1
    return found[:count]


@inlined
def _search(wave, table, omega, mode, chosen, rows, guess, nodes, floor, top):
    waiting, left = chosen.copy(), chosen.shape[0]
    # The queue, a ring: no search has more than two velocities in it.
    size = 2 * left
    which, where = np.empty(size, np.int64), np.empty(size)
    oldest, queued = 0, 0
    # Velocities of each search that are on their way.
    pending = np.zeros(omega.shape[0], np.int64)
    done = np.ones(omega.shape[0], np.bool_)
    for j in chosen:
        done[j] = False
    at = np.empty(2)
    # An array's logarithm at once would take a second to compile.
    x = np.empty(omega.shape[0])
    for j in range(omega.shape[0]):
        x[j] = np.log(omega[j])
    buf, start = np.empty(SIZE), np.empty(LANES, np.int64)
    c, lane = np.empty(LANES), np.empty(LANES, np.int64)
    while True:
        i = 0
        while queued < LANES and i < min(left, AHEAD):
            j = waiting[i]
            if not _ready(nodes, j, done):
                i += 1
                continue
            for n in range(i, left - 1):
                waiting[n] = waiting[n + 1]
            left -= 1
            if nodes[j, 0] >= 0:
                guess[j] = begin_between(rows, x, nodes[j], j, floor, top)
            queued += _ask(rows[j], j, mode, guess[j], pending, done, at, which, where, int(oldest + queued))
        if queued == 0:
            return
        lanes = min(queued, LANES)
        for i in range(lanes):
            lane[i], c[i] = which[oldest], where[oldest]
            k = omega[lane[i]] / c[i]
            set_lane(buf, start, i, k, c[i], start_layer(table, k, c[i]))
            oldest = oldest + 1 if oldest + 1 < size else 0
        queued -= lanes
        for i in range(lanes, LANES):
            set_lane(buf, start, i, buf[K], c[0], start[0])
        sweep(wave, table, start, buf)
        for i in range(lanes):
            j = lane[i]
            row = rows[j]
            learn(row, mode, c[i], buf[F + i], buf[COUNT + i])
            pending[j] -= 1
            if pending[j] == 0:
                queued += _ask(row, j, mode, guess[j], pending, done, at, which, where, int(oldest + queued))


@compiled
def _ask(row, j, mode, guess, pending, done, at, which, where, end):
    """Put the next velocities of search j into the ring from slot `end` on; return their number."""
    pending[j] = advance(row, mode, guess, at) if row[SPENT] < MOST else 0
    done[j] = pending[j] == 0
    for n in range(pending[j]):
        slot = end + n
        slot -= which.shape[0] if slot >= which.shape[0] else 0
        which[slot], where[slot] = j, at[n]
    return pending[j]


@inlined
def _ready(nodes, j, done):
    """Whether the searches between which search j begins have ended."""
    if nodes[j, 0] < 0:
        return True
    for i in range(nodes.shape[1]):
        if not done[nodes[j, i]]:
            return False
    return True
