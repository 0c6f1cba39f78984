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
from surfgrad.waves.layers import A, B, start_layer
from surfgrad.waves.point import N_HI, N_LO, begin
from surfgrad.waves.search import solve_set
from surfgrad.waves.sweep import evaluate

OK, NO_MODE, CLOSE_MODES, MULTIPLE = 0, 1, 2, 3
RUNG = 0.08
"""Relative distance of neighbouring wavenumbers, or velocities, at which modes are counted."""


@compiled
def may_run_backwards(table):
    """Whether the model's contrast of vs admits backward waves."""
    least_b, firm = table[-1, B], True
    for i in range(table.shape[0]):
        least_b = max(least_b, table[i, B])
        if table[i, B] > 6.25 * table[i, A]:
            firm = False
    return np.sqrt(least_b / table[-1, B]) > (3.0 if firm else 2.2)


@compiled
def look_for_backward_waves(wave, table, omega, mode, rows, floor, top, velocity, status):
    """Mark MULTIPLE where there is more than one root; replace a root that is not the slowest. `omega` descends."""
    low = max(floor, 0.6 / np.sqrt(table[:, B].max()))
    if unfolded(wave, table, omega[::-1].copy(), mode, low, top, velocity[::-1].copy(), status):
        return
    slower = _climb_ladders(wave, table, omega, mode, rows, low, top, velocity, status)
    guess = np.full(omega.shape[0], np.nan)
    solve_set(wave, table, omega, mode, slower, rows, guess, floor, top, velocity, status)
    for j in slower:
        if status[j] == OK or status[j] == CLOSE_MODES:
            status[j] = MULTIPLE


@compiled
def unfolded(wave, table, omega, mode, low, top, velocity, status):
    """Whether the roots found are all there are, at any of the frequencies (ascending) and of a grid of wavenumbers.

    At one wavenumber the count grows with frequency. If each frequency has one root, the count exceeds `mode` from the
    first frequency whose root has a greater wavenumber; two counts a wavenumber, on both sides of it, show that for
    all frequencies at once.
    """
    root = np.zeros(omega.shape[0])
    for j in range(omega.shape[0]):
        if not np.isnan(velocity[j]):
            root[j] = omega[j] / velocity[j]
        elif status[omega.shape[0] - 1 - j] != NO_MODE:
            return False
        if j > 0 and root[j] < root[j - 1]:
            return False
    k, c, exceeds = _two_sided(omega, root, low, top)
    count, start, f = np.empty(k.shape[0], np.int64), np.empty(k.shape[0], np.int64), np.empty(k.shape[0])
    for i in range(k.shape[0]):
        start[i] = start_layer(table, k[i], c[i])
    evaluate(wave, table, k, c, start, f, count)
    for i in range(k.shape[0]):
        if (count[i] > mode) != exceeds[i]:
            return False
    return True


@compiled
def _two_sided(omega, root, low, top):
    """The points (k, c) of `unfolded`, and whether more than `mode` modes are expected below them."""
    rungs = int(np.ceil(np.log(omega[-1] / low * top / omega[0]) / RUNG))
    k, c, exceeds = np.empty(2 * rungs), np.empty(2 * rungs), np.zeros(2 * rungs, np.bool_)
    size = 0
    for i in range(rungs):
        at = omega[0] / top * (omega[-1] / low * top / omega[0]) ** ((i + 0.5) / rungs)
        trapped = np.searchsorted(omega, at * top, side="right")
        split = np.searchsorted(root, at, side="right")
        if 0 < min(split, trapped):
            k[size], c[size] = at, omega[min(split, trapped) - 1] / at
            size += 1
        if split < trapped:
            k[size], c[size], exceeds[size] = at, omega[split] / at, True
            size += 1
    return k[:size], c[:size], exceeds[:size]


@compiled
def _climb_ladders(wave, table, omega, mode, rows, low, top, velocity, status):
    """Count modes from slow to fast at every period; return the indices for which a slower root is now bracketed."""
    rungs = int(np.ceil(np.log(top / low) / RUNG))
    ladder = low * (top / low) ** (np.arange(1, rungs + 1) / rungs)
    ladder[-1] = top
    count, start, f = np.empty(rungs, np.int64), np.empty(rungs, np.int64), np.empty(rungs)
    slower = np.empty(omega.shape[0], np.int64)
    left = 0
    for j in range(omega.shape[0]):
        k = omega[j] / ladder
        for i in range(rungs):
            start[i] = start_layer(table, k[i], ladder[i])
        evaluate(wave, table, k, ladder, start, f, count)
        if _judge(rows[j], mode, ladder, count, low, j, velocity, status):
            slower[left] = j
            left += 1
    return slower[:left]


@compiled
def _judge(row, mode, ladder, count, low, j, velocity, status):
    """Compare one ladder with the root found; True if a slower root is bracketed, and a search for it has begun."""
    known = status[j] == OK or status[j] == CLOSE_MODES
    for i in range(ladder.shape[0]):
        above = count[i] > mode
        if above and not (known and ladder[i] >= velocity[j]):
            begin(row, ladder[i - 1] if i > 0 else low, ladder[i], np.inf)
            row[N_LO], row[N_HI] = count[i - 1] if i > 0 else 0, count[i]
            return True
        if known and not above and ladder[i] > velocity[j] * (1.0 + 1e-9):
            status[j] = MULTIPLE
            return False
    return False
