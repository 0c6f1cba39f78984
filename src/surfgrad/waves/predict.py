"""Where to look first: from the layers alone, or from the velocities of neighbouring periods."""

import numpy as np

from surfgrad.waves.compiled import compiled
from surfgrad.waves.layers import SUM, TOP, shear_speed
from surfgrad.waves.point import MISS, PEAK, ROOT, begin
from surfgrad.waves.sweep import LOVE

SHARE = 0.5
"""Share of the polynomial's departure from the cubic that it may itself be wrong by."""


@compiled
def wavelength_average(wave, table, omega, mode, floor, top):
    """(guess, stride): mean vs over part of a wavelength for the fundamental mode; `top` for overtones.

    Parts and factors are those that scatter least over the tectonic and weak priors: 2-4 % between quartiles.
    """
    if mode > 0:
        return top, 0.1 * top
    share, factor = (0.4, 1.06) if wave == LOVE else (0.6, 0.93)
    c = 0.8 * top
    for _ in range(3):
        c = _mean_vs(table, share * 2.0 * np.pi * c / omega)
    c *= factor
    return min(max(c, 1.001 * floor), top), 0.02 * c


@compiled
def _mean_vs(table, depth):
    """Mean vs (of sound in water) over the thickness down to `depth`."""
    low, high = 0, table.shape[0] - 1
    while low < high:
        middle = (low + high + 1) // 2
        if table[middle, TOP] <= depth:
            low = middle
        else:
            high = middle - 1
    return (table[low, SUM] + (depth - table[low, TOP]) * shear_speed(table, low)) / depth


@compiled
def begin_between(rows, x, nodes, j, floor, top):
    """Begin the search at `j` between the roots at `nodes` (ascending); return where to look first.

    Polynomial in x = ln(omega) through all of them; what it differs by from the one through all but two is the miss.
    Where a neighbour has no velocity the search starts at `top`, whose count decides whether there is a mode.
    """
    every = nodes.shape[0]
    for i in range(every):
        if np.isnan(rows[nodes[i], ROOT]):
            begin(rows[j], floor, top, 0.1 * top)
            return top
    c = _lagrange(rows, x, nodes, j, every)
    change = abs(c - _lagrange(rows, x, nodes, j, every - 2))
    guess = min(max(c, 1.001 * floor), top)
    begin(rows[j], floor, top, change + 1e-6 * c)
    rows[j, MISS] = SHARE * change
    rows[j, PEAK] = rows[nodes[0], PEAK]
    for i in range(1, every):
        rows[j, PEAK] = min(rows[j, PEAK], rows[nodes[i], PEAK])
    return guess


@compiled
def _lagrange(rows, x, nodes, j, count):
    """Root at `j` by the polynomial through the `count` nodes around it."""
    first = 0
    while first + count < nodes.shape[0] and nodes[first + count // 2] < j:
        first += 1
    root = 0.0
    for a in range(first, first + count):
        above, below = 1.0, 1.0
        for b in range(first, first + count):
            if b != a:
                above *= x[j] - x[nodes[b]]
                below *= x[nodes[a]] - x[nodes[b]]
        root += above / below * rows[nodes[a], ROOT]
    return root
