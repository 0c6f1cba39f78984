"""Damped Gauss-Newton for many small problems side by side.

Levenberg (1944), Marquardt (1963), with the damping rule of Nielsen (1999, IMM-REP-1999-05). The problems are meant to
be in whitened coordinates, prior included among the residuals: then every eigenvalue of J'J is 1 or more, a damping of
1 is little, and no scaling of variables is needed.
"""

import numpy as np

from surfgrad.inversion.least_squares import Fit, FitStatus, Residuals

Array = np.ndarray

FIRST_DAMPING = 1e-3
"""Of the largest curvature at the start, as Nielsen has it: far from the optimum steps need a rein in the units of the
data, however small their errors are."""
LITTLE = 1.0
"""A step under more damping than this does not prove convergence: it is short because it was made short."""
HOPELESS = 1e12
"""Damping at which a step is below rounding."""


def levenberg_marquardt(residuals: Residuals, start: Array, iterations: int = 50, tolerance: float = 1e-6) -> Fit:
    """Minimise half the sum of squares of each of B problems from `start` (B, R).

    A problem is done where a step under little damping promises to lower its objective by less than `tolerance` times
    (1 + objective). One call of `residuals` each iteration, for the problems that go on. Where residuals are
    NaN a step is refused as if it led uphill.
    """
    x = np.array(start, dtype=np.float64)
    residual, jacobian = (np.array(each) for each in residuals(x, np.arange(len(x))))
    cost = _half_squares(residual)
    status = np.where(np.isfinite(cost), FitStatus.OUT_OF_ITERATIONS, FitStatus.NO_START)
    damping = FIRST_DAMPING * np.einsum("bdr,bdr->br", jacobian, jacobian).max(axis=1)
    factor = np.full(len(x), 2.0)
    tried = np.zeros(len(x), dtype=np.int64)
    for _ in range(iterations):
        rows = np.flatnonzero(status == FitStatus.OUT_OF_ITERATIONS)
        if not rows.size:
            break
        step, promised = damped_step(residual[rows], jacobian[rows], damping[rows])
        done = _best_promise(residual[rows], jacobian[rows], damping[rows], promised) <= tolerance * (1.0 + cost[rows])
        tried[rows] += 1
        trial, slope = residuals(x[rows] + step, rows)
        found = _half_squares(trial)
        gain = np.where(np.isfinite(found), (cost[rows] - found) / promised, -np.inf)
        better = gain > 0
        kept = rows[better]
        x[kept] += step[better]
        residual[kept], jacobian[kept], cost[kept] = trial[better], slope[better], found[better]
        shrink = np.maximum(1.0 / 3.0, 1.0 - (2.0 * np.minimum(gain[better], 1.0) - 1.0) ** 3)
        damping[kept] *= shrink
        factor[kept] = 2.0
        worse = rows[~better]
        damping[worse] *= factor[worse]
        factor[worse] *= 2.0
        status[worse[damping[worse] > HOPELESS]] = FitStatus.STALLED
        status[rows[done]] = FitStatus.CONVERGED
    return Fit(x, cost, status.astype(np.uint8), tried, residual, jacobian)


def _best_promise(residual: Array, jacobian: Array, damping: Array, promised: Array) -> Array:
    """(b,): what a step under little damping promises, whatever the damping is now."""
    out, short = np.array(promised), np.flatnonzero(damping > LITTLE)
    if short.size:
        out[short] = damped_step(residual[short], jacobian[short], np.full(short.size, LITTLE))[1]
    return out


def damped_step(residual: Array, jacobian: Array, damping: Array) -> tuple[Array, Array]:
    """Steps (b, R) that minimise |r + J s|^2 + damping |s|^2, and by how much the linear model lowers |r|^2 / 2, (b,).

    `residual`: (b, D); `jacobian`: (b, D, R); `damping`: (b,); 0 gives Gauss-Newton.
    """
    gradient = np.einsum("bdr,bd->br", jacobian, residual)
    normal = np.einsum("bdr,bds->brs", jacobian, jacobian, optimize=True)
    normal += damping[:, None, None] * np.eye(jacobian.shape[2])
    step = -np.linalg.solve(normal, gradient[..., None])[..., 0]
    return step, 0.5 * np.einsum("br,br->b", step, damping[:, None] * step - gradient)


def _half_squares(residual: Array) -> Array:
    """(b,), NaN where a residual is NaN."""
    return np.asarray(0.5 * np.einsum("bd,bd->b", residual, residual))
