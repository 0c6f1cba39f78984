"""One mode's curve of one model."""

import numpy as np

from surfgrad.waves.compiled import inlined
from surfgrad.waves.layers import B
from surfgrad.waves.plan import NODES
from surfgrad.waves.predict import begin_alone, fill_phases
from surfgrad.waves.search import solve_set
from surfgrad.waves.slowest import slowest


@inlined
def solve_curve(wave, table, omega, mode, plan, room, velocity, status):
    """Fill `velocity` and `status` (T,) of one mode at `omega` (T,), rad/s, descending.

    `plan`: of these periods, see `plan`; `room`: to work in, see `search`.
    """
    order, coarse = plan[0], plan[1]
    rows, guess, unsolved, phases = room[0], room[1], room[2], room[3]
    top = 1.0 / np.sqrt(table[-1, B])
    floor = slowest(wave, table, omega)
    unsolved[:] = NODES
    if mode > 0:
        fill_phases(table, phases)
    for j in order[:coarse]:
        guess[j] = begin_alone(wave, table, phases, rows[j], omega[j], mode, floor, top)
        unsolved[j] = 0
    solve_set(wave, table, omega, mode, order[:coarse], order, plan, room, floor, top, velocity, status)
