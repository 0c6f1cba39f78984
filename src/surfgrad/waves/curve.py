"""One mode's curve of one model: a few periods are searched from scratch, the others from their neighbours'
velocities."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.layers import B
from surfgrad.waves.point import COLUMNS, begin
from surfgrad.waves.predict import interpolated, wavelength_average
from surfgrad.waves.search import solve_set
from surfgrad.waves.slowest import slowest


@compiled
def solve_curve(wave, table, omega, mode, velocity, status):
    """Fill `velocity` and `status` (T,) of one mode at `omega` (T,), rad/s, descending."""
    size = omega.shape[0]
    rows = np.empty((size, COLUMNS))
    guess = np.empty(size)
    pick = np.empty(size, np.int64)
    top = 1.0 / np.sqrt(table[-1, B])
    floor = slowest(wave, table, omega)
    coarse = _coarse(size, pick)
    for j in pick[:coarse]:
        guess[j], stride = wavelength_average(wave, table, omega[j], mode, floor, top)
        begin(rows[j], floor, top, stride)
    solve_set(wave, table, omega, mode, pick[:coarse], rows, guess, floor, top, velocity, status)
    fine = _others(size, pick, coarse)
    known = pick[:coarse].copy()
    for j in fine:
        guess[j], stride = interpolated(omega, velocity, known, j, floor, top)
        begin(rows[j], floor, top, stride)
    solve_set(wave, table, omega, mode, fine, rows, guess, floor, top, velocity, status)


@compiled
def _coarse(size, pick):
    """At most one lane group of indices, evenly spread."""
    count = min(size, LANES)
    for i in range(count):
        pick[i] = (i * (size - 1)) // max(1, count - 1)
    return count


@compiled
def _others(size, pick, count):
    others = np.empty(size - count, np.int64)
    at = 0
    for j in range(size):
        # `pick` ascends, and j - at of its entries lie below j.
        if j - at >= count or pick[j - at] != j:
            others[at] = j
            at += 1
    return others
