"""Backward waves (U < 0): where a branch meets one period more than once.

Under a soft layer on stiff rock a Rayleigh branch's frequency may fall with wavenumber for a while. The mode count
on a ladder of velocities shows it: below the slowest root of branch m no count exceeds m, and above it none falls
back to m unless there are more roots. The fold is wide in velocity (its slow and fast roots lie 10 % apart even
where it is 1e-4 wide in period), so the ladder is coarse; only where two of the roots are about to merge can it
miss them.

Where it isn't needed: an adversarial search over 1-4 layers on a half-space (`benchmarks/backward_waves.py`) found
no backward wave at a ratio of the half-space's vs to the least vs below 2.4 (3.3 where vp/vs <= 2.5), nor below a phase
w tau of 1.87, 2.27 and 4.27 (modes 0, 1 and above), tau = sum h sqrt(1/vs^2 - 1/vs_half^2). Love waves have U > 0.
"""

import numpy as np

from surfgrad.waves.compiled import compiled
from surfgrad.waves.layers import A, B, H, start_layer
from surfgrad.waves.point import N_HI, N_LO, begin
from surfgrad.waves.search import solve_set
from surfgrad.waves.sweep import evaluate

OK, NO_MODE, CLOSE_MODES, MULTIPLE = 0, 1, 2, 3
RUNG = 0.05
"""Relative distance of neighbouring velocities on the ladder."""


@compiled
def may_run_backwards(table):
    """Whether the model's contrast of vs admits backward waves."""
    least_b, softest = table[-1, B], True
    for i in range(table.shape[0]):
        least_b = max(least_b, table[i, B])
        if table[i, B] > 6.25 * table[i, A]:
            softest = False
    return np.sqrt(least_b / table[-1, B]) > (3.0 if softest else 2.2)


@compiled
def look_for_backward_waves(wave, table, omega, mode, rows, floor, top, velocity, status):
    """Mark MULTIPLE where the ladder shows more than one root; replace a root that is not the slowest."""
    tau = 0.0
    for i in range(table.shape[0] - 1):
        tau += table[i, H] * np.sqrt(max(0.0, table[i, B] - table[-1, B]))
    least = 1.5 if mode == 0 else (1.8 if mode == 1 else 3.4)
    chosen = np.flatnonzero(omega * tau > least)
    rungs = int(np.ceil(np.log(top / floor) / RUNG))
    ladder = floor * (top / floor) ** (np.arange(1, rungs + 1) / rungs)
    ladder[-1] = top
    count, start = np.empty(rungs, np.int64), np.empty(rungs, np.int64)
    f = np.empty(rungs)
    slower = chosen.copy()
    left = 0
    for j in chosen:
        k = omega[j] / ladder
        for i in range(rungs):
            start[i] = start_layer(table, k[i], ladder[i])
        evaluate(wave, table, k, ladder, start, f, count)
        if _judge(rows[j], mode, ladder, count, floor, j, velocity, status):
            slower[left] = j
            left += 1
    if left > 0:
        guess = np.full(omega.shape[0], np.nan)
        solve_set(wave, table, omega, mode, slower[:left], rows, guess, floor, top, velocity, status)
        for j in slower[:left]:
            if status[j] == OK or status[j] == CLOSE_MODES:
                status[j] = MULTIPLE


@compiled
def _judge(row, mode, ladder, count, floor, j, velocity, status):
    """Compare one ladder with the root found; True if a slower root is bracketed, and a search for it has begun."""
    known = status[j] == OK or status[j] == CLOSE_MODES
    for i in range(ladder.shape[0]):
        above = count[i] > mode
        if above and not (known and ladder[i] >= velocity[j]):
            begin(row, ladder[i - 1] if i > 0 else floor, ladder[i], 0.0)
            row[N_LO], row[N_HI] = count[i - 1] if i > 0 else 0, count[i]
            return True
        if known and not above and ladder[i] > velocity[j] * (1.0 + 1e-9):
            status[j] = MULTIPLE
            return False
    return False
