"""A posterior in coordinates in which it is about round: what a sampler needs to take long steps."""

from dataclasses import dataclass

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.target import Target

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class AffineTarget:
    """`target` over z, with x = centre + factor z; densities differ by a constant, which is left out.

    `centre`: (D,). `factor`: (D, D), such as a square root of Laplace's covariance.
    """

    target: Target
    centre: Array
    factor: Array

    @property
    def names(self) -> tuple[str, ...]:
        """Those of the target: z[i] moves what x[i] does, and what lies after it."""
        return self.target.names

    def x(self, z: Array) -> Array:
        """The target's own coordinates (..., D) of z (..., D)."""
        return np.asarray(self.centre + z @ self.factor.T)

    def log_density(self, z: Array) -> tuple[Array, Array]:
        """See `Target`."""
        value, gradient = self.target.log_density(self.x(z))
        return value, np.asarray(gradient @ self.factor)


def square_root(covariance: Array | None, size: int) -> Array:
    """(D, D), lower triangle: Cholesky's factor of a covariance; the identity (the prior) for None.

    Raises UsageError for what is no covariance of `size` coordinates.
    """
    if covariance is None:
        return np.eye(size)
    given = np.asarray(covariance, dtype=np.float64)
    if given.shape != (size, size):
        raise UsageError(f"covariance: shape {given.shape} given; allowed is {(size, size)}")
    try:
        return np.asarray(np.linalg.cholesky(given))
    except np.linalg.LinAlgError:
        raise UsageError("covariance: given one is not positive definite") from None
