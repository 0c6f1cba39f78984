"""The chain rule from what a gradient sweep differentiates by to the layers' parameters, for all lanes at once."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.lanes import CC, G, K
from surfgrad.waves.layers import MU, RHO, A, B, H
from surfgrad.waves.sweep import LOVE

THICKNESS, VP, VS, DENSITY = range(4)
# Rows of the buffer, one for vectorisation as in `lanes`: a sublayer's gradient as the sweeps leave it, ...
BY_XA, BY_XB, BY_G, BY_RHO, BY_H = (LANES * row for row in range(5))
# ... its weight, c^2, 2/c^2 and k of the lanes, ...
WEIGHT, SQUARE, INVERSE, WAVENUMBER = (LANES * row for row in range(5, 9))
# ... the current layer's derivatives by thickness, vp, vs, rho, ...
RESULT = LANES * 9
# ... and sums over the layers: by xi (less 1, over -c^2), by ln(mu), by thickness times thickness.
BY_XI, BY_LOG_MU, STRETCH = (LANES * row for row in range(13, 16))
SIZE = LANES * 16
BLOCK = 8
"""Layers that are written out together: rows of the result often lie at distances that share a place in the cache."""


@compiled
def chain(wave, table, first, owner, gradient, log, reference, buf):
    """From (xi_a, xi_b, g or ln(mu), rho, k h) to the layers' parameters: (F_m (first + 1, 4 LANES), F_c (LANES,)).

    Both are times exp(-`reference`) (LANES,). F_m is 0 where nothing depends on a layer, as Love waves on water.
    """
    work, by_layer = np.zeros(SIZE), np.zeros((first + 1, 4 * LANES))
    for i in range(LANES):
        work[SQUARE + i], work[INVERSE + i], work[WAVENUMBER + i] = buf[CC + i], buf[G + i], buf[K + i]
    steps = owner.shape[0]
    layer, parts = -1, 0
    for step in range(steps + 1):
        following = owner[step] if step < steps else first
        if following != layer:
            if layer >= 0:
                _finish(table[layer, H], parts, work, by_layer, layer)
            layer, parts = following, 0
        _bring(gradient, step, work)
        if step == 0 or _differ(log, step):
            for i in range(LANES):
                work[WEIGHT + i] = np.exp(log[step, i] - reference[i])
        _add(wave == LOVE, work, table[layer, A], table[layer, B], table[layer, MU], 1.0 / table[layer, RHO])
        parts += 1
    _finish(0.0, parts, work, by_layer, first)
    return by_layer, _by_velocity(wave, work)


@compiled
def write_out(by_layer, lanes, factor, out):
    """`factor` (LANES,) times F_m into the rows `lanes` of `out` (4, T, L), 0 below; a cache line at a time."""
    depth = by_layer.shape[0]
    for top in range(0, depth, BLOCK):
        bottom = min(top + BLOCK, depth)
        for p in range(4):
            for i in range(lanes.shape[0]):
                j = lanes[i]
                for layer in range(top, bottom):
                    out[p, j, layer] = factor[i] * by_layer[layer, p * LANES + i]
    for j in lanes:
        out[:, j, depth:] = 0.0


@compiled
def _bring(gradient, step, work):
    for i in range(WEIGHT):
        work[i] = gradient[step, i]


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
    for i in range(LANES):
        weight, square = work[WEIGHT + i], work[SQUARE + i]
        by_xa, by_xb = weight * work[BY_XA + i], weight * work[BY_XB + i]
        # g = 2 mu/c^2 of `rayleigh`; Love's row holds the derivative by ln(mu) itself.
        by_log_mu = weight * work[BY_G + i] * (1.0 if love else mu * work[INVERSE + i])
        work[RESULT + i] += work[WAVENUMBER + i] * weight * work[BY_H + i]
        work[RESULT + LANES + i] += vp * square * by_xa
        work[RESULT + 2 * LANES + i] += vs * (square * b * by_xb + by_log_mu)
        work[RESULT + 3 * LANES + i] += ir * (weight * work[BY_RHO + i] + by_log_mu)
        work[BY_XI + i] += by_xa * a + by_xb * b
        work[BY_LOG_MU + i] += by_log_mu


@compiled
def _finish(h, parts, work, by_layer, layer):
    """Set a layer down. A sublayer's thickness is a part of its layer's: their mean is the derivative."""
    for i in range(LANES):
        work[RESULT + i] /= parts
        work[STRETCH + i] += h * work[RESULT + i]
    for i in range(4 * LANES):
        by_layer[layer, i] = work[RESULT + i]
        work[RESULT + i] = 0.0


@compiled
def _by_velocity(wave, work):
    """F_c: at fixed frequency c is in xi = 1 - c^2/v^2, in g = 2 mu/c^2 and, by k h, in every thickness."""
    by_c = np.empty(LANES)
    for i in range(LANES):
        c = np.sqrt(work[SQUARE + i])
        by_mu = 0.0 if wave == LOVE else work[BY_LOG_MU + i]
        by_c[i] = -2.0 * c * work[BY_XI + i] - (2.0 * by_mu + work[STRETCH + i]) / c
    return by_c
