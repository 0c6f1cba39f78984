"""Backward waves (U < 0): where a branch meets one period more than once.

Under a soft layer on stiff rock a Rayleigh branch's frequency w_m(k) may fall with wavenumber for a while. At one
wavenumber the mode count grows with frequency, so counts at a few (w, k) tell on which side of w the branch passes, for
every frequency beyond at once. The fold is wide in velocity (its slow and fast roots lie 10 % apart even where it is
1e-4 wide in period), so a coarse grid of wavenumbers sees it; counts are taken a little off the frequency asked for,
which also shows a branch that comes near between two wavenumbers. Only then is every period looked at closely.

Where it isn't needed: an adversarial search over 1-4 layers on a half-space (`benchmarks/backward_waves.py`) found no
backward wave at a ratio of the half-space's vs to the least vs below 2.4 (3.3 where vp/vs <= 2.5). Love waves have
U > 0.
"""

import numpy as np

from surfgrad.waves.compiled import compiled
from surfgrad.waves.layers import A, B
from surfgrad.waves.point import N_HI, N_LO, begin
from surfgrad.waves.search import solve_set
from surfgrad.waves.slowest import slowest
from surfgrad.waves.sweep import count_at

OK, NO_MODE, CLOSE_MODES, MULTIPLE = 0, 1, 2, 3

COARSE, COARSE_MARGIN = 0.06, 5e-3
"""Relative distance of wavenumbers on the first grid, and in frequency what a branch may stray between two of them."""
FINE, FINE_MARGIN = 6, 2e-4
"""Parts into which a close look cuts a step at whose ends the branch is that near, and what it may stray then."""
FINEST = 16
"""Parts into which it cuts a step where the branch still comes within FINE_MARGIN."""
BESIDE = 0.015
"""Relative distance beside a root at which its own fold is looked for."""


@compiled
def may_run_backwards(table):
    """Whether the model's contrast of vs admits backward waves."""
    least_b, firm = table[-1, B], True
    for i in range(table.shape[0]):
        # In water (B = 0) the sound's slowness stands in.
        least_b = max(least_b, max(table[i, A], table[i, B]))
        if table[i, B] > 6.25 * table[i, A]:
            firm = False
    return np.sqrt(least_b / table[-1, B]) > (3.0 if firm else 2.2)


@compiled
def look_for_backward_waves(wave, table, omega, mode, plan, room, velocity, status):
    """Mark MULTIPLE where there is more than one root; replace a root that is not the slowest. `omega` descends."""
    floor, top = slowest(wave, table, omega), 1.0 / np.sqrt(table[-1, B])
    low = floor if table[0, B] == 0.0 else max(floor, 0.6 / np.sqrt(table[:, B].max()))
    if unfolded(wave, table, omega[::-1].copy(), mode, low, top, velocity[::-1].copy(), status):
        return
    rows = room[0]
    slower, several = np.empty(omega.shape[0], np.int64), np.zeros(omega.shape[0], np.bool_)
    left = 0
    for j in range(omega.shape[0]):
        ladder, above = _look_closely(wave, table, omega[j], mode, low, top)
        if _judge(rows[j], mode, ladder, above, low, j, velocity, status):
            several[j] = _known(status[j]) or _returns(above)
            slower[left] = j
            left += 1
    guess, unsolved = room[1], room[2]
    guess[:], unsolved[:] = np.nan, 0
    solve_set(wave, table, omega, mode, slower[:left], slower[:left], plan, room, floor, top, velocity, status)
    for j in slower[:left]:
        # A fold of the next mode may have drawn the first search away from a root that is the only one.
        if several[j] and _known(status[j]):
            status[j] = MULTIPLE


@compiled
def unfolded(wave, table, omega, mode, low, top, velocity, status):
    """Whether the roots found are all there are, at any of the frequencies (ascending): one root each, in order."""
    size = omega.shape[0]
    root = np.zeros(size)
    for j in range(size):
        if not np.isnan(velocity[j]):
            root[j] = omega[j] / velocity[j]
        elif status[size - 1 - j] != NO_MODE:
            return False
        if j > 0 and root[j] < root[j - 1]:
            return False
    k, c, exceeds = _probes(omega, root, low, top)
    count = count_at(wave, table, k, c)
    for i in range(k.shape[0]):
        if (count[i] > mode) != exceeds[i]:
            return False
    return True


@compiled
def _probes(omega, root, low, top):
    """Points (k, c) of `unfolded`, and whether more than `mode` modes are expected below them.

    If each frequency has one root, the count exceeds `mode` from the first frequency on whose root has a greater
    wavenumber: one count on each side of it, moved towards the branch where that is not near; none where neighbouring
    roots are nearer than the grid.
    """
    span = omega[-1] / low * top / omega[0]
    rungs = int(np.ceil(np.log(span) / COARSE))
    k, c = np.empty(2 * rungs + root.shape[0]), np.empty(2 * rungs + root.shape[0])
    exceeds = np.zeros(k.shape[0], np.bool_)
    size, trapped, split = 0, 0, 0
    ratio = span ** (1.0 / rungs)
    at = omega[0] / top / np.sqrt(ratio)
    for _ in range(rungs):
        at *= ratio
        # Frequencies trapped at this wavenumber, and frequencies whose root lies at a smaller one.
        while trapped < omega.shape[0] and omega[trapped] <= at * top:
            trapped += 1
        while split < root.shape[0] and root[split] <= at:
            split += 1
        if 0 < split < root.shape[0] and root[split] <= root[split - 1] * (1.0 + COARSE):
            # The branch is known on both sides, nearer than the grid.
            continue
        below = min(split, trapped) - 1
        if below >= 0:
            margin = COARSE_MARGIN if at > root[below] * (1.0 + COARSE) else 0.0
            k[size], c[size] = at, min(omega[below] * (1.0 + margin) / at, top)
            size += 1
        if split < trapped:
            margin = COARSE_MARGIN if at < root[split] * (1.0 - COARSE) else 0.0
            k[size], c[size], exceeds[size] = at, omega[split] * (1.0 - margin) / at, True
            size += 1
    for j in range(root.shape[0]):
        at = root[j] * (1.0 - BESIDE)
        if at * top > omega[j]:
            k[size], c[size], exceeds[size] = at, omega[j] / at, True
            size += 1
    return k[:size], c[:size], exceeds[:size]


@compiled
def _look_closely(wave, table, omega, mode, low, top):
    """Velocities, slow to fast, and whether more than `mode` modes lie below `omega` there."""
    rungs = int(np.ceil(np.log(top / low) / COARSE))
    ladder = low * (top / low) ** (np.arange(rungs + 1) / rungs)
    ladder[-1] = top
    ladder = _cut_where_near(wave, table, omega, mode, ladder, COARSE_MARGIN, FINE)
    ladder = _cut_where_near(wave, table, omega, mode, ladder, FINE_MARGIN, FINEST)
    return ladder, count_at(wave, table, omega / ladder, ladder) > mode


@compiled
def _cut_where_near(wave, table, omega, mode, ladder, margin, parts):
    """Cut each step of the ladder into `parts` at whose ends the branch comes within `margin` of `omega`."""
    k, top = omega / ladder, ladder[-1]
    under = count_at(wave, table, k, ladder * (1.0 - margin)) > mode
    over = count_at(wave, table, k, np.minimum(ladder * (1.0 + margin), top)) > mode
    c = np.empty(1 + parts * (ladder.shape[0] - 1))
    size = 0
    for i in range(ladder.shape[0] - 1):
        near = under[i] != over[i] or under[i + 1] != over[i + 1] or under[i] != under[i + 1]
        pieces = parts if near else 1
        for piece in range(pieces):
            c[size] = ladder[i] + (ladder[i + 1] - ladder[i]) * piece / pieces
            size += 1
    c[size] = top
    return c[: size + 1]


@compiled
def _judge(row, mode, ladder, above, low, j, velocity, status):
    """Compare one ladder with the root found; True if a slower root is bracketed, and a search for it has begun."""
    known = _known(status[j])
    for i in range(ladder.shape[0]):
        if above[i] and not (known and ladder[i] >= velocity[j]):
            begin(row, ladder[i - 1] if i > 0 else low, ladder[i], np.inf)
            row[N_LO], row[N_HI] = mode, mode + 1
            return True
        if known and not above[i] and ladder[i] > velocity[j] * (1.0 + 1e-9):
            status[j] = MULTIPLE
            return False
    return False


@compiled
def _known(status):
    return status == OK or status == CLOSE_MODES


@compiled
def _returns(above):
    """Whether the branch, once it is below the frequency, rises above it again at a faster rung of the ladder."""
    below = False
    for i in range(above.shape[0]):
        if below and not above[i]:
            return True
        below |= above[i]
    return False
