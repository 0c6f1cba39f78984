"""A cheap density made right to second order at one place, so that the exact one has less to refuse."""

from dataclasses import dataclass

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.affine import square_root
from surfgrad.inversion.target import Target

Array = np.ndarray

STEP = 1.0
"""Of the differences, in standard deviations: curvature as the posterior sees it, over its own width."""
STEEPEST = 0.5
"""Largest curvature that is added upwards: half of the prior's, so that the density still falls off everywhere."""


@dataclass(frozen=True, eq=False)
class CorrectedTarget:
    """ln p*(x) + b (x - x0) + (x - x0) H (x - x0) / 2 for the density p* of `cheap`; see `corrected`.

    `centre`: x0 (D,). `slope`: b (D,). `curvature`: H (D, D), symmetric.
    """

    cheap: Target
    centre: Array
    slope: Array
    curvature: Array

    @property
    def names(self) -> tuple[str, ...]:
        """Those of the cheap density."""
        return self.cheap.names

    def log_density(self, x: Array) -> tuple[Array, Array]:
        """See `Target`."""
        value, gradient = self.cheap.log_density(x)
        away = x - self.centre
        bent = away @ self.curvature
        known = np.isfinite(value)[:, None]
        added = away @ self.slope + 0.5 * (bent * away).sum(axis=1)
        return value + added, np.where(known, gradient + self.slope + bent, 0.0)


def corrected(cheap: Target, exact: Target, centre: Array, covariance: Array | None = None) -> CorrectedTarget:
    """`cheap` with what it lacks of `exact` at `centre` (D,), to second order.

    b and H are slope and curvature of ln p - ln p*, from gradients of both at `centre` and one standard deviation to
    either side of it along each axis of `covariance` (D, D): 2 D + 1 evaluations of each density, once. Raises
    UsageError where one of them has no value there.
    """
    size = len(cheap.names)
    factor = square_root(covariance, size)
    x = centre + np.concatenate([np.zeros((1, size)), STEP * factor.T, -STEP * factor.T])
    (value, gradient), (cheap_value, cheap_gradient) = exact.log_density(x), cheap.log_density(x)
    if not (np.isfinite(value).all() and np.isfinite(cheap_value).all()):
        raise UsageError("centre: the density has no value at it, or one standard deviation away")
    lack = gradient - cheap_gradient
    # Differences along the axes, turned into derivatives by x: rows of d(lack)/dz, z = factor^-1 (x - centre).
    by_z = (lack[1 : size + 1] - lack[size + 1 :]) / (2.0 * STEP)
    curvature = np.linalg.solve(factor.T, by_z)
    values, vectors = np.linalg.eigh(0.5 * (curvature + curvature.T))
    bounded = (vectors * np.minimum(values, STEEPEST)) @ vectors.T
    return CorrectedTarget(cheap, np.asarray(centre), lack[0], bounded)


def proposal(cheap: Target, exact: Target, centre: Array, covariance: Array | None = None) -> Target:
    """What proposes to `exact`: `cheap`, `corrected` at `centre` if both have values around it, else as it is.

    Beside a cut-off there is nothing to correct by; uncorrected it proposes worse, and no less rightly.
    """
    try:
        return corrected(cheap, exact, centre, covariance)
    except UsageError:
        return cheap
