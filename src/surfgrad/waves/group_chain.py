"""From the gradient of the secular function and its slope along the branch to kernels of group velocity.

With c_m = -F_m/F_c along the branch, whose slopes by ln(k) are c_m' = -(F_m' + c_m F_c')/F_c and c' = U - c,

    dU/dm (w fixed) = U/c [(2 - U/c) c_m + c_m']            (Rodi et al. 1975, BSSA 65, equation 17, in k).
"""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.group_lanes import SLOPE
from surfgrad.waves.lanes import CC, G, K
from surfgrad.waves.layers import MU, RHO, A, B, H
from surfgrad.waves.sweep import LOVE

# Rows of the buffer, one for vectorisation as in `lanes`: a sublayer's gradient as the sweeps leave it, its slope
# and F, ...
BY_XA, BY_XB, BY_G, BY_RHO, BY_H = (LANES * row for row in range(5))
SLOPES = LANES * 5
LEFT = LANES * 10
ENTRY = LANES * 11
# ... its weight, c^2, 2/c^2, k of the lanes and the slopes of the first two, ...
WEIGHT, SQUARE, INVERSE, WAVENUMBER, SQUARE_SLOPE, INVERSE_SLOPE = (LANES * row for row in range(11, 17))
# ... the current layer's derivatives by thickness, vp, vs, rho and their slopes, ...
RESULT, RESULT_SLOPE = LANES * 17, LANES * 21
# ... and sums over the layers, as in `chain`, with theirs.
BY_XI, BY_LOG_MU, STRETCH, BY_XI_SLOPE, BY_LOG_MU_SLOPE, STRETCH_SLOPE = (LANES * row for row in range(25, 31))
# Mean of F over the sublayers, each weighing what it adds to `BY_XI`, and the sum of the weights.
MEAN, MASS = LANES * 31, LANES * 32
# Slope of the logarithm of the weight.
RISE = LANES * 33
WORK = LANES * 34


@compiled
def group_chain(wave, table, first, owner, gradient, log, reference, buf, group, miss):
    """dU/dm of the layers by thickness, vp, vs, rho in the first 4 LANES of each row (first + 1 rows).

    `group` (LANES,), U as the slopes were taken with, is replaced by U as it comes out. `miss` (LANES,): Newton's step
    from c to the root.
    """
    work, by_layer = np.zeros(WORK), np.zeros((first + 1, 8 * LANES))
    for i in range(LANES):
        work[SQUARE + i], work[INVERSE + i], work[WAVENUMBER + i] = buf[CC + i], buf[G + i], buf[K + i]
        work[SQUARE_SLOPE + i], work[INVERSE_SLOPE + i] = buf[SLOPE + CC + i], buf[SLOPE + G + i]
    layer, parts, steps, rises = -1, 0, owner.shape[0], False
    for step in range(steps + 1):
        following = owner[step] if step < steps else first
        if following != layer:
            if layer >= 0:
                _finish(table[layer, H], parts, work, by_layer, layer)
            layer, parts = following, 0
        for i in range(ENTRY):
            work[i] = gradient[step, i]
        if step == 0 or _differ(log, step):
            for i in range(LANES):
                work[WEIGHT + i] = np.exp(log[step, i] - reference[i])
                work[RISE + i] = log[step, LANES + i] - reference[LANES + i]
            rises = np.any(work[RISE : RISE + LANES])
        if rises:
            for row in range(0, SLOPES, LANES):
                for i in range(LANES):
                    work[SLOPES + row + i] += work[RISE + i] * work[row + i]
        _add(wave == LOVE, work, table[layer, A], table[layer, B], table[layer, MU], 1.0 / table[layer, RHO])
        parts += 1
    _finish(0.0, parts, work, by_layer, first)
    _to_group(wave == LOVE, work, by_layer, group, miss)
    return by_layer


@compiled
def _differ(log, step):
    changes = 0
    for i in range(LANES):
        changes |= log[step, i] != log[step - 1, i]
    return changes != 0


@compiled
def _add(love, work, a, b, mu, ir):
    """Add one sublayer to the current layer and to the sums."""
    vp, vs = 2.0 * a * np.sqrt(a), 2.0 * np.sqrt(b)
    # g = 2 mu/c^2 of `rayleigh`; Love's row holds the derivative by ln(mu) itself.
    one, more = (1.0, 0.0) if love else (0.0, mu)
    for i in range(LANES):
        at, w = SLOPES + i, work[WEIGHT + i]
        cc, rise, k = work[SQUARE + i], work[SQUARE_SLOPE + i], w * work[WAVENUMBER + i]
        xa, xb, txa, txb = w * work[BY_XA + i], w * work[BY_XB + i], w * work[BY_XA + at], w * work[BY_XB + at]
        factor, turn = w * (one + more * work[INVERSE + i]), w * more * work[INVERSE_SLOPE + i]
        by_mu, tby_mu = factor * work[BY_G + i], factor * work[BY_G + at] + turn * work[BY_G + i]
        work[RESULT + i] += k * work[BY_H + i]
        work[RESULT + LANES + i] += vp * cc * xa
        work[RESULT + 2 * LANES + i] += vs * (cc * b * xb + by_mu)
        work[RESULT + 3 * LANES + i] += ir * (w * work[BY_RHO + i] + by_mu)
        work[RESULT_SLOPE + i] += k * (work[BY_H + i] + work[BY_H + at])
        work[RESULT_SLOPE + LANES + i] += vp * (rise * xa + cc * txa)
        work[RESULT_SLOPE + 2 * LANES + i] += vs * (b * (rise * xb + cc * txb) + tby_mu)
        work[RESULT_SLOPE + 3 * LANES + i] += ir * (w * work[BY_RHO + at] + tby_mu)
        work[BY_XI + i] += xa * a + xb * b
        work[BY_LOG_MU + i] += by_mu
        mass = abs(xa * a + xb * b)
        work[MASS + i] += mass
        work[MEAN + i] += mass * w * work[LEFT + i]
        work[BY_XI_SLOPE + i] += txa * a + txb * b
        work[BY_LOG_MU_SLOPE + i] += tby_mu


@compiled
def _finish(h, parts, work, by_layer, layer):
    """Set a layer down. A sublayer's thickness is a part of its layer's: their mean is the derivative."""
    for i in range(LANES):
        work[RESULT + i] /= parts
        work[RESULT_SLOPE + i] /= parts
        work[STRETCH + i] += h * work[RESULT + i]
        work[STRETCH_SLOPE + i] += h * work[RESULT_SLOPE + i]
    for i in range(8 * LANES):
        by_layer[layer, i] = work[RESULT + i]
        work[RESULT + i] = 0.0


@compiled
def _to_group(love, work, by_layer, group, miss):
    """Turn F_m, in the first four rows of `by_layer`, and F_m', in the others, into dU/dm, in the first four."""
    share = 0.0 if love else 2.0
    by_m, by_slope = np.empty(LANES), np.empty(LANES)
    for i in range(LANES):
        c = np.sqrt(work[SQUARE + i])
        rise, ratio = group[i] - c, group[i] / c
        # F_c: at fixed frequency c is in xi = 1 - c^2/v^2, in g = 2 mu/c^2 and, by k h, in every thickness.
        rest = share * work[BY_LOG_MU + i] + work[STRETCH + i]
        turn = share * work[BY_LOG_MU_SLOPE + i] + work[STRETCH_SLOPE + i]
        f = -2.0 * c * work[BY_XI + i] - rest / c
        miss[i] = -work[MEAN + i] / work[MASS + i] / f
        group[i] = c * c / (c + work[STRETCH + i] / f)
        slope = -2.0 * (rise * work[BY_XI + i] + c * work[BY_XI_SLOPE + i]) - (turn - rest * rise / c) / c
        by_m[i], by_slope[i] = ratio * (ratio - 2.0 + slope / f) / f, -ratio / f
    for layer in range(by_layer.shape[0]):
        for row in range(0, 4 * LANES, LANES):
            for i in range(LANES):
                by_layer[layer, row + i] = (
                    by_m[i] * by_layer[layer, row + i] + by_slope[i] * by_layer[layer, 4 * LANES + row + i]
                )


@compiled
def largest(log):
    """The largest logarithm of every lane over the sublayers, and its slope (2 LANES,)."""
    greatest = np.full(2 * LANES, -np.inf)
    for step in range(log.shape[0]):
        for i in range(LANES):
            if log[step, i] > greatest[i]:
                greatest[i], greatest[LANES + i] = log[step, i], log[step, LANES + i]
    return greatest
