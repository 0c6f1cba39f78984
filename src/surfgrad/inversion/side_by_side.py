"""Many points inverted side by side: optimum and Laplace posterior of each, one call of the engine for all."""

from dataclasses import dataclass

import numpy as np

from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.laplace import laplace_covariance
from surfgrad.inversion.least_squares import Fit
from surfgrad.inversion.levenberg_marquardt import levenberg_marquardt
from surfgrad.inversion.misfit import with_prior
from surfgrad.inversion.optimum import TOLERANCE
from surfgrad.inversion.physics import Physics
from surfgrad.inversion.posterior import FAR
from surfgrad.inversion.table_of_points import TableOfPoints
from surfgrad.records import Array


@dataclass(frozen=True, eq=False)
class PointResiduals:
    """B problems, one a start of a point: `point` (B,) says of which. Fulfils `Residuals`."""

    table: TableOfPoints
    physics: Physics
    prior: LayeredPrior
    point: Array

    def __call__(self, x: Array, rows: Array) -> tuple[Array, Array]:
        """See `Residuals`; a datum that a point does not have has residual 0."""
        far = np.einsum("bd,bd->b", x, x) > (np.sqrt(self.prior.size) + FAR) ** 2
        models, by = self.prior.jacobian(np.where(far[:, None], 0.0, x))
        data, slopes = self.physics.slopes(models, by)
        data[far] = np.nan
        value, sigma = self.table.value[self.point[rows]], self.table.sigma[self.point[rows]]
        known = np.isfinite(value)
        residual = np.where(known, (data - value) / np.where(known, sigma, 1.0), 0.0)
        slope = np.where(known[..., None], slopes / np.where(known, sigma, 1.0)[..., None], 0.0)
        return with_prior(residual, slope, x)


@dataclass(frozen=True, eq=False)
class Optima:
    """Of P points: `fit`, the best of each one's starts; `covariance`: (P, D, D), Laplace's, NaN where none is."""

    fit: Fit
    covariance: Array


def invert_points(
    table: TableOfPoints, physics: Physics, prior: LayeredPrior, *, starts: int, seed: int, iterations: int = 100
) -> Optima:
    """Optima from the prior's centre and `starts` - 1 draws from the prior, the same for all points.

    Draws are of (`seed`, number of the start): what becomes of a point does not depend on its neighbours.
    """
    count, size = len(table.names), prior.size
    first = np.concatenate(
        [np.zeros((1, size)), np.random.default_rng(seed).standard_normal((starts - 1, size))], axis=0
    )
    residuals = PointResiduals(table, physics, prior, np.repeat(np.arange(count), starts))
    fit = levenberg_marquardt(residuals, np.tile(first, (count, 1)), iterations, TOLERANCE)
    cost = np.where(np.isfinite(fit.cost), fit.cost, np.inf).reshape(count, starts)
    best = np.arange(count) * starts + np.argmin(cost, axis=1)
    kept = Fit(*(getattr(fit, name)[best] for name in ("x", "cost", "status", "iterations", "residual", "jacobian")))
    covariance = np.full((count, size, size), np.nan)
    some = np.isfinite(kept.cost)
    covariance[some] = laplace_covariance(kept.jacobian[some])
    return Optima(kept, covariance)
