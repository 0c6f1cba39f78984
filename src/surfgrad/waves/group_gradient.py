"""Kernels of a group velocity from the exact phase kernels of five points beside one another on a branch.

At fixed wavenumber k a parameter m moves the frequency by w_m = (U/c) k c_m, with c_m the phase kernel at fixed
frequency, and U = dw/dk; so

    dU/dm (w fixed) = d(w_m)/dk - (dU/dk) w_m / U        along the branch.

This is Rodi et al. (1975, BSSA 65), written in k, where everything stays smooth at U = 0 but for the one division. The
d/dk are central differences of fourth order. Their points need not be roots: a curve that touches the branch has the
same first derivatives, so nothing is searched and no other branch can be met. The touching curve is taken straight in
sqrt(1 - (c/vs)^2) of the half-space, in which a branch is smooth up to its cut-off.
"""

import numpy as np

from surfgrad.waves.chain import THICKNESS
from surfgrad.waves.compiled import compiled
from surfgrad.waves.gradient import kernels_of_models

STEP = 3e-4
"""Relative step in k. Truncation (step^4) and rounding (1/step) are alike for a branch that is smooth over 1e-1."""
FACTORS = (1.0, 0.125, 0.015625, 8.0)
"""Steps tried in turn, in units of STEP, while the estimated error is above TARGET; the best one is kept."""
TARGET = 3e-8
ROOM = 0.05
"""Largest step in units of the distance to the cut-off."""
POINTS = 4
"""Points of a stencil without its middle; a divisor of the lanes, so that a stencil is swept as one."""
EPS = 2.220446049250313e-16


@compiled
def group_kernels_of_models(wave, thickness, vp, vs, rho, omega, velocity, group, out, error):
    """Fill `group` (N, T), `out` (N, 4, T, L) and `error` (N, T) at the roots `velocity` (N, T).

    `out`: derivatives of the group velocity by thickness, vp, vs, rho. `error`: estimate of the largest error of any
    m dU/dm over the largest |m dU/dm|; infinite (and `out` NaN) where there is no stencil, NaN where there is no root.
    """
    middle = np.empty((1, 4, omega.shape[0], vs.shape[1]))
    beside = np.empty((1, 4, POINTS * omega.shape[0], vs.shape[1]))
    for i in range(vs.shape[0]):
        one = slice(i, i + 1)
        kernels_of_models(wave, thickness[one], vp[one], vs[one], rho[one], omega, velocity[one], middle)
        for j in range(omega.shape[0]):
            group[i, j] = _group(velocity[i, j], thickness[i], middle[0, THICKNESS, j])
        out[i] = np.nan
        error[i] = np.where(np.isnan(velocity[i]), np.nan, np.inf)
        for factor in FACTORS:
            w, c, step = _stencils(omega, velocity[i], group[i], error[i], vs[i, -1], factor * STEP)
            if np.isnan(step).all():
                break
            kernels_of_models(wave, thickness[one], vp[one], vs[one], rho[one], w, c, beside)
            model = (thickness[i], vp[i], vs[i], rho[i])
            _differentiate(model, velocity[i], c[0], step, group[i], middle[0], beside[0], out[i], error[i])


@compiled
def _group(c, thickness, by_thickness):
    """U = c^2/(c - sum h dc/dh): see `group`."""
    return c * c / (c - np.sum(thickness[:-1] * by_thickness[:-1]))


@compiled
def _stencils(omega, velocity, group, error, top, wanted):
    """Frequencies (4T,), velocities (1, 4T) and steps (T,) for the values whose error is above the target; else NaN."""
    w, c = np.empty(POINTS * omega.shape[0]), np.full((1, POINTS * omega.shape[0]), np.nan)
    steps = np.full(omega.shape[0], np.nan)
    for j in range(omega.shape[0]):
        v, u = velocity[j], group[j]
        room = top * top - v * v
        if not (error[j] > TARGET and room > 0.0):
            continue
        step = min(wanted, ROOM * room / (v * abs(u - v) + EPS))
        steps[j] = step
        for point in range(POINTS):
            at = step * (point - 2 if point < 2 else point - 1)
            bend = (v * (u - v) * at) ** 2 / room
            c[0, POINTS * j + point] = np.sqrt(v * v + 2.0 * v * (u - v) * at - bend)
            w[POINTS * j + point] = omega[j] / v * (1.0 + at) * c[0, POINTS * j + point]
    return w, c, steps


@compiled
def _differentiate(model, velocity, c, steps, group, middle, beside, out, error):
    """Take over the derivatives of every value that has a step and whose error is smaller than before."""
    u, scale, g = np.empty(5), np.empty(5), np.empty(5)
    trial = np.empty((4, out.shape[2]))
    for j in np.flatnonzero(~np.isnan(steps)):
        step = steps[j]
        for q in range(5):
            at = _place(j, q)
            v = velocity[j] if q == 2 else c[at]
            u[q] = group[j] if q == 2 else _group(v, model[THICKNESS], beside[THICKNESS, at])
            # w_m = (U/c) k c_m, in units of the middle's k.
            scale[q] = u[q] / v * (1.0 + step * (q - 2))
        largest, rough, third = 0.0, 0.0, 0.0
        for p in range(4):
            for layer in range(trial.shape[1]):
                for q in range(5):
                    g[q] = scale[q] * (middle[p, j, layer] if q == 2 else beside[p, _place(j, q), layer])
                share = g[2] / u[2]
                trial[p, layer] = _slope(g, step) - _slope(u, step) * share
                m = 0.0 if p == THICKNESS and layer == trial.shape[1] - 1 else abs(model[p][layer])
                largest = max(largest, m * abs(trial[p, layer]))
                rough = max(rough, m * (_rough(g, step) + _rough(u, step) * abs(share)))
                third = max(third, m * (abs(_third(g, step)) + abs(_third(u, step) * share)))
        # The second term: truncation is step^4 f5/30, with f5 about f3^2/f1; it tells a step longer than what it meets.
        estimate = rough / largest + (step * step * third / largest) ** 2 / 30.0
        if estimate < error[j]:
            error[j] = estimate
            out[:, j] = trial


@compiled
def _place(j, q):
    """Where point q of the stencil of period j lies among the points beside the middles."""
    return POINTS * j + (q if q < 2 else q - 1)


@compiled
def _slope(f, step):
    """First derivative from five points `step` apart."""
    return (8.0 * (f[3] - f[1]) - (f[4] - f[0])) / (12.0 * step)


@compiled
def _third(f, step):
    """Third derivative from five points `step` apart."""
    return (f[4] - f[0] - 2.0 * (f[3] - f[1])) / (2.0 * step**3)


@compiled
def _rough(f, step):
    """Estimated error of `_slope`.

    The fourth difference is 8.4 times the rounding of one value (standard deviations), the slope's error 0.95 times
    that rounding over the step. One fourth difference may be small by chance (next to another mode the rounding of all
    layers is one and the same number), hence a factor of 8 in hand. Where the fourth derivative leads instead, the
    truncation step^4 f5/30 is smaller still.
    """
    fourth = f[0] + f[4] - 4.0 * (f[1] + f[3]) + 6.0 * f[2]
    return abs(fourth) / step + EPS * abs(f[2]) / step
