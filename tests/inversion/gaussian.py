"""A linear forward with normal noise and a normal prior: the posterior is known in closed form."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class LinearGaussian:
    """d = matrix x + sigma noise, x ~ N(0, I)."""

    matrix: np.ndarray
    data: np.ndarray
    sigma: float

    @property
    def names(self):
        return tuple(f"x{i}" for i in range(self.matrix.shape[1]))

    def log_density(self, x):
        misfit = (x @ self.matrix.T - self.data) / self.sigma
        return -0.5 * ((misfit**2).sum(1) + (x**2).sum(1)), -misfit @ self.matrix / self.sigma - x

    @property
    def covariance(self):
        return np.linalg.inv(self.matrix.T @ self.matrix / self.sigma**2 + np.eye(self.matrix.shape[1]))

    @property
    def mean(self):
        return self.covariance @ self.matrix.T @ self.data / self.sigma**2


def linear_gaussian(size=4, count=7, sigma=0.5, seed=0):
    rng = np.random.default_rng(seed)
    matrix = rng.standard_normal((count, size)) * np.geomspace(1.0, 0.2, size)
    return LinearGaussian(matrix, matrix @ rng.standard_normal(size) + sigma * rng.standard_normal(count), sigma)


@dataclass(frozen=True, eq=False)
class Moved:
    """A target that is wrong on purpose: `target` about another centre, and wider or narrower."""

    target: LinearGaussian
    shift: np.ndarray
    scale: float

    @property
    def names(self):
        return self.target.names

    def log_density(self, x):
        value, gradient = self.target.log_density((x - self.shift) / self.scale)
        return value, gradient / self.scale
