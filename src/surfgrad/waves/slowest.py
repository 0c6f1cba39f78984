"""A velocity below every mode, from which searches start."""

import numpy as np

from surfgrad.waves.compiled import compiled, inlined
from surfgrad.waves.layers import MU, RHO, A, B
from surfgrad.waves.sweep import LOVE, count_at
from surfgrad.waves.water import water_layers


@compiled
def slowest(wave, table, omega):
    """Least vs for Love waves; for Rayleigh waves a half-space of the least stiffness and the greatest density."""
    wet = water_layers(table)
    b, softest, heaviest, sound = 0.0, np.inf, 0.0, np.inf
    for i in range(table.shape[0]):
        b = max(b, table[i, B])
        if i < wet:
            sound = min(sound, 1.0 / np.sqrt(table[i, A]))
        else:
            softest, heaviest = min(softest, table[i, MU]), max(heaviest, table[i, RHO])
    if wave == LOVE:
        return 0.999 / np.sqrt(b)
    # 0.689 vs is the Rayleigh wave's velocity at vanishing bulk modulus.
    floor = 0.68 * np.sqrt(softest / heaviest)
    if wet == 0:
        return floor
    # Water carries sound, and its weight slows what the solid carries; no bound is proven, so the count decides.
    return _lower_until_free(wave, table, omega, 0.6 * min(floor, sound))


@inlined
def _lower_until_free(wave, table, omega, floor):
    size = omega.shape[0]
    k, c = np.empty(size), np.empty(size)
    for _ in range(20):
        for j in range(size):
            k[j], c[j] = omega[j] / floor, floor
        found = 0
        for count in count_at(wave, table, k, c):
            found = max(found, count)
        if found == 0:
            break
        floor *= 0.7
    return floor
