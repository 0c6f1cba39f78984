"""The posterior of layered models given observed curves, as samplers and least squares see it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from surfgrad.inversion.earth.layered_prior import LayeredPrior, Models
from surfgrad.inversion.earth.marginals import LogNormal
from surfgrad.inversion.noise import Noise
from surfgrad.inversion.observations import Observations
from surfgrad.inversion.physics import Physics
from surfgrad.records import Array

NOISE_SCALE = "noise_scale"
SCALE_PRIOR = LogNormal(1.0, 0.7)
"""Of the factor by which all stated errors are too small, where it is inferred: 0.3 to 3.2 in nine cases of ten."""

FAR = 8.0
"""How much farther from 0 than the typical sqrt(D) coordinates may lie (prior mass beyond: below 1e-14). Steps of
solvers lead there, to models of a thousand wavelengths or none at all, which nobody should be asked about."""


class Misfit(NamedTuple):
    """White residuals (B, n), their derivatives (B, n, D'), D' without the noise scale."""

    residual: Array
    slope: Array


@dataclass(frozen=True, eq=False)
class Posterior:
    """Fulfils `Target`: the prior N(0, I) of a `LayeredPrior` times the likelihood of the data, up to a constant.

    `scale`: the prior of the noise scale, which is then the last coordinate; None: the errors are as stated.
    """

    observed: Observations
    physics: Physics
    prior: LayeredPrior
    noise: Noise
    scale: LogNormal | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """See `Target.names`."""
        return self.prior.names if self.scale is None else (*self.prior.names, NOISE_SCALE)

    @property
    def size(self) -> int:
        """D."""
        return len(self.names)

    def models(self, x: Array) -> Models:
        """The layered models (B, L) at x (B, D)."""
        return self.prior.models(x[:, : self.prior.size])

    def noise_scale(self, x: Array) -> tuple[Array, Array]:
        """The factor on all stated errors (B,) at x (B, D), and its derivative by the last coordinate."""
        if self.scale is None:
            return np.ones(len(x)), np.zeros(len(x))
        return self.scale.of(x[:, -1])

    def predictions(self, x: Array) -> Array:
        """The data (B, n) under the models at x (B, D)."""
        models, by = self.prior.jacobian(x[:, : self.prior.size])
        return self.physics.slopes(models, by[..., :0])[0]

    def misfit(self, x: Array) -> Misfit:
        """White residuals at x (B, D), in units of the stated errors; NaN where there is no value, and far out."""
        near = x[:, : self.prior.size]
        far = np.einsum("bd,bd->b", near, near) > (np.sqrt(self.prior.size) + FAR) ** 2
        models, by = self.prior.jacobian(np.where(far[:, None], 0.0, near) if far.any() else near)
        data, slopes = self.physics.slopes(models, by)
        data[far] = np.nan
        residual = self.noise.white((data - self.observed.value)[..., None])[..., 0]
        return Misfit(residual, self.noise.white(slopes))

    def log_density(self, x: Array) -> tuple[Array, Array]:
        """See `Target.log_density`."""
        residual, slope = self.misfit(x)
        scale, by_scale = self.noise_scale(x)
        variance = self.noise.variance(scale)
        weighted = residual / variance
        value = -0.5 * (residual * weighted + np.log(variance)).sum(axis=1) - 0.5 * (x * x).sum(axis=1)
        gradient = -x
        gradient[:, : self.prior.size] -= (weighted[:, None, :] @ slope)[:, 0]
        if self.scale is not None:
            gradient[:, -1] += by_scale * scale * (weighted**2 - 1.0 / variance).sum(axis=1)
        none = ~(np.isfinite(value) & np.isfinite(gradient).all(axis=1))
        return np.where(none, -np.inf, value), np.where(none[:, None], 0.0, gradient)
