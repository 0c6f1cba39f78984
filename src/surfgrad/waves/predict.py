"""Where to look first: from the layers alone, or from the velocities of neighbouring periods."""

import numpy as np

from surfgrad.waves.compiled import inlined, lean
from surfgrad.waves.layers import SUM, TOP, B, H, shear_speed
from surfgrad.waves.point import MISS, PEAK, ROOT, begin
from surfgrad.waves.sweep import LOVE

SHARE = 0.5
"""Share of the polynomial's departure from the cubic that it may itself be wrong by."""
GRID = 16
"""Slownesses at which the vertical phase is tabulated."""
LOVE_PHASE, RAYLEIGH_PHASE = (0.3, 0.15), (0.1, 0.3)
"""What the vertical phase of overtone m is over m pi, in pi: the median, and how far most are from it (soil, crust, the
tectonic and weak priors)."""


@lean
def fill_phases(table, phases):
    """Fill `phases` (GRID + 1,) with the vertical S travel times int sqrt(1/vs^2 - p^2) dz, s, at GRID values of p^2.

    These are evenly spaced from 1/vs^2 of the half-space to that of the slowest layer, which stands in the last place.
    """
    low, high = table[-1, B], 0.0
    for layer in range(table.shape[0]):
        high = max(high, table[layer, B])
    step = (high - low) / (GRID - 1)
    for i in range(GRID):
        phases[i] = 0.0
    for layer in range(table.shape[0] - 1):
        h, b = table[layer, H], table[layer, B]
        for i in range(GRID):
            phases[i] += h * np.sqrt(max(0.0, b - (low + step * i)))
    # 0 but for rounding, and what ends the search through the table.
    phases[GRID - 1], phases[GRID] = 0.0, high


@lean
def begin_alone(wave, table, phases, row, omega, mode, floor, top):
    """Begin a search that has no neighbours with velocities; return where to look first.

    `phases`: see `fill_phases`; the fundamental mode does without.
    """
    if mode == 0:
        guess, stride = _wavelength_average(wave, table, omega)
    else:
        guess, stride = _vertical_resonance(wave, table, phases, omega, mode, top)
    # So that NaN, of numbers out of all bounds, is left behind, too.
    guess = guess if guess > 1.001 * floor else 1.001 * floor
    begin(row, floor, top, stride if stride > 0.0 else 0.1 * top)
    return guess if guess < top else top


@inlined
def _vertical_resonance(wave, table, phases, omega, mode, top):
    """(guess, stride): the velocity whose vertical phase is about m pi; `top`, if that has less."""
    extra, spread = LOVE_PHASE if wave == LOVE else RAYLEIGH_PHASE
    wanted = np.pi * (mode + extra) / omega
    if phases[0] <= wanted:
        return top, 0.1 * top
    low, i = table[-1, B], 1
    step = (phases[GRID] - low) / (GRID - 1)
    while phases[i] > wanted:
        i += 1
    slope = (phases[i - 1] - phases[i]) / step
    c = 1.0 / np.sqrt(low + step * i - (wanted - phases[i]) / slope)
    return c, 0.5 * c**3 * np.pi * spread / omega / slope


@inlined
def _wavelength_average(wave, table, omega):
    """(guess, stride) of the fundamental mode: mean vs over part of a wavelength.

    Parts and factors are those that scatter least over the tectonic and weak priors: 2-4 % between quartiles.
    """
    share, factor = (0.4, 1.06) if wave == LOVE else (0.6, 0.93)
    c = 0.8 / np.sqrt(table[-1, B])
    for _ in range(3):
        c = _mean_vs(table, share * 2.0 * np.pi * c / omega)
    return factor * c, 0.02 * factor * c


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
    `rough`, is the miss. NaN where a neighbour has no velocity.
    """
    c, change, peak = 0.0, 0.0, np.inf
    for i in range(nodes.shape[0]):
        root = rows[nodes[i], ROOT]
        c += full[i] * root
        change += (full[i] - rough[i]) * root
        peak = min(peak, rows[nodes[i], PEAK])
    if np.isnan(c):
        return c
    begin(rows[j], floor, top, abs(change) + 1e-6 * c)
    rows[j, MISS], rows[j, PEAK] = SHARE * abs(change), peak
    return min(max(c, 1.001 * floor), top)
