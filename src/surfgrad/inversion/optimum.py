"""The maximum of a posterior, from many starts, and what is known about it there."""

from dataclasses import dataclass

import numpy as np

from surfgrad.inversion.laplace import laplace_covariance
from surfgrad.inversion.least_squares import Fit, FitStatus
from surfgrad.inversion.levenberg_marquardt import levenberg_marquardt
from surfgrad.inversion.misfit import PosteriorResiduals
from surfgrad.inversion.posterior import Posterior
from surfgrad.records import Array

START_SD = 1.0
"""Of the random starts in the prior's coordinates: the starts are draws from the prior."""
TRIES = 20
"""Draws from the prior for each start; those under which a datum does not exist are passed over."""
ROUNDS = 12
"""Of fit and noise scale in turn, at most."""
SCALE_SETTLED = 1e-3
TOLERANCE = 1e-4
"""Promised gain of log density, over 1 + half the misfit, at which a fit is done: far less than a draw differs by."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best of S starts, by posterior density.

    `x`: (D,), all coordinates. `log_density`: there. `covariance`: (D, D), Laplace's, by the Gauss-Newton Hessian.
    `resolution`: (R, R) over the earth model's coordinates: 1 - posterior over prior covariance; its trace is the
    number of coordinates that the data determine. `starts`: the fit of each, at the `scale` found. `acceptable`: (S,),
    of the converged ones within `tolerance` of the best, in log density.
    """

    x: Array
    log_density: float
    covariance: Array
    resolution: Array
    starts: Fit
    log_densities: Array
    acceptable: Array
    scale: float
    tolerance: float

    @property
    def converged(self) -> bool:
        """Whether the best start's fit is one."""
        return bool(self.starts.status[int(np.nanargmax(self.log_densities))] == FitStatus.CONVERGED)


def find_optimum(
    posterior: Posterior, *, starts: int = 20, seed: int = 0, iterations: int = 100, tolerance: float | None = None
) -> Optimum | None:
    """The optimum; None where the data have no value under any start.

    The first start is the prior's centre, the others are draws from the prior. `tolerance`: log density below the best
    that is acceptable; by default half the number of coordinates, what a draw of the posterior typically loses. The
    noise scale, if it is inferred, is found in turn with the fit.
    """
    size = posterior.prior.size
    x0 = draw_starts(posterior, starts, np.random.default_rng(seed))
    scale, g = 1.0, 0.0
    if posterior.scale is not None:
        scale = float(posterior.scale.of(np.zeros(1))[0][0])
    fit = levenberg_marquardt(PosteriorResiduals(posterior, scale), x0, iterations, TOLERANCE)
    if not np.isfinite(fit.cost).any():
        return None
    if posterior.scale is not None:
        fit, scale, g = _with_scale(posterior, fit, scale, iterations)
    best = int(np.nanargmin(fit.cost))
    free = posterior.scale is not None
    logs = -fit.cost - 0.5 * np.log(posterior.noise.variance(np.array(scale))).sum() - 0.5 * g * g
    covariance = laplace_covariance(fit.jacobian[best])
    limit = 0.5 * (size + free) if tolerance is None else tolerance
    acceptable = (fit.status == FitStatus.CONVERGED) & (logs >= logs[best] - limit)
    whole = covariance if not free else _beside_scale(posterior, covariance, scale, g)
    x = np.append(fit.x[best], g) if free else fit.x[best]
    return Optimum(x, float(logs[best]), whole, np.eye(size) - covariance, fit, logs, acceptable, scale, float(limit))


def draw_starts(posterior: Posterior, count: int, rng: np.random.Generator) -> Array:
    """(count, R): the prior's centre, and draws from the prior under which every datum exists, if some are found."""
    size = posterior.prior.size
    out = START_SD * rng.standard_normal((count, size))
    out[0] = 0.0
    open_rows = np.arange(1, count)
    for _ in range(TRIES):
        if not open_rows.size:
            break
        padded = np.concatenate([out[open_rows], np.zeros((open_rows.size, posterior.size - size))], axis=1)
        open_rows = open_rows[~np.isfinite(posterior.predictions(padded)).all(axis=1)]
        out[open_rows] = START_SD * rng.standard_normal((open_rows.size, size))
    return out


def _with_scale(posterior: Posterior, fit: Fit, scale: float, iterations: int) -> tuple[Fit, float, float]:
    """The fit and the noise scale, each found with the other held, until the scale settles; its coordinate too."""
    g = 0.0
    for _ in range(ROUNDS):
        best = int(np.nanargmin(fit.cost))
        g, new = _best_scale(posterior, fit.x[best])
        settled = abs(np.log(new / scale)) < SCALE_SETTLED
        scale = new
        fit = levenberg_marquardt(PosteriorResiduals(posterior, scale), fit.x, iterations, TOLERANCE)
        if settled:
            break
    return fit, scale, g


def _best_scale(posterior: Posterior, x: Array) -> tuple[float, float]:
    """The coordinate and the noise scale of largest density at a held model x (R,)."""
    from scipy.optimize import minimize_scalar

    if posterior.scale is None:
        raise AssertionError("asked only where the scale is inferred")
    squares, law, noise = posterior.misfit(x[None]).residual[0] ** 2, posterior.scale, posterior.noise

    def loss(g: float) -> float:
        variance = noise.variance(law.of(np.array([g]))[0][0])
        return float(0.5 * (squares / variance + np.log(variance)).sum() + 0.5 * g * g)

    g = float(minimize_scalar(loss, bounds=(-8.0, 8.0), method="bounded", options={"xatol": 1e-8}).x)
    return g, float(law.of(np.array([g]))[0][0])


def _beside_scale(posterior: Posterior, covariance: Array, scale: float, g: float) -> Array:
    """The covariance with the noise scale's: by its expected information, which does not mix with the model's."""
    if posterior.scale is None:
        raise AssertionError("asked only where the scale is inferred")
    slope = float(posterior.scale.of(np.array([g]))[1][0])
    variance = posterior.noise.variance(np.array(scale))
    information = 1.0 + float((2.0 * (scale * slope / variance) ** 2).sum())
    out = np.zeros((len(covariance) + 1, len(covariance) + 1))
    out[:-1, :-1], out[-1, -1] = covariance, 1.0 / information
    return out
