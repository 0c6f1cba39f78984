"""One mode's curve of one model: a few periods are searched from scratch, the others from their neighbours' velocities."""

import numpy as np

from surfgrad.waves.certificate import certify
from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.layers import MU, RHO, B, start_layer
from surfgrad.waves.point import COLUMNS, N_HI, ROOT, UNKNOWN, advance, begin, bisect_more, learn
from surfgrad.waves.predict import interpolated, wavelength_average
from surfgrad.waves.sweep import LOVE, evaluate

NO_MODE, NOT_CONVERGED = 1, 4
ROUNDS = 400
"""Evaluations after which a search is given up; bisection to rounding takes about 60."""


@compiled
def solve_curve(wave, table, omega, mode, velocity, status):
    """Fill `velocity` and `status` (T,) of one mode at `omega` (T,), rad/s, in ascending or descending order."""
    size = omega.shape[0]
    rows = np.empty((size, COLUMNS))
    guess, stride = np.empty(size), np.empty(size)
    pick = np.empty(size, np.int64)
    top = 1.0 / np.sqrt(table[-1, B])
    floor = slowest(wave, table)
    coarse = _coarse(size, pick)
    for j in pick[:coarse]:
        guess[j], stride[j] = wavelength_average(wave, table, omega[j], mode, floor, top)
    _solve_set(wave, table, omega, mode, pick[:coarse], rows, guess, stride, floor, top, velocity, status)
    fine = _others(size, pick, coarse)
    known = np.sort(pick[:coarse])
    for j in fine:
        guess[j], stride[j] = interpolated(omega, velocity, known, j, floor, top)
    _solve_set(wave, table, omega, mode, fine, rows, guess, stride, floor, top, velocity, status)


@compiled
def slowest(wave, table):
    """A velocity below every mode: the half-space of the least stiffness and the greatest density."""
    if wave == LOVE:
        return 0.999 / np.sqrt(table[:, B].max())
    # 0.689 vs is the Rayleigh wave's velocity at vanishing bulk modulus.
    return 0.68 * np.sqrt(table[:, MU].min() / table[:, RHO].max())


@compiled
def _coarse(size, pick):
    """At most one lane group of indices, evenly spread."""
    count = min(size, LANES)
    for i in range(count):
        pick[i] = (i * (size - 1)) // max(1, count - 1)
    return count


@compiled
def _others(size, pick, count):
    taken = np.zeros(size, np.bool_)
    taken[pick[:count]] = True
    return np.flatnonzero(~taken)


@compiled
def _solve_set(wave, table, omega, mode, chosen, rows, guess, stride, floor, top, velocity, status):
    for j in chosen:
        begin(rows[j], floor, top, stride[j])
    _search(wave, table, omega, mode, chosen, rows, guess)
    doubtful = certify(wave, table, omega, mode, _collect(chosen, rows, velocity, status), rows, top, velocity, status)
    for j in doubtful:
        bisect_more(rows[j], floor, top)
    _search(wave, table, omega, mode, doubtful, rows, guess)
    certify(wave, table, omega, mode, _collect(doubtful, rows, velocity, status), rows, top, velocity, status)


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
        evaluate(wave, table, size, k, c, start, f, count)
        for i in range(size):
            learn(rows[active[i]], mode, c[i], f[i], count[i])
