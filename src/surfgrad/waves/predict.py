"""Where to look first: from the layers alone, or from the velocities of neighbouring periods."""

import numpy as np

from surfgrad.waves.compiled import compiled
from surfgrad.waves.layers import A, B, H
from surfgrad.waves.sweep import LOVE

MISS = 0.1
"""Share of the cubic's departure from the straight line that it may itself be wrong by."""


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
    above, total = 0.0, 0.0
    for i in range(table.shape[0]):
        h = depth - above if i == table.shape[0] - 1 else min(table[i, H], depth - above)
        total += h / np.sqrt(max(table[i, A], table[i, B]))
        above += h
        if above >= depth:
            break
    return total / depth


@compiled
def interpolated(omega, velocity, known, j, floor, top):
    """(guess, stride) at `j`: cubic through the four nearest known velocities in ln(omega), and what that might miss.

    Where a neighbour has no velocity the search starts at `top`, whose count decides whether there is a mode.
    """
    right = 0
    while known[right] < j:
        right += 1
    first = min(max(right - 2, 0), max(known.shape[0] - 4, 0))
    nodes = known[first : first + 4]
    for node in nodes:
        if np.isnan(velocity[node]):
            return top, 0.1 * top
    x = np.log(omega[j])
    cubic = 0.0
    for a in range(nodes.shape[0]):
        weight = 1.0
        for b in range(nodes.shape[0]):
            if b != a:
                weight *= (x - np.log(omega[nodes[b]])) / np.log(omega[nodes[a]] / omega[nodes[b]])
        cubic += weight * velocity[nodes[a]]
    miss = MISS * abs(cubic - _linear(omega, velocity, known, right, x)) + 1e-6 * cubic
    return min(max(cubic, 1.001 * floor), top), miss


@compiled
def _linear(omega, velocity, known, right, x):
    a, b = known[right - 1], known[right]
    share = (x - np.log(omega[a])) / np.log(omega[b] / omega[a])
    return velocity[a] + share * (velocity[b] - velocity[a])
