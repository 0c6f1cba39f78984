"""The table of layer constants that every compiled routine reads, and how layers are cut into sublayers."""

import numpy as np

from surfgrad.waves.compiled import inlined, lean
from surfgrad.waves.series import LONG_REACH

# Columns of the layer table.
H, A, B, RHO, MU, SAFE, TOP, SLOW, FAST, SUM = range(10)
"""Thickness (km), 1/vp^2, 1/vs^2 (s2/km2; 0 in water), density (g/cm3), rigidity (GPa), `safe`: the velocity (km/s)
below which no mode can live in this layer and the ones under it, the depth of its top (km), the greatest 1/vs^2 of
its block, the least 1/vs^2 of the whole model's solid layers, and vs (of sound in water) integrated down to the
layer's top (km2/s)."""
COLUMNS = SUM + 1
BLOCKS = 32
"""Number of blocks of layers in which the depth of a sweep is chosen."""

CLAMPED = 9.0
"""(vertical S phase)^2 that a sublayer may hold: below pi^2, so that no clamped sublayer resonates."""

DECAY = 16.0
"""k times depth over which the S field must decay before deeper layers are left out of a sweep."""

DEPTH_STEP = 400.0
"""(k h)^2 that a sublayer may hold: keeps cosh * cosh far from overflow."""

GRAZING = 5e-16
"""1 - c^2/v^2 that rounding leaves at c = v. Under soft ground rock tells its square root, 1e-8, from 0: by that much
a cut-off would move."""

UNSETTLED = 3e-15
"""What 1 - c^2/v^2 may be off by: a search ends within 1e-15 of c, and c^2, 1/v^2 and their product are rounded."""


@lean
def layer_table(thickness, vp, vs, rho, table):
    """Fill `table` (L, COLUMNS) for one model."""
    last = vs.shape[0] - 1
    for i in range(last + 1):
        table[i, H] = thickness[i] if i < last else 0.0
        table[i, A] = 1.0 / vp[i] ** 2
        table[i, B] = 1.0 / vs[i] ** 2 if vs[i] > 0.0 else 0.0
        table[i, RHO] = rho[i]
        table[i, MU] = rho[i] * vs[i] ** 2
        table[i, TOP] = table[i - 1, TOP] + table[i - 1, H] if i > 0 else 0.0
        table[i, SUM] = table[i - 1, SUM] + table[i - 1, H] * shear_speed(table, i - 1) if i > 0 else 0.0
    _fill_safe(table)
    _fill_slow(table)


@inlined
def shear_speed(table, i):
    """vs of layer i; of sound where it is water."""
    return 1.0 / np.sqrt(table[i, B] if table[i, B] > 0.0 else table[i, A])


@inlined
def _fill_safe(table):
    """Fill the column SAFE.

    Below a depth where fields are clamped, (strain energy) = int mu |grad u|^2 + (lambda + mu) (div u)^2 plus terms
    at the jumps of mu alone, each at most |jump| k |u|^2 <= coth(k d) |jump|/mu times the energy within d of it. So
    no mode is slower than the least vs times sqrt(1 - share), share = 1.32 times the largest sum of |jump|/mu
    within d = 1/k. Sweeps start above the half-space only where DECAY/k fits into the layers, which bounds d. Nor
    is any mode slower than the Rayleigh wave at vanishing bulk modulus (0.689 vs) of the least rigidity and the
    greatest density.
    """
    last = table.shape[0] - 1
    window = table[last, TOP] / DECAY
    slowest, softest, heaviest, share = np.inf, np.inf, 0.0, 0.0
    far, inside, distance = last, 0.0, 0.0
    for i in range(last + 1):
        table[i, SAFE] = 0.0
    for i in range(last, -1, -1):
        if table[i, MU] == 0.0:
            break
        slowest = min(slowest, 1.0 / np.sqrt(table[i, B]))
        softest, heaviest = min(softest, table[i, MU]), max(heaviest, table[i, RHO])
        share = max(share, inside)
        table[i, SAFE] = max(0.68 * np.sqrt(softest / heaviest), 0.99 * slowest * np.sqrt(max(0.0, 1.0 - 1.32 * share)))
        # Take the interface above this layer into the window, and let those fall out that are now too deep.
        if i > 0:
            inside += _relative_jump(table, i)
            distance += table[i, H]
            while distance > window and far > i:
                inside -= _relative_jump(table, far)
                distance -= table[far - 1, H]
                far -= 1


@inlined
def _relative_jump(table, i):
    return abs(table[i, MU] - table[i - 1, MU]) / max(table[i, MU], table[i - 1, MU])


@inlined
def decay_rate(c2, slowness2):
    """sqrt(1 - c^2/v^2) of a half-space's field: 0 at c = v and where v is exceeded."""
    xi = 1.0 - c2 * slowness2
    return np.sqrt(xi if xi > GRAZING else 0.0)


@inlined
def settled_rate(c2, slowness2, rate):
    """`decay_rate` as a gradient needs it: `rate` (what F = 0 asks for) where rounding of c can't tell it from that.

    Beside the half-space's vs a derivative goes as 1/rate, of which rounding of c^2/v^2 leaves few digits; the layers
    above know it to rounding of 1. Never 0: at c = v both F_m and F_c are infinite, and just off it their quotient is
    right.
    """
    xi = 1.0 - c2 * slowness2
    return rate if rate > 0.0 and abs(rate * rate - xi) <= UNSETTLED else np.sqrt(max(1e-100, xi))


@lean
def sublayers(h, b, kk_low, kk_high, ww_high):
    """Number of equal parts of a layer in which nothing resonates and nothing overflows, for k^2, w^2 in the bounds."""
    phase = h * h * (ww_high * b - kk_low) / CLAMPED
    depth = h * h * kk_high / DEPTH_STEP
    worst = max(phase, depth)
    return 1 if worst <= 1.0 else int(np.ceil(np.sqrt(worst)))


@lean
def doublings(reach):
    """How often `reach`, a bound of |x|, is divided by four until the series serves it."""
    count = 0
    while reach > LONG_REACH:
        reach *= 0.25
        count += 1
    return count


@inlined
def _fill_slow(table):
    size = table.shape[0]
    step = _block(size)
    for begin in range(0, size, step):
        end = min(begin + step, size)
        slow = 0.0
        for i in range(begin, end):
            slow = max(slow, table[i, B])
        for i in range(begin, end):
            table[i, SLOW] = slow
    fast = np.inf
    for i in range(size):
        if table[i, B] > 0.0:
            fast = min(fast, table[i, B])
    for i in range(size):
        table[i, FAST] = fast


@inlined
def _block(size):
    return (size + BLOCKS - 1) // BLOCKS


@lean
def start_layer(table, k, c):
    """Index of the layer that may stand for the half-space at (k, c).

    Every layer from some depth on is safely faster than c, and from there to the layer returned the S field decays by
    exp(-DECAY): what lies deeper moves the secular function by exp(-2 DECAY), below rounding.
    """
    last = table.shape[0] - 1
    needed = DECAY / k
    # Not even the fastest layer's decay over the whole depth would do: most long periods.
    if table[last, TOP] * np.sqrt(max(0.0, 1.0 - c * c * table[0, FAST])) <= needed:
        return last
    step = _block(last + 1)
    decay = 0.0
    for i in range(0, last, step):
        if table[i, SAFE] > c:
            if decay > needed:
                return i
            end = min(i + step, last)
            decay += (table[end, TOP] - table[i, TOP]) * np.sqrt(1.0 - c * c * table[i, SLOW])
    return last
