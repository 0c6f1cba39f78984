"""One posterior from many starts, as the least-squares problem that `levenberg_marquardt` solves."""

from dataclasses import dataclass

import numpy as np

from surfgrad.inversion.posterior import Posterior
from surfgrad.records import Array


@dataclass(frozen=True, eq=False)
class PosteriorResiduals:
    """B starts of one posterior at a held noise `scale`: residuals (F(x) - d) / sd, white, and the prior's, x itself.

    Fulfils `Residuals` with D = n + R, R the coordinates of the earth model (the noise scale is none of them).
    """

    posterior: Posterior
    scale: float = 1.0

    def __call__(self, x: Array, rows: Array) -> tuple[Array, Array]:
        """See `Residuals`."""
        residual, slope = self.posterior.misfit(x)
        sd = np.sqrt(self.posterior.noise.variance(np.array(self.scale)))
        return with_prior(residual / sd, slope / sd[:, None], x)


def with_prior(residual: Array, slope: Array, x: Array) -> tuple[Array, Array]:
    """White data residuals (b, n) and slopes (b, n, R), with the prior's rows beneath them.

    Where there is no value the residuals are NaN and the slopes are not looked at.
    """
    eye = np.broadcast_to(np.eye(x.shape[1]), (len(x), x.shape[1], x.shape[1]))
    bad = ~(np.isfinite(residual) & np.isfinite(slope).all(axis=-1))
    clean = np.where(bad[..., None], 0.0, slope)
    return np.concatenate([np.where(bad, np.nan, residual), x], axis=1), np.concatenate([clean, eye], axis=1)
