"""Errors of the data as they enter the likelihood: stated, correlated or not, with a share of unknown size or without.

The covariance is s^2 C_d + C_m: the stated errors of the data, whose size s may be unknown, and the error of the
forward model, if it is known to have one. One matrix W takes both to diagonal form, W C_d W' = 1 and W C_m W' =
diag(m) (the generalised symmetric eigenproblem), so that every s costs n divisions.
"""

from dataclasses import dataclass

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.observations import Observations

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Noise:
    """`weights`: W, (n, n), or (n,) where it is diagonal. `model`: m (n,), variances of the forward's own error."""

    weights: Array
    model: Array

    def white(self, columns: Array) -> Array:
        """W times `columns` (..., n, k)."""
        return self.weights[:, None] * columns if self.weights.ndim == 1 else self.weights @ columns

    def variance(self, scale: Array) -> Array:
        """(..., n): of white residuals, at scales s (...,)."""
        return np.asarray(scale)[..., None] ** 2 + self.model


def noise_of(observed: Observations, *, correlation: float = 0.0, model_error: Array | None = None) -> Noise:
    """The errors of `observed` as a likelihood needs them, whitened.

    `correlation`: in ln period; data of one curve are correlated as `exp(-|ln T_i - ln T_j| / correlation)`, for 0 not
    at all.

    `model_error`: (n, n), covariance of the forward's errors in the units of the data, added to theirs. Raises
    UsageError where correlated data of one curve have one period: they would be one datum.
    """
    if not 0.0 <= correlation < np.inf:
        raise UsageError(f"correlation: {correlation:g} given; 0 (none) and above is allowed, in ln period")
    count = len(observed)
    if correlation == 0.0 and model_error is None:
        return Noise(1.0 / observed.sigma, np.zeros(count))
    try:
        lower = np.linalg.cholesky(_covariance(observed, correlation))
    except np.linalg.LinAlgError:
        few = "less, so that neighbouring errors still differ, is allowed"
        raise UsageError(f"correlation: {correlation:g} given; {few}") from None
    inverse = np.linalg.inv(lower)
    if model_error is None:
        return Noise(inverse, np.zeros(count))
    extra = inverse @ _checked(model_error, count) @ inverse.T
    values, vectors = np.linalg.eigh(0.5 * (extra + extra.T))
    return Noise(vectors.T @ inverse, np.maximum(values, 0.0))


def _covariance(observed: Observations, correlation: float) -> Array:
    out = np.diag(observed.sigma**2)
    for branch in observed.branches if correlation > 0 else ():
        if branch.periods.size < branch.rows.size:
            name = " ".join(map(str, branch.key))
            raise UsageError(f"correlation: the curve {name} has a period twice; distinct periods are allowed with it")
        at = np.log(branch.periods[branch.at])
        near = np.exp(-np.abs(at[:, None] - at[None, :]) / correlation)
        sigma = observed.sigma[branch.rows]
        out[np.ix_(branch.rows, branch.rows)] = near * np.outer(sigma, sigma)
    return out


def _checked(model_error: Array, count: int) -> Array:
    given = np.asarray(model_error, dtype=np.float64)
    if given.shape != (count, count) or not np.isfinite(given).all():
        raise UsageError(f"model error: shape {given.shape} given; a finite covariance ({count}, {count}) is allowed")
    return given
