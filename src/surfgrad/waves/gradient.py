"""Kernels of a phase velocity by the implicit function theorem: dc/dm = -F_m / F_c, F the secular function."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.lanes import CC, GRADIENT_SIZE, G, K
from surfgrad.waves.layers import COLUMNS, MU, RHO, A, B, H, layer_table, start_layer
from surfgrad.waves.love_gradient import love_gradient
from surfgrad.waves.rayleigh_gradient import rayleigh_gradient
from surfgrad.waves.sweep import LOVE, RAYLEIGH

THICKNESS, VP, VS, DENSITY = range(4)
BY_XA, BY_XB, BY_G, BY_RHO, BY_H = (LANES * row for row in range(5))
"""Rows of a gradient's entry (see `lanes`)."""


@compiled
def kernels_of_models(wave, thickness, vp, vs, rho, omega, velocity, out):
    """Fill `out` (N, 4, T, L): derivatives by thickness, vp, vs, rho; NaN where `velocity` (N, T) is NaN."""
    table = np.empty((vs.shape[1], COLUMNS))
    for i in range(vs.shape[0]):
        layer_table(thickness[i], vp[i], vs[i], rho[i], table)
        _kernels_of_curve(wave, table, omega, velocity[i], out[i])


@compiled
def _kernels_of_curve(wave, table, omega, velocity, out):
    buf = np.empty(GRADIENT_SIZE)
    chosen = np.flatnonzero(~np.isnan(velocity))
    out[:] = np.nan
    for begin in range(0, chosen.shape[0], LANES):
        first = 0
        for i in range(LANES):
            j = chosen[min(begin + i, chosen.shape[0] - 1)]
            c = velocity[j]
            buf[K + i], buf[CC + i], buf[G + i] = omega[j] / c, c * c, 2.0 / (c * c)
            first = max(first, start_layer(table, omega[j] / c, c))
        owner, gradient, log = (
            rayleigh_gradient(table, first, buf) if wave == RAYLEIGH else love_gradient(table, first, buf)
        )
        for i in range(min(LANES, chosen.shape[0] - begin)):
            j = chosen[begin + i]
            _assemble(wave, table, first, owner, gradient, log, i, omega[j], velocity[j], out[:, j])


@compiled
def _assemble(wave, table, first, owner, gradient, log, lane, omega, c, out):
    """dc/dm = -F_m/F_c of one lane into `out` (4, L)."""
    by_c = chain(wave, table, first, owner, gradient, log, lane, log[:, lane].max(), omega, c, out)
    out /= -by_c


@compiled
def chain(wave, table, first, owner, gradient, log, lane, reference, omega, c, out):
    """From (xi_a, xi_b, g or ln(mu), rho, k h) to the layers' parameters: F_m into `out` (4, L); returns F_c.

    Both are times exp(-`reference`).
    """
    k = omega / c
    weight, weighed, by_c = 0.0, np.nan, 0.0
    out[:] = 0.0
    for step in range(owner.shape[0] + 1):
        layer = owner[step] if step < owner.shape[0] else first
        if log[step, lane] != weighed:
            weighed = log[step, lane]
            weight = np.exp(weighed - reference)
        a, b, g = table[layer, A], table[layer, B], 2.0 * table[layer, MU] / (c * c)
        by_xa, by_xb = weight * gradient[step, BY_XA + lane], weight * gradient[step, BY_XB + lane]
        by_g, by_rho = weight * gradient[step, BY_G + lane], weight * gradient[step, BY_RHO + lane]
        by_h = weight * gradient[step, BY_H + lane]
        by_c -= 2.0 * c * (by_xa * a + by_xb * b)
        if wave == LOVE:
            by_log_mu = by_g
        else:
            by_log_mu = by_g * g
            by_c -= 2.0 * by_log_mu / c
        out[VP, layer] += 2.0 * c * c * by_xa * a * np.sqrt(a)
        out[VS, layer] += 2.0 * np.sqrt(b) * (c * c * by_xb * b + by_log_mu)
        out[DENSITY, layer] += (by_rho + by_log_mu) / table[layer, RHO]
        out[THICKNESS, layer] += k * by_h
    # A sublayer's thickness is a part of its layer's: their mean is the derivative, their sum enters dF/dc.
    parts = np.zeros(first + 1)
    for layer in owner:
        parts[layer] += 1.0
    for layer in range(first):
        out[THICKNESS, layer] /= max(parts[layer], 1.0)
        by_c -= out[THICKNESS, layer] * table[layer, H] / c
    return by_c
