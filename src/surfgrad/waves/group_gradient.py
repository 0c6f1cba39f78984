"""Group velocity and its kernels from the secular function's derivatives and their slopes along the branch.

Where another mode, the half-space's vs or a fold (U = 0) is near, rounding grows. There kernels are taken three times:
the second time, which is given, at the root and the group velocity that the first has found, or at least `STEP` beside;
the third time of layers whose vs are off by a few roundings. What they differ by tells the error. (A step of c alone
does not mix modes of one frequency, as these are orthogonal; rounding of the layers does.)
"""

import numpy as np

from surfgrad.waves.chain import DENSITY, THICKNESS, VP, write_nan, write_out
from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.gradient import gradient
from surfgrad.waves.group_chain import group_chain, largest
from surfgrad.waves.group_lanes import SIZE, set_branch
from surfgrad.waves.group_love import love_slopes
from surfgrad.waves.group_rayleigh import rayleigh_slopes
from surfgrad.waves.lanes import BY_C, CC, STRETCH, G, K
from surfgrad.waves.layers import COLUMNS, RHO, A, B, H, layer_table, start_layer
from surfgrad.waves.sweep import RAYLEIGH, count_at

ALONE = 1e-2
"""Relative distance in frequency to which a mode must be alone for kernels to be taken only once; also |U|/c."""
SURE = 1e-9
"""Error that kernels stay below then."""
SETTLED = 1e-12
"""Relative difference of the U that slopes are taken with from the U found, above which they are taken anew."""
LID = 500.0
"""k times the thickness climbed above which U is taken from the slopes' sweeps; c is within 2e-12 of the root."""
STEP = 1e-15
"""Least relative step of c between the two evaluations."""
MARGIN = 4.0
"""Estimated error over what the evaluations differ by."""
SHAKE = 8.0 * 2.0**-52
"""Largest relative change of the layers' 1/vs^2."""
GOLDEN = 0.6180339887498949
FLOOR = 1e-2
"""Least value, in units of U/m (of U over wavelength for thickness), that a profile's error is measured by."""


@compiled
def group_of_models(wave, thickness, vp, vs, rho, omega, phase, group):
    """Fill `group` (N, T) at the roots `phase` (N, T); NaN where that is."""
    buf, u, table = np.zeros(SIZE), np.empty(LANES), np.empty((vs.shape[1], COLUMNS))
    room = np.empty((vs.shape[1], 4 * LANES))
    for m in range(vs.shape[0]):
        layer_table(thickness[m], vp[m], vs[m], rho[m], table)
        group[m] = phase[m]
        chosen = np.flatnonzero(~np.isnan(phase[m]))
        for begin in range(0, chosen.shape[0], LANES):
            lanes = chosen[begin : begin + LANES]
            _group_of_lanes(wave, table, _load(table, omega, phase[m], lanes, buf), buf, room, u)
            for i in range(lanes.shape[0]):
                group[m, lanes[i]] = u[i]


@compiled
def group_kernels_of_models(wave, thickness, vp, vs, rho, omega, mode, phase, group, out, begin, error):
    """Fill `group` (N, T), `error` (N, T) and, from model `begin` on, `out` (4, M, T, L); NaN where `phase` (N, T) is.

    `out`: derivatives of the group velocity by thickness, vp, vs, rho. `error`: their estimated error over the largest
    value of the parameter's profile.
    """
    table = np.empty((vs.shape[1], COLUMNS))
    for m in range(vs.shape[0]):
        layer_table(thickness[m], vp[m], vs[m], rho[m], table)
        _kernels_of_curve(wave, table, omega, mode, phase[m], group[m], out, begin + m, error[m])


@compiled
def _kernels_of_curve(wave, table, omega, mode, phase, group, out, model, error):
    buf, u, ones = np.zeros(SIZE), np.empty(LANES), np.ones(LANES)
    room = np.empty((table.shape[0], 4 * LANES))
    group[:], error[:] = phase, phase
    missing = np.isnan(phase)
    write_nan(np.flatnonzero(missing), out, model)
    chosen = np.flatnonzero(~missing)
    for begin in range(0, chosen.shape[0], LANES):
        lanes = chosen[begin : begin + LANES]
        first = _load(table, omega, phase, lanes, buf)
        _group_of_lanes(wave, table, first, buf, room, u)
        for i in range(lanes.shape[0]):
            group[lanes[i]] = u[i]
        by_layer, doubt = _kernels_of_lanes(wave, table, first, mode, buf, u)
        write_out(by_layer, first + 1, lanes, ones, out, model)
        for i in range(lanes.shape[0]):
            error[lanes[i]] = doubt[i]


@compiled
def _load(table, omega, phase, lanes, buf):
    """Put roots into the lanes; return the layer that stands for the half-space."""
    first = 0
    for i in range(LANES):
        j = lanes[min(i, lanes.shape[0] - 1)]
        k, c = omega[j] / phase[j], phase[j]
        buf[K + i], buf[CC + i], buf[G + i] = k, c * c, 2.0 / (c * c)
        first = max(first, start_layer(table, k, c))
    return first


@compiled
def _group_of_lanes(wave, table, first, buf, by_layer, group):
    """Fill `group` (LANES,): U = c^2/(c - sum h dc/dh), see `group`.

    F grows by exp(k h) over a layer in which the wave decays, so that derivatives at a c beside the root hold k h times
    the distance. Above thick lids U is that of `group_chain`, which takes the growth off.
    """
    gradient(wave, table, first, buf, by_layer)
    for i in range(LANES):
        group[i] = buf[CC + i] / (np.sqrt(buf[CC + i]) + buf[STRETCH + i] / buf[BY_C + i])
    under_lid = _under_lid(table, buf)
    if under_lid.any():
        settled = group.copy()
        _evaluate(wave, table, first, buf, settled, np.empty(LANES))
        for i in np.flatnonzero(under_lid):
            group[i] = settled[i]


@compiled
def _under_lid(table, buf):
    """Which lanes (LANES,) climb more than LID; of each lane alone, whatever others are with it."""
    climbed = np.zeros(LANES)
    for i in range(LANES):
        k = buf[K + i]
        for layer in range(start_layer(table, k, np.sqrt(buf[CC + i]))):
            climbed[i] += k * table[layer, H]
    return climbed > LID


@compiled
def _kernels_of_lanes(wave, table, first, mode, buf, group):
    """dU/dm of the layers in the first 4 LANES of each row (first + 1 rows), and their errors (LANES,)."""
    error, miss = np.full(LANES, SURE), np.empty(LANES)
    near = _near(wave, table, mode, buf, group)
    by_layer = _evaluate_settled(wave, table, first, near, buf, group, miss)
    if not near.any():
        return by_layer, error
    for i in range(LANES):
        c = np.sqrt(buf[CC + i])
        omega = buf[K + i] * c
        c += miss[i] if abs(miss[i]) > STEP * c else -STEP * c
        buf[K + i], buf[CC + i], buf[G + i] = omega / c, c * c, 2.0 / (c * c)
    again = _evaluate(wave, table, first, buf, group, miss)
    third = _evaluate(wave, _shaken(table), first, buf, group.copy(), miss)
    for i in np.flatnonzero(near):
        moved = _change(table, by_layer, again, buf[K + i], group[i], i)
        shaken = _change(table, third, again, buf[K + i], group[i], i)
        error[i] = max(SURE, MARGIN * max(moved, shaken))
        by_layer[:, i : 4 * LANES : LANES] = again[:, i : 4 * LANES : LANES]
    return by_layer, error


@compiled
def _evaluate_settled(wave, table, first, near, buf, group, miss):
    """`_evaluate`, and anew where that finds another U than it was given, but in the lanes `near`, which are anyway.

    The U given comes from sweeps in which a thick lid multiplies F, not quite 0 at a root, by k h; the one found does
    not. Their difference is in F_m', and the nearest mode at a distance of ALONE multiplies it.
    """
    given = group.copy()
    by_layer = _evaluate(wave, table, first, buf, group, miss)
    unsettled = ~near & (np.abs(group - given) > SETTLED * np.abs(given))
    if unsettled.any():
        settled = _evaluate(wave, table, first, buf, group, miss)
        for i in np.flatnonzero(unsettled):
            by_layer[:, i : 4 * LANES : LANES] = settled[:, i : 4 * LANES : LANES]
    return by_layer


@compiled
def _evaluate(wave, table, first, buf, group, miss):
    set_branch(buf, group)
    owner, gradient, log = rayleigh_slopes(table, first, buf) if wave == RAYLEIGH else love_slopes(table, first, buf)
    return group_chain(wave, table, first, owner, gradient, log, largest(log), buf, group, miss)


@compiled
def _near(wave, table, mode, buf, group):
    """Which lanes (LANES,) have a mode, the half-space's vs or U = 0 within ALONE."""
    near, k, c = np.zeros(LANES, np.bool_), np.empty(2 * LANES), np.empty(2 * LANES)
    top = 1.0 / np.sqrt(table[-1, B])
    for i in range(LANES):
        v = np.sqrt(buf[CC + i])
        near[i] = v * (1.0 + ALONE) > top or abs(group[i]) < ALONE * v
        k[i], c[i], k[LANES + i], c[LANES + i] = buf[K + i], v * (1.0 - ALONE), buf[K + i], min(v * (1.0 + ALONE), top)
    count = count_at(wave, table, k, c)
    for i in range(LANES):
        near[i] |= count[i] != mode or count[LANES + i] != mode + 1
    return near


@compiled
def _shaken(table):
    """The layers with every vs off by some roundings, no two by the same."""
    out = table.copy()
    for layer in range(table.shape[0]):
        out[layer, B] *= 1.0 + SHAKE * (2.0 * ((layer * GOLDEN) % 1.0) - 1.0)
    return out


@compiled
def _change(table, one, two, k, u, i):
    """Largest difference of `one` from `two`, lane i, over the largest of `two` (at least FLOOR U/m, of a parameter m).

    Of each parameter's profile; the largest of the four.
    """
    worst, total = 0.0, 0.0
    for row in range(4):
        change, most, unit = 0.0, 0.0, 2.0 * np.pi / k
        if row != THICKNESS:
            unit = _largest_parameter(table, row)
        for layer in range(one.shape[0]):
            at = LANES * row + i
            change = max(change, abs(one[layer, at] - two[layer, at]))
            most = max(most, abs(two[layer, at]))
            total += one[layer, at] + two[layer, at]
        worst = max(worst, change / max(most, FLOOR * abs(u) / unit))
    # A maximum passes over NaN, a sum does not.
    return worst if abs(total) < np.inf else np.inf


@compiled
def _largest_parameter(table, row):
    largest = 0.0
    for layer in range(table.shape[0]):
        square = table[layer, A if row == VP else B]
        velocity = 1.0 / np.sqrt(square) if square > 0.0 else 0.0
        largest = max(largest, table[layer, RHO] if row == DENSITY else velocity)
    return largest
