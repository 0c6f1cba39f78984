"""Many searches at once: each round evaluates one velocity of every search that goes on, lane group by lane group."""

import numpy as np

from surfgrad.waves.certificate import certify
from surfgrad.waves.compiled import compiled
from surfgrad.waves.layers import start_layer
from surfgrad.waves.point import N_HI, ROOT, UNKNOWN, advance, bisect_more, learn
from surfgrad.waves.sweep import evaluate

NO_MODE, NOT_CONVERGED = 1, 4
ROUNDS = 400
"""Evaluations after which a search is given up; bisection to rounding takes about 60."""


@compiled
def solve_set(wave, table, omega, mode, chosen, rows, guess, floor, top, velocity, status):
    """Finish the searches that have begun at the indices `chosen`, and certify what they find."""
    _search(wave, table, omega, mode, chosen, rows, guess)
    doubtful = certify(
        wave, table, omega, mode, _collect(chosen, rows, velocity, status), rows, floor, top, velocity, status
    )
    for j in doubtful:
        bisect_more(rows[j], floor, top)
    _search(wave, table, omega, mode, doubtful, rows, guess)
    certify(wave, table, omega, mode, _collect(doubtful, rows, velocity, status), rows, floor, top, velocity, status)


@compiled
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


@compiled
def _search(wave, table, omega, mode, chosen, rows, guess):
    size = chosen.shape[0]
    active = chosen.copy()
    k, c, f = np.empty(size), np.empty(size), np.empty(size)
    start, count = np.empty(size, np.int64), np.empty(size, np.int64)
    for _ in range(ROUNDS):
        left = 0
        for j in active[:size]:
            at = advance(rows[j], mode, guess[j])
            if np.isnan(at):
                continue
            active[left], c[left], k[left] = j, at, omega[j] / at
            start[left] = start_layer(table, k[left], at)
            left += 1
        if left == 0:
            return
        size = left
        evaluate(wave, table, k[:size], c, start, f, count)
        for i in range(size):
            learn(rows[active[i]], mode, c[i], f[i], count[i])
