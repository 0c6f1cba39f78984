"""Where to look first: from the layers alone, or from the velocities of neighbouring periods."""

import numpy as np

from surfgrad.waves.compiled import lean
from surfgrad.waves.layers import SUM, TOP, shear_speed
from surfgrad.waves.point import MISS, PEAK, ROOT, begin
from surfgrad.waves.sweep import LOVE

SHARE = 0.5
"""Share of the polynomial's departure from the cubic that it may itself be wrong by."""


@lean
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


@lean
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


@lean
def begin_between(rows, nodes, full, rough, j, floor, top):
    """Begin the search at `j` between the roots at `nodes`; return where to look first.

    The polynomial through all of them, by the weights `full`; what it differs by from the one through all but two, by
    `rough`, is the miss. Where a neighbour has no velocity the search starts at `top`, whose count decides whether
    there is a mode.
    """
    c, change, peak = 0.0, 0.0, np.inf
    for i in range(nodes.shape[0]):
        root = rows[nodes[i], ROOT]
        c += full[i] * root
        change += (full[i] - rough[i]) * root
        peak = min(peak, rows[nodes[i], PEAK])
    if np.isnan(c):
        begin(rows[j], floor, top, 0.1 * top)
        return top
    begin(rows[j], floor, top, abs(change) + 1e-6 * c)
    rows[j, MISS], rows[j, PEAK] = SHARE * abs(change), peak
    return min(max(c, 1.001 * floor), top)
