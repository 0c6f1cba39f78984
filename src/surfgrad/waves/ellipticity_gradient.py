"""Ellipticity at the top of the solid, and its kernels.

Of the two solutions that decay below, the mode is the combination without shear stress on top: its displacements are
minors, u_x : u_z = u_x s_xz : u_z s_xz = -u_x s_zz : u_x s_xz, the first ratio precise near a zero, the second near
a pole of u_x/u_z. So E = u_x/u_z solves D = u_x s_xz - E u_z s_xz = 0 (or D = u_x s_zz + E u_x s_xz = 0), a pairing
<V, Y> like the secular function's with another V, and its derivatives come from one more downward sweep:

    dE/dm = (D_m + D_c dc/dm) / (u_z s_xz)    (or over -u_x s_xz).

Under water the stress that vanishes is t_zz = W1 s_zz - W2 u_z, the column's load taken off, in the second ratio too.

A mode that lives in a buried channel is faint on top, and what a root that is off by rounding leaves in it grows on the
way up: relative to the mode like 1e-16/amplitude^2. It shows as stress that does not vanish, t_zz s_xz, beside the
products of displacement and stress. Where it is too large the value is left to the eigenfunctions (`faint`).
"""

import numpy as np

from surfgrad.waves.chain import begin_chain, end_chain, set_down, write_nan, write_out
from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.lanes import (
    BASE,
    BY_C,
    CC,
    GRADIENT_SIZE,
    LOG,
    LOG_V,
    REFERENCE,
    V1,
    V2,
    V3,
    V4,
    V5,
    W1,
    W2,
    Y1,
    Y2,
    Y3,
    Y4,
    Y5,
    G,
    K,
    group_bounds,
)
from surfgrad.waves.layers import COLUMNS, RHO, layer_table, start_layer
from surfgrad.waves.rayleigh import rayleigh_sweep
from surfgrad.waves.rayleigh_gradient import STATE, downwards, rayleigh_gradient, upwards
from surfgrad.waves.steps import cut_layers, make_store
from surfgrad.waves.water import water_layers

FAINT = 1e-10
"""Stress left on top, over what moves there, from which the minors' ratio is not trusted."""
ERROR = 1e-14
"""Error of kernels over the change of ln E with ln c across the root, a hundred roundings (measured)."""


@compiled
def ellipticity_of_models(thickness, vp, vs, rho, omega, velocity, out, faint):
    """Fill `out` (N, T) with u_x/u_z at the roots `velocity` (N, T), NaN where that is NaN, and mark the `faint`."""
    table, buf = np.empty((vs.shape[1], COLUMNS)), np.empty(GRADIENT_SIZE)
    start = np.empty(LANES, np.int64)
    for i in range(vs.shape[0]):
        layer_table(thickness[i], vp[i], vs[i], rho[i], table)
        wet = water_layers(table)
        chosen = np.flatnonzero(~np.isnan(velocity[i]))
        out[i], faint[i] = np.nan, False
        for begin in range(0, chosen.shape[0], LANES):
            _load(table, omega, velocity[i], chosen, begin, buf, start)
            rayleigh_sweep(table, start, buf)
            for lane in range(min(LANES, chosen.shape[0] - begin)):
                j = chosen[begin + lane]
                out[i, j], faint[i, j] = _value(buf, lane, table[wet, RHO])


@compiled
def ellipticity_kernels_of_models(thickness, vp, vs, rho, omega, velocity, out, begin, error):
    """Fill `out` (4, M, T, L) from model `begin` on, derivatives by thickness, vp, vs, rho along the branch, and
    `error` (N, T), an estimate.

    The error is that of kernels over the largest, but for rounding as everywhere; NaN where `velocity` (N, T) is.
    """
    table = np.empty((vs.shape[1], COLUMNS))
    for i in range(vs.shape[0]):
        layer_table(thickness[i], vp[i], vs[i], rho[i], table)
        _kernels_of_curve(table, omega, velocity[i], out, begin + i, error[i])


@compiled
def _kernels_of_curve(table, omega, velocity, out, model, error):
    buf, start = np.empty(GRADIENT_SIZE), np.empty(LANES, np.int64)
    by_root, by_ratio = np.empty((table.shape[0], 4 * LANES)), np.empty((table.shape[0], 4 * LANES))
    missing = np.isnan(velocity)
    chosen = np.flatnonzero(~missing)
    error[:] = np.nan
    write_nan(np.flatnonzero(missing), out, model)
    for begin in range(0, chosen.shape[0], LANES):
        _load(table, omega, velocity, chosen, begin, buf, start)
        first = start.max()
        rayleigh_gradient(table, first, buf, by_root)
        root_by_c = buf[BY_C : BY_C + LANES].copy()
        ratio, over = _ratio_gradient(table, first, buf, by_ratio)
        lanes = chosen[begin : begin + LANES]
        for lane in range(LANES):
            along = buf[BY_C + lane] / root_by_c[lane]
            for p in range(4):
                by_ratio[: first + 1, p * LANES + lane] -= along * by_root[: first + 1, p * LANES + lane]
        write_out(by_ratio, first + 1, lanes, 1.0 / over, out, model)
        for lane in range(lanes.shape[0]):
            j = lanes[lane]
            error[j] = ERROR * abs(buf[BY_C + lane] / over[lane]) * velocity[j] / (1.0 + ratio[lane] ** 2)


@compiled
def _load(table, omega, velocity, chosen, begin, buf, start):
    for lane in range(LANES):
        j = chosen[min(begin + lane, chosen.shape[0] - 1)]
        c = velocity[j]
        buf[K + lane], buf[CC + lane], buf[G + lane] = omega[j] / c, c * c, 2.0 / (c * c)
        start[lane] = start_layer(table, omega[j] / c, c)


@compiled
def _value(buf, lane, rho):
    """u_x/u_z from the state on top of the solid, and whether it is faint."""
    r, t, g = buf[Y1 + lane], buf[Y2 + lane], buf[BASE + lane] * buf[G + lane]
    w, load, z, mixed = buf[W1 + lane], buf[W2 + lane], buf[Y5 + lane], t - g * r
    stress = w * (buf[Y3 + lane] - g * (t + mixed)) - load * z
    x, mixed, z = w * buf[Y4 + lane] - load * r, w * mixed, w * z
    ratio = mixed / z if abs(z) >= abs(x) else -x / mixed
    return ratio, not abs(stress) <= FAINT * rho * (abs(x) + abs(z))


@compiled
def _ratio(buf, lane, wet):
    """(u_x/u_z, whether u_z s_xz is its denominator, the denominator) from the state on top of the solid.

    Under water s_zz does not vanish there, which the other denominator would need.
    """
    mixed = buf[Y2 + lane] - buf[BASE + lane] * buf[G + lane] * buf[Y1 + lane]
    x_zz, z_xz = buf[Y4 + lane], buf[Y5 + lane]
    if wet > 0 or abs(z_xz) >= abs(x_zz):
        return mixed / z_xz, True, z_xz
    return -x_zz / mixed, False, -mixed


@compiled
def _ratio_gradient(table, first, buf, by_layer):
    """Fill `by_layer` and the row BY_C with D's derivatives; (E, their dividend)."""
    bounds, wet = group_bounds(buf), water_layers(table)
    owner, parts = cut_layers(table, wet, first, *bounds)
    store, plain = make_store(owner.shape[0], STATE), np.empty(owner.shape[0], np.bool_)
    upwards(table, first, buf, owner, parts, bounds, store, plain)
    ratio, over = np.empty(LANES), np.empty(LANES)
    for lane in range(LANES):
        ratio[lane], direct, over[lane] = _ratio(buf, lane, wet)
        buf[V1 + lane], buf[V3 + lane], buf[LOG_V + lane] = 0.0, 0.0, 0.0
        if direct:
            buf[V2 + lane], buf[V4 + lane], buf[V5 + lane] = 0.5, -ratio[lane], 0.0
        else:
            buf[V2 + lane], buf[V4 + lane], buf[V5 + lane] = 0.5 * ratio[lane], 0.0, 1.0
    log_top = buf[LOG : LOG + LANES].copy()
    begin_chain(buf)
    for layer in range(wet):
        set_down(buf, by_layer, layer)
    downwards(table, first, buf, owner, parts, bounds, store, plain, by_layer)
    end_chain(buf)
    for lane in range(LANES):
        over[lane] *= np.exp(log_top[lane] - buf[REFERENCE + lane])
    return ratio, over
