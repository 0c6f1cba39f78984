"""Derivatives of the secular function by the layers of a water column.

<V, Y> = (adjoint . state) at any depth of the column, with the state (W1, W2) of the solution from the surface (see
`water`) and an adjoint that at the sea floor is (-s_zz s_xz, u_z s_xz) of the solid's solution below.
"""

import numpy as np

from surfgrad.waves.chain import add, set_down, weigh
from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.lanes import (
    BY_G,
    BY_H,
    BY_RHO,
    BY_XA,
    BY_XB,
    CC,
    DA,
    LOG,
    LOG_W,
    QA,
    SA,
    TOTAL,
    W1,
    W2,
    X1,
    X2,
    XA,
    K,
    fill_derivatives,
)
from surfgrad.waves.layers import RHO, A, H
from surfgrad.waves.water import fill_water, rescale, surface, water_parts


@compiled
def water_gradient(table, wet, buf, bounds, adjoint1, adjoint2, by_layer):
    """Add the derivatives by the `wet` layers to the sums, and fill `by_layer`, as in `rayleigh_gradient`.

    `adjoint1`, `adjoint2` (LANES,): d<V, Y>/dW1 and d<V, Y>/dW2 at the sea floor, times exp(-LOG).
    """
    total = 0
    for layer in range(wet):
        total += water_parts(table, layer, bounds)[0]
    owner, thick = np.empty(total, np.int64), np.empty(total)
    store, logs = np.empty((total, 2 * LANES)), np.empty((total, LANES))
    _keep_states(table, wet, buf, bounds, owner, thick, store, logs)
    buf[X1 : X1 + LANES] = adjoint1
    buf[X2 : X2 + LANES] = adjoint2
    buf[LOG_W : LOG_W + LANES] = 0.0
    above = -1
    for step in range(total - 1, -1, -1):
        layer, rho = owner[step], table[owner[step], RHO]
        if layer != above:
            fill_water(table, layer, thick[step], buf, bounds)
            reach = thick[step] ** 2 * max(bounds[1] ** 2, bounds[2] * table[layer, A])
            fill_derivatives(buf, thick[step], table[layer, A], DA, SA, QA, reach)
            above = layer
        buf[TOTAL : TOTAL + LANES] = logs[step] + buf[LOG_W : LOG_W + LANES] + buf[LOG : LOG + LANES]
        weigh(buf, by_layer, wet)
        buf[W1 : W1 + LANES] = store[step, :LANES]
        buf[W2 : W2 + LANES] = store[step, LANES:]
        _differentiate(buf, rho, thick[step], table[layer, A])
        add(table, layer, thick[step], thick[step] / table[layer, H], buf)
        if step == 0 or owner[step - 1] != layer:
            set_down(buf, by_layer, layer)


@compiled
def _keep_states(table, wet, buf, bounds, owner, thick, store, logs):
    surface(buf)
    step = 0
    for layer in range(wet):
        parts, h = water_parts(table, layer, bounds)
        fill_water(table, layer, h, buf, bounds)
        for _ in range(parts):
            owner[step], thick[step] = layer, h
            store[step, :LANES] = buf[W1 : W1 + LANES]
            store[step, LANES:] = buf[W2 : W2 + LANES]
            logs[step] = buf[LOG_W : LOG_W + LANES]
            _descend_state(buf, table[layer, RHO])
            step += 1


@compiled
def _descend_state(buf, rho):
    for i in range(LANES):
        u, s, c = buf[W1 + i], buf[W2 + i], 1.0 + buf[DA + i]
        buf[W1 + i] = c * u - buf[XA + i] * s / rho
        buf[W2 + i] = c * s - rho * buf[SA + i] * u
    rescale(buf, rho)


@compiled
def _differentiate(buf, rho, h, slowness2):
    """Derivatives by one sublayer, W above it and the adjoint X below; then X taken to above it."""
    for i in range(LANES):
        xi = 1.0 - buf[CC + i] * slowness2
        c, s, x, q = 1.0 + buf[DA + i], buf[SA + i], buf[XA + i], buf[QA + i]
        u, p, x1, x2 = buf[W1 + i], buf[W2 + i] / rho, buf[X1 + i], rho * buf[X2 + i]
        half, edge = 0.5 * buf[K + i] * h * s, s + xi * q
        buf[BY_XA + i] = x1 * (half * u - edge * p) + x2 * (half * p - q * u)
        buf[BY_H + i] = x1 * xi * (s * u - c * p) + x2 * (x * p - c * u)
        buf[BY_RHO + i] = x1 * x * p - x2 * s * u
        buf[BY_XB + i], buf[BY_G + i] = 0.0, 0.0
        buf[X1 + i], buf[X2 + i] = c * x1 - s * x2, (c * x2 - x * x1) / rho
        size = abs(buf[X1 + i]) + rho * abs(buf[X2 + i])
        buf[LOG_W + i] += np.log(size)
        buf[X1 + i] /= size
        buf[X2 + i] /= size
