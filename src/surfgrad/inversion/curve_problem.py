"""Observed curves as a least-squares problem in whitened coordinates, through any Forward."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.earth.validate import invalid_models
from surfgrad.inversion.log_kernels import log_kernels
from surfgrad.inversion.whitening import Models, Whitening
from surfgrad.records import Array


@dataclass(frozen=True, eq=False)
class CurveProblem:
    """B inversions of curves at the same periods: residuals (F(m(x)) - data) / sigma and, as the prior, x itself.

    `periods`: (T,), s. `data`, `sigma`: (B, W, T), km/s, NaN where there is no datum. `centre`: the prior's mean
    models, four arrays (B, L). `whitening`: one for each problem. Fulfils `Residuals` with D = W T + R; a datum that
    is absent has residual 0; a velocity that the forward cannot give where there is a datum is NaN, and so are all data
    of a model that is none (vp too small beside vs).
    """

    forward: Forward
    periods: Array
    data: Array
    sigma: Array
    centre: Models
    whitening: Sequence[Whitening]

    def models(self, x: Array, rows: Array) -> Models:
        """The models (b, L) of problems `rows` (b,) at x (b, R)."""
        moved = [
            self.whitening[row].move(tuple(each[row : row + 1] for each in self.centre), here[None])
            for row, here in zip(rows, x, strict=True)
        ]
        thickness, vp, vs, rho = (np.concatenate(each) for each in zip(*moved, strict=True))
        return thickness, vp, vs, rho

    def __call__(self, x: Array, rows: Array) -> tuple[Array, Array]:
        """See `Residuals`."""
        models = self.models(x, rows)
        # A step may lead to what is no material; nobody is asked for its curve.
        bad = invalid_models(*models)
        pairs = zip(models, self.centre, strict=True)
        asked = tuple(np.where(bad[:, None], middle[rows], each) for each, middle in pairs)
        kernels = self.forward.jacobian(asked, self.periods)
        logs = log_kernels(kernels, *asked[1:])
        slope = np.stack([self.whitening[row].whiten(each) for row, each in zip(rows, logs, strict=True)])
        known = np.isfinite(self.data[rows]) & np.isfinite(self.sigma[rows])
        sigma = np.where(known, self.sigma[rows], np.inf)
        misfit = np.where(known, (kernels.velocity - self.data[rows]) / sigma, 0.0)
        # A derivative that does not exist is no derivative of zero: the problem has no value here.
        misfit[known & (bad[:, None, None] | ~np.isfinite(slope).all(axis=-1))] = np.nan
        slope = np.where(np.isfinite(slope) & known[..., None], slope / sigma[..., None], 0.0)
        count, size = x.shape
        prior = np.broadcast_to(np.eye(size), (count, size, size))
        residual = np.concatenate([misfit.reshape(count, -1), x], axis=1)
        return residual, np.concatenate([slope.reshape(count, -1, size), prior], axis=1)
