"""One mode's curve of one model: a few periods are searched from scratch, the others from their neighbours'
velocities."""

import numpy as np

from surfgrad.waves.backward import count_at, look_for_backward_waves, may_run_backwards
from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.layers import MU, RHO, A, B
from surfgrad.waves.point import COLUMNS, begin
from surfgrad.waves.predict import interpolated, wavelength_average
from surfgrad.waves.search import solve_set
from surfgrad.waves.sweep import LOVE, RAYLEIGH
from surfgrad.waves.water import water_layers


@compiled
def solve_curve(wave, table, omega, mode, velocity, status):
    """Fill `velocity` and `status` (T,) of one mode at `omega` (T,), rad/s, descending."""
    size = omega.shape[0]
    rows = np.empty((size, COLUMNS))
    guess, stride = np.empty(size), np.empty(size)
    pick = np.empty(size, np.int64)
    top = 1.0 / np.sqrt(table[-1, B])
    floor = slowest(wave, table)
    if wave == RAYLEIGH and water_layers(table) > 0:
        floor = _lower_until_free(wave, table, omega, floor)
    coarse = _coarse(size, pick)
    for j in pick[:coarse]:
        guess[j], stride[j] = wavelength_average(wave, table, omega[j], mode, floor, top)
    _solve(wave, table, omega, mode, pick[:coarse], rows, guess, stride, floor, top, velocity, status)
    fine = _others(size, pick, coarse)
    known = pick[:coarse].copy()
    for j in fine:
        guess[j], stride[j] = interpolated(omega, velocity, known, j, floor, top)
    _solve(wave, table, omega, mode, fine, rows, guess, stride, floor, top, velocity, status)
    if wave == RAYLEIGH and may_run_backwards(table):
        look_for_backward_waves(wave, table, omega, mode, rows, floor, top, velocity, status)


@compiled
def slowest(wave, table):
    """A velocity below every mode: the half-space of the least stiffness and the greatest density."""
    if wave == LOVE:
        return 0.999 / np.sqrt(table[:, B].max())
    wet = water_layers(table)
    # 0.689 vs is the Rayleigh wave's velocity at vanishing bulk modulus.
    floor = 0.68 * np.sqrt(table[wet:, MU].min() / table[wet:, RHO].max())
    # Water carries sound, and its weight slows what the solid carries.
    return floor if wet == 0 else 0.6 * min(floor, 1.0 / np.sqrt(table[:wet, A].max()))


@compiled
def _lower_until_free(wave, table, omega, floor):
    """Lower `floor` until no mode lies below it at any frequency: for water no bound is proven."""
    for _ in range(20):
        if count_at(wave, table, omega / floor, np.full(omega.shape[0], floor)).max() == 0:
            break
        floor *= 0.7
    return floor


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
def _solve(wave, table, omega, mode, chosen, rows, guess, stride, floor, top, velocity, status):
    for j in chosen:
        begin(rows[j], floor, top, stride[j])
    solve_set(wave, table, omega, mode, chosen, rows, guess, floor, top, velocity, status)
