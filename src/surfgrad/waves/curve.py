"""One mode's curve of one model: a few periods are searched from scratch, the others from their neighbours'
velocities, in two rounds of ever nearer neighbours."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.layers import B
from surfgrad.waves.point import COLUMNS, begin
from surfgrad.waves.predict import wavelength_average
from surfgrad.waves.search import solve_set
from surfgrad.waves.slowest import slowest

NODES = 6
"""Neighbours between which a search begins."""


@compiled
def solve_curve(wave, table, omega, mode, velocity, status):
    """Fill `velocity` and `status` (T,) of one mode at `omega` (T,), rad/s, descending."""
    size = omega.shape[0]
    rows = np.empty((size, COLUMNS))
    guess = np.empty(size)
    nodes = np.full((size, NODES), -1)
    top = 1.0 / np.sqrt(table[-1, B])
    floor = slowest(wave, table, omega)
    order, coarse = arrange(omega, nodes)
    for j in order[:coarse]:
        guess[j], stride = wavelength_average(wave, table, omega[j], mode, floor, top)
        begin(rows[j], floor, top, stride)
    solve_set(wave, table, omega, mode, order, rows, guess, nodes, floor, top, velocity, status)


@compiled
def arrange(omega, nodes):
    """(indices in the order of their searches, number of the coarse ones, which begin from scratch).

    Coarse ones lie about evenly in ln(omega), at most one lane group; one more between each two of them follows, then
    the rest. Fills `nodes` of those that follow.
    """
    size = omega.shape[0]
    level = np.full(size, 2)
    order = np.empty(size, np.int64)
    coarse = min(size, LANES)
    last = -1
    for i in range(coarse):
        aim = omega[0] * (omega[-1] / omega[0]) ** (i / max(1, coarse - 1))
        j = last + 1
        while j < size - (coarse - i) and omega[j] * omega[j + 1] > aim * aim:
            j += 1
        order[i] = last = j
        level[j] = 0
    if coarse < NODES:
        return order, coarse
    known = order[:coarse].copy()
    at = coarse
    for i in range(coarse - 1):
        left, right = known[i], known[i + 1]
        if right - left > 1:
            j = left + 1
            while j < right - 1 and omega[j] * omega[j + 1] > omega[left] * omega[right]:
                j += 1
            level[j] = 1
            order[at] = j
            _nearest(known, j, nodes[j])
            at += 1
    known = np.nonzero(level < 2)[0]
    for j in range(size):
        if level[j] == 2:
            order[at] = j
            _nearest(known, j, nodes[j])
            at += 1
    return order, coarse


@compiled
def _nearest(known, j, nodes):
    """The NODES of `known` around `j`."""
    right = np.searchsorted(known, j)
    first = min(max(right - NODES // 2, 0), known.shape[0] - NODES)
    nodes[:] = known[first : first + NODES]
