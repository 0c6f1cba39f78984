"""Many searches at once: every sweep carries the next velocities of as many searches as it has lanes.

Velocities wait in one queue, and one sweep at a time takes the oldest, so that lanes stay full: a search begins as soon
as its neighbours are solved, while others still go on.
"""

import numpy as np

from surfgrad.waves.certificate import certify
from surfgrad.waves.compiled import LANES, compiled, inlined, lean
from surfgrad.waves.lanes import COUNT, SIZE, F, K
from surfgrad.waves.layers import start_layer
from surfgrad.waves.point import COLUMNS, N_HI, ROOT, SPENT, UNKNOWN, advance, bisect_more, learn
from surfgrad.waves.predict import GRID, begin_alone, begin_between
from surfgrad.waves.sweep import set_lane, sweep

NO_MODE, NOT_CONVERGED = 1, 4
MOST = 400
"""Evaluations of one search after which it is given up; bisection to rounding takes about 60."""


@compiled
def make_room(size):
    """What searches at `size` periods work in.

    (rows, guess, unsolved, phases, pending, ring, velocities, at, lane, c, start, buf).

    `rows` (T, COLUMNS): see `point`. `guess` (T,): where the first look is. `unsolved` (T,): the number of neighbours
    that a search still waits for, 0 if it has begun. `phases`: see `predict`. `pending` (T,): how many of its
    velocities are on their way. `ring`, `velocities` (2 T,): the queue, as no search has more than two in it.
    """
    return (
        np.empty((size, COLUMNS)),
        np.empty(size),
        np.zeros(size, np.int64),
        np.empty(GRID + 1),
        np.empty(size, np.int64),
        np.empty(2 * size, np.int64),
        np.empty(2 * size),
        np.empty(2),
        np.empty(LANES, np.int64),
        np.empty(LANES),
        np.empty(LANES, np.int64),
        np.empty(SIZE),
    )


@inlined
def solve_set(wave, table, omega, mode, begun, chosen, plan, room, floor, top, velocity, status):
    """Finish the searches at the indices `chosen`, and certify what they find.

    Those at `begun` have begun; the others follow as their neighbours are solved.
    """
    rows = room[0]
    _search(wave, table, omega, mode, begun, plan, room, floor, top)
    doubtful = chosen.copy()
    _collect(doubtful, rows, velocity, status)
    doubtful = certify(wave, table, omega, mode, doubtful, rows, floor, top, velocity, status)
    if doubtful.shape[0] > 0:
        for j in doubtful:
            bisect_more(rows[j], floor, top)
        _search(wave, table, omega, mode, doubtful, plan, room, floor, top)
        _collect(doubtful, rows, velocity, status)
        certify(wave, table, omega, mode, doubtful, rows, floor, top, velocity, status)


@lean
def _collect(chosen, rows, velocity, status):
    """Copy the answers out."""
    for j in chosen:
        velocity[j] = rows[j, ROOT]
        if np.isnan(velocity[j]):
            status[j] = NO_MODE if rows[j, N_HI] == UNKNOWN else NOT_CONVERGED


@lean
def _search(wave, table, omega, mode, begun, plan, room, floor, top):
    _, _, nodes, full, rough, users, first = plan
    rows, guess, unsolved, phases, pending, ring, velocities, at, lane, c, start, buf = room
    oldest, queued = 0, 0
    for j in begun:
        queued += _ask(rows[j], j, mode, guess[j], pending, at, ring, velocities, oldest + queued)
    while queued > 0:
        lanes = min(queued, LANES)
        for i in range(lanes):
            lane[i], c[i] = ring[oldest], velocities[oldest]
            k = omega[lane[i]] / c[i]
            set_lane(buf, start, i, k, c[i], start_layer(table, k, c[i]))
            oldest = oldest + 1 if oldest + 1 < ring.shape[0] else 0
        queued -= lanes
        for i in range(lanes, LANES):
            set_lane(buf, start, i, buf[K], c[0], start[0])
        sweep(wave, table, start, buf)
        for i in range(lanes):
            j = lane[i]
            learn(rows[j], mode, c[i], buf[F + i], buf[COUNT + i])
            pending[j] -= 1
            if pending[j] > 0:
                continue
            queued += _ask(rows[j], j, mode, guess[j], pending, at, ring, velocities, oldest + queued)
            if pending[j] == 0:
                for n in users[first[j] : first[j + 1]]:
                    unsolved[n] -= 1
                    if unsolved[n] == 0:
                        guess[n] = begin_between(rows, nodes[n], full[n], rough[n], n, floor, top)
                        if np.isnan(guess[n]):
                            guess[n] = begin_alone(wave, table, phases, rows[n], omega[n], mode, floor, top)
                        queued += _ask(rows[n], n, mode, guess[n], pending, at, ring, velocities, oldest + queued)


@lean
def _ask(row, j, mode, guess, pending, at, ring, velocities, end):
    """Put the next velocities of search j into the ring from slot `end` on; return their number, 0 if it has ended."""
    pending[j] = advance(row, mode, guess, at) if row[SPENT] < MOST else 0
    for n in range(pending[j]):
        slot = end + n
        slot -= ring.shape[0] if slot >= ring.shape[0] else 0
        ring[slot], velocities[slot] = j, at[n]
    return pending[j]
