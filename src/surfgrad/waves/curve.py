"""One mode's curve of one model: a few periods are searched from scratch, the others from their neighbours'
velocities, in two rounds of ever nearer neighbours."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.layers import B
from surfgrad.waves.point import COLUMNS, begin
from surfgrad.waves.predict import wavelength_average
from surfgrad.waves.search import solve_set
from surfgrad.waves.slowest import slowest

NODES = 6
"""Neighbours between which a search begins."""


@inlined
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
    level, order = np.empty(size, np.int64), np.empty(size, np.int64)
    for j in range(size):
        level[j] = 2
    coarse = _coarse(omega, level)
    if coarse >= NODES:
        _between(omega, level)
    at = 0
    for wanted in range(3):
        for j in range(size):
            if level[j] == wanted:
                order[at] = j
                at += 1
    for wanted in range(1, 3):
        _neighbours(level, wanted, nodes)
    return order, coarse


@inlined
def _coarse(omega, level):
    """Set level 0 of the coarse ones; return their number."""
    size = omega.shape[0]
    count = min(size, LANES)
    j = -1
    for i in range(count):
        aim = omega[0] * (omega[-1] / omega[0]) ** (i / max(1, count - 1))
        j += 1
        while j < size - (count - i) and omega[j] * omega[j + 1] > aim * aim:
            j += 1
        level[j] = 0
    return count


@inlined
def _between(omega, level):
    """Set level 1 of the middle of every gap between coarse ones."""
    left = 0
    for right in range(1, omega.shape[0]):
        if level[right] != 0:
            continue
        if right - left > 1:
            j = left + 1
            while j < right - 1 and omega[j] * omega[j + 1] > omega[left] * omega[right]:
                j += 1
            level[j] = 1
        left = right


@compiled
def _neighbours(level, wanted, nodes):
    """Fill `nodes` of those of one level: the NODES around them of the levels before."""
    size = level.shape[0]
    known, count = np.empty(size, np.int64), 0
    for j in range(size):
        if level[j] < wanted:
            known[count] = j
            count += 1
    right = 0
    for j in range(size):
        if level[j] != wanted:
            continue
        while known[right] < j:
            right += 1
        first = min(max(right - NODES // 2, 0), count - NODES)
        for i in range(NODES):
            nodes[j, i] = known[first + i]
