"""The chain rule from what a gradient sweep differentiates by to the layers' parameters, sublayer by sublayer.

A sweep leaves one sublayer's derivatives in the rows BY_XA ... BY_H of the lanes' buffer, less a factor exp(TOTAL).
They are added up times exp(TOTAL - REFERENCE), REFERENCE the greatest TOTAL so far; when it grows, which is seldom, all
sums shrink. A sweep's `by_layer` (L, 4 LANES) is filled as far as it goes: F_m by thickness, vp, vs, rho.
"""

import numpy as np

from surfgrad.waves.compiled import LANES, inlined, lean
from surfgrad.waves.lanes import (
    BY_C,
    BY_G,
    BY_H,
    BY_LOG_MU,
    BY_RHO,
    BY_XA,
    BY_XB,
    BY_XI,
    CC,
    REFERENCE,
    RESULT,
    STRETCH,
    TOTAL,
    WEIGHT,
    WEIGHT_CC,
    WEIGHT_G,
    WEIGHT_K,
    G,
    K,
)
from surfgrad.waves.layers import MU, RHO, A, B

THICKNESS, VP, VS, DENSITY = range(4)
BLOCK = 4
"""Layers that are written out together."""


@lean
def begin_chain(buf):
    """Forget what has been added up."""
    for i in range(LANES):
        buf[REFERENCE + i] = -np.inf
    for i in range(RESULT, BY_C + LANES):
        buf[i] = 0.0


@lean
def weigh(buf, by_layer, depth):
    """Have derivatives that lack the factor exp(TOTAL) added from now on; no layer from `depth` on is set down yet."""
    grows = 0
    for i in range(LANES):
        grows |= buf[TOTAL + i] > buf[REFERENCE + i]
    if grows != 0:
        _shrink(buf, by_layer, depth)
    for i in range(LANES):
        weight = np.exp(buf[TOTAL + i] - buf[REFERENCE + i])
        buf[WEIGHT + i] = weight
        buf[WEIGHT_K + i] = weight * buf[K + i]
        buf[WEIGHT_CC + i] = weight * buf[CC + i]
        buf[WEIGHT_G + i] = weight * buf[G + i]


@lean
def _shrink(buf, by_layer, depth):
    """Raise REFERENCE to TOTAL where that is greater."""
    for i in range(LANES):
        greater = max(buf[REFERENCE + i], buf[TOTAL + i])
        factor, buf[REFERENCE + i] = np.exp(buf[REFERENCE + i] - greater), greater
        for row in range(RESULT, BY_C, LANES):
            buf[row + i] *= factor
        for row in range(0, 4 * LANES, LANES):
            for layer in range(depth):
                by_layer[layer, row + i] *= factor


@lean
def add(table, layer, h, share, buf):
    """Add the sublayer whose derivatives are in the rows BY_XA ... BY_H: of thickness `h`, a `share` of its layer.

    A sublayer's thickness is a part of its layer's: their mean is the derivative.
    """
    layer_constants = constants(table[layer, A], table[layer, B], table[layer, MU], table[layer, RHO])
    for i in range(LANES):
        gradient = (buf[BY_XA + i], buf[BY_XB + i], buf[BY_G + i], buf[BY_RHO + i], buf[BY_H + i])
        by_h, by_vp, by_vs, by_rho = by_parameters(buf, i, layer_constants, h, gradient)
        buf[RESULT + i] += share * by_h
        buf[RESULT + LANES + i] += by_vp
        buf[RESULT + 2 * LANES + i] += by_vs
        buf[RESULT + 3 * LANES + i] += by_rho


@inlined
def constants(a, b, mu, rho):
    """What `by_parameters` needs of a layer: 1/vp^2, 1/vs^2, mu, 1/rho, 2/vp^3, 2/vs."""
    return a, b, mu, 1.0 / rho, 2.0 * a * np.sqrt(a), 2.0 * np.sqrt(b)


@inlined
def by_parameters(buf, i, layer_constants, h, gradient):
    """Add lane i's derivatives by a sublayer's xi_a, xi_b, g, ln(rho), k h to the sums; (by thickness, vp, vs, rho)."""
    a, b, mu, ir, vp, vs = layer_constants
    by_xa, by_xb, by_g, by_rho, by_h = gradient
    by_xa, by_xb, by_h = buf[WEIGHT_CC + i] * by_xa, buf[WEIGHT_CC + i] * by_xb, buf[WEIGHT_K + i] * by_h
    by_log_mu = mu * buf[WEIGHT_G + i] * by_g
    buf[BY_XI + i] += a * by_xa + b * by_xb
    buf[BY_LOG_MU + i] += by_log_mu
    buf[STRETCH + i] += h * by_h
    by_rho = buf[WEIGHT + i] * by_rho
    return by_h, vp * by_xa, vs * (b * by_xb + by_log_mu), ir * (by_rho + by_log_mu)


@lean
def set_down(buf, by_layer, layer):
    """Write down a layer that is complete."""
    for i in range(4 * LANES):
        by_layer[layer, i] = buf[RESULT + i]
        buf[RESULT + i] = 0.0


@lean
def end_chain(buf):
    """BY_C: at fixed frequency c is in xi = 1 - c^2/v^2, in g = 2 mu/c^2 and, by k h, in every thickness."""
    for i in range(LANES):
        total = 2.0 * (buf[BY_XI + i] + buf[BY_LOG_MU + i]) + buf[STRETCH + i]
        buf[BY_C + i] = -total / np.sqrt(buf[CC + i])


@lean
def write_out(by_layer, depth, lanes, factor, out, model):
    """`factor` (LANES,) times F_m into the rows `lanes` of `out` (4, M, T, L) at `model`, 0 from layer `depth` on.

    Lanes go across periods, rows down the layers: some layers at a time, so that what is read stays near.
    """
    whole = depth - depth % BLOCK
    for p in range(4):
        for top in range(0, whole, BLOCK):
            for i in range(lanes.shape[0]):
                _write_block(by_layer, top, p * LANES + i, factor[i], out, p, model, lanes[i])
        for i in range(lanes.shape[0]):
            for layer in range(whole, depth):
                out[p, model, lanes[i], layer] = factor[i] * by_layer[layer, p * LANES + i]
            for layer in range(depth, out.shape[3]):
                out[p, model, lanes[i], layer] = 0.0


@inlined
def _write_block(by_layer, top, at, factor, out, p, model, j):
    # Written at once, and not in a loop: for a loop the compiler gathers, which takes longer.
    first, second, third, fourth = (
        by_layer[top, at],
        by_layer[top + 1, at],
        by_layer[top + 2, at],
        by_layer[top + 3, at],
    )
    out[p, model, j, top] = factor * first
    out[p, model, j, top + 1] = factor * second
    out[p, model, j, top + 2] = factor * third
    out[p, model, j, top + 3] = factor * fourth


@lean
def write_nan(missing, out, model):
    """NaN into the rows `missing`."""
    for p in range(4):
        for j in missing:
            for layer in range(out.shape[3]):
                out[p, model, j, layer] = np.nan
