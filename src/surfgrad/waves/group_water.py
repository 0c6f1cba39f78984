"""A water column with slopes along the branch: its state, its derivatives and its load on the solid (see `water`)."""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.group_lanes import LEFT, SLOPE, fill_with_slopes
from surfgrad.waves.group_steps import ENTRY, keep_gradient
from surfgrad.waves.lanes import (
    BASE,
    BY_G,
    BY_H,
    BY_RHO,
    BY_XA,
    BY_XB,
    CC,
    DA,
    LOG,
    LOG_V,
    LOG_W,
    QA,
    SA,
    V1,
    V2,
    V3,
    V4,
    V5,
    W1,
    W2,
    X1,
    X2,
    XA,
    Y1,
    Y2,
    Y3,
    Y5,
    G,
    K,
)
from surfgrad.waves.layers import RHO, A
from surfgrad.waves.water import water_parts


@compiled
def water_slopes(table, wet, buf, bounds):
    """(owner, gradient, log) of the column's sublayers, Y on top of the solid; W1, W2, LOG_W then at the sea floor."""
    total = 0
    for layer in range(wet):
        total += water_parts(table, layer, bounds)[0]
    owner, store = np.empty(total, np.int64), np.empty((total, 5 * LANES))
    gradient, log = np.empty((total, ENTRY)), np.empty((total, 2 * LANES))
    _downwards(table, wet, buf, bounds, owner, store)
    floor = np.empty(5 * LANES)
    _swap(buf, floor, False)
    _start_adjoint(buf)
    above = -1
    for step in range(total - 1, -1, -1):
        layer = owner[step]
        h = water_parts(table, layer, bounds)[1]
        if layer != above:
            fill_with_slopes(buf, h, table[layer, A], DA, SA, XA, QA, bounds)
            above = layer
        for i in range(LANES):
            log[step, i] = store[step, 4 * LANES + i] + buf[LOG_V + i] + buf[LOG + i]
            log[step, LANES + i] = buf[LOG + SLOPE + i]
        _swap(buf, store[step], True)
        _differentiate(buf, table[layer, RHO], h, table[layer, A])
        keep_gradient(buf, gradient, step)
    _swap(buf, floor, True)
    return owner, gradient, log


@compiled
def start_above(buf):
    """V on top of the solid, at g = 0: no shear stress, and the water column's ratio of the other two."""
    for i in range(LANES):
        at = SLOPE + i
        buf[V1 + i], buf[V2 + i], buf[V3 + i], buf[V4 + i], buf[V5 + i] = buf[W1 + i], 0.0, 0.0, buf[W2 + i], 0.0
        buf[V1 + at], buf[V2 + at], buf[V3 + at], buf[V4 + at], buf[V5 + at] = buf[W1 + at], 0.0, 0.0, buf[W2 + at], 0.0
        buf[LOG_V + i], buf[LOG_V + at] = buf[LOG_W + i], 0.0


@compiled
def _start_adjoint(buf):
    """d<V, Y>/dW1 and d<V, Y>/dW2 at the sea floor, in X1 and X2, and their slopes."""
    for i in range(LANES):
        at = SLOPE + i
        g, rise = buf[BASE + i] * buf[G + i], buf[BASE + i] * buf[G + at]
        y1, y2, ty1, ty2 = buf[Y1 + i], buf[Y2 + i], buf[Y1 + at], buf[Y2 + at]
        buf[X1 + i] = g * (2.0 * y2 - g * y1) - buf[Y3 + i]
        buf[X1 + at] = 2.0 * rise * (y2 - g * y1) + g * (2.0 * ty2 - g * ty1) - buf[Y3 + at]
        buf[X2 + i], buf[X2 + at], buf[LOG_V + i] = buf[Y5 + i], buf[Y5 + at], 0.0


@compiled
def _swap(buf, kept, back):
    """Keep the column's state, its slopes and LOG_W, or bring them back."""
    for i in range(LANES):
        at = SLOPE + i
        if back:
            buf[W1 + i], buf[W2 + i], buf[LOG_W + i] = kept[i], kept[LANES + i], kept[4 * LANES + i]
            buf[W1 + at], buf[W2 + at] = kept[2 * LANES + i], kept[3 * LANES + i]
        else:
            kept[i], kept[LANES + i], kept[4 * LANES + i] = buf[W1 + i], buf[W2 + i], buf[LOG_W + i]
            kept[2 * LANES + i], kept[3 * LANES + i] = buf[W1 + at], buf[W2 + at]


@compiled
def _downwards(table, wet, buf, bounds, owner, store):
    for i in range(LANES):
        buf[W1 + i], buf[W2 + i], buf[LOG_W + i] = 1.0, 0.0, 0.0
        buf[SLOPE + W1 + i], buf[SLOPE + W2 + i] = 0.0, 0.0
    step = 0
    for layer in range(wet):
        parts, h = water_parts(table, layer, bounds)
        fill_with_slopes(buf, h, table[layer, A], DA, SA, XA, QA, bounds)
        for _ in range(parts):
            owner[step] = layer
            _swap(buf, store[step], False)
            _descend(buf, table[layer, RHO])
            step += 1


@compiled
def _descend(buf, rho):
    for i in range(LANES):
        at = SLOPE + i
        u, p, tu, tp = buf[W1 + i], buf[W2 + i] / rho, buf[W1 + at], buf[W2 + at] / rho
        c, s, x, tc, ts, tx = 1.0 + buf[DA + i], buf[SA + i], buf[XA + i], buf[DA + at], buf[SA + at], buf[XA + at]
        w1, w2 = c * u - x * p, rho * (c * p - s * u)
        t1, t2 = tc * u + c * tu - tx * p - x * tp, rho * (tc * p + c * tp - ts * u - s * tu)
        size = abs(w1) + abs(w2) / rho
        buf[LOG_W + i] += np.log(size)
        buf[W1 + i], buf[W2 + i], buf[W1 + at], buf[W2 + at] = w1 / size, w2 / size, t1 / size, t2 / size


@compiled
def _differentiate(buf, rho, h, slowness2):
    """Derivatives by one sublayer, W above it and the adjoint X below; then X taken to above it."""
    for i in range(LANES):
        at = SLOPE + i
        kh, xi, rise = buf[K + i] * h, 1.0 - buf[CC + i] * slowness2, -buf[CC + at] * slowness2
        c, s, x, q = 1.0 + buf[DA + i], buf[SA + i], buf[XA + i], buf[QA + i]
        tc, ts, tx, tq = buf[DA + at], buf[SA + at], buf[XA + at], buf[QA + at]
        u, p, x1, x2 = buf[W1 + i], buf[W2 + i] / rho, buf[X1 + i], rho * buf[X2 + i]
        tu, tp, t1, t2 = buf[W1 + at], buf[W2 + at] / rho, buf[X1 + at], rho * buf[X2 + at]
        half, edge, thalf, tedge = 0.5 * kh * s, s + xi * q, 0.5 * kh * (s + ts), ts + rise * q + xi * tq
        r1, r2 = half * u - edge * p, half * p - q * u
        tr1, tr2 = thalf * u + half * tu - tedge * p - edge * tp, thalf * p + half * tp - tq * u - q * tu
        buf[BY_XA + i], buf[BY_XA + at] = x1 * r1 + x2 * r2, t1 * r1 + x1 * tr1 + t2 * r2 + x2 * tr2
        su, xp = s * u - c * p, x * p - c * u
        tsu, txp = ts * u + s * tu - tc * p - c * tp, tx * p + x * tp - tc * u - c * tu
        buf[BY_H + i] = x1 * xi * su + x2 * xp
        buf[BY_H + at] = (t1 * xi + x1 * rise) * su + x1 * xi * tsu + t2 * xp + x2 * txp
        buf[BY_RHO + i] = x1 * x * p - x2 * s * u
        buf[BY_RHO + at] = t1 * x * p + x1 * (tx * p + x * tp) - t2 * s * u - x2 * (ts * u + s * tu)
        buf[BY_XB + i], buf[BY_G + i], buf[BY_XB + at], buf[BY_G + at] = 0.0, 0.0, 0.0, 0.0
        buf[LEFT + i] = x1 * (c * u - x * p) + x2 * (c * p - s * u)
        a1, a2, ta1, ta2 = (
            c * x1 - s * x2, (c * x2 - x * x1) / rho, tc * x1 + c * t1 - ts * x2 - s * t2,
            (tc * x2 + c * t2 - tx * x1 - x * t1) / rho,
        )  # fmt: skip
        size = abs(a1) + rho * abs(a2)
        buf[LOG_V + i] += np.log(size)
        buf[X1 + i], buf[X2 + i], buf[X1 + at], buf[X2 + at] = a1 / size, a2 / size, ta1 / size, ta2 / size
