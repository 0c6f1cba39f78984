"""Kernels of a phase velocity by the implicit function theorem: dc/dm = -F_m / F_c, F the secular function."""

import numpy as np

from surfgrad.waves.chain import write_nan, write_out
from surfgrad.waves.compiled import LANES, compiled, inlined
from surfgrad.waves.lanes import BY_C, CC, GRADIENT_SIZE, G, K
from surfgrad.waves.layers import COLUMNS, layer_table, start_layer
from surfgrad.waves.love_gradient import love_gradient
from surfgrad.waves.rayleigh_gradient import rayleigh_gradient
from surfgrad.waves.sweep import RAYLEIGH


@compiled
def kernels_of_models(wave, thickness, vp, vs, rho, omega, velocity, out, begin):
    """Fill `out` (4, M, T, L) from model `begin` on: derivatives by thickness, vp, vs, rho; NaN where `velocity` (N, T)
    is NaN."""
    table = np.empty((vs.shape[1], COLUMNS))
    for i in range(vs.shape[0]):
        layer_table(thickness[i], vp[i], vs[i], rho[i], table)
        _kernels_of_curve(wave, table, omega, velocity[i], out, begin + i)


@compiled
def _kernels_of_curve(wave, table, omega, velocity, out, model):
    buf, by_layer = np.empty(GRADIENT_SIZE), np.empty((table.shape[0], 4 * LANES))
    missing = np.isnan(velocity)
    chosen = np.flatnonzero(~missing)
    write_nan(np.flatnonzero(missing), out, model)
    for begin in range(0, chosen.shape[0], LANES):
        first = 0
        for i in range(LANES):
            j = chosen[min(begin + i, chosen.shape[0] - 1)]
            c = velocity[j]
            buf[K + i], buf[CC + i], buf[G + i] = omega[j] / c, c * c, 2.0 / (c * c)
            first = max(first, start_layer(table, omega[j] / c, c))
        gradient(wave, table, first, buf, by_layer)
        # dc/dm = -F_m/F_c
        write_out(by_layer, first + 1, chosen[begin : begin + LANES], -1.0 / buf[BY_C : BY_C + LANES], out, model)


@inlined
def gradient(wave, table, first, buf, by_layer):
    """F_m in `by_layer`, F_c and the sum of h F_h in the rows BY_C and STRETCH of `buf`."""
    if wave == RAYLEIGH:
        rayleigh_gradient(table, first, buf, by_layer)
    else:
        love_gradient(table, first, buf, by_layer)
