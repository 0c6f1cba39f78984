"""How much a learned forward errs on models that the data allow: a covariance to be added to that of the data."""

import numpy as np

from surfgrad.inversion.optimum import Optimum
from surfgrad.inversion.posterior import Posterior
from surfgrad.records import Array

WIDER = 1.5
"""Draws around the optimum are so many times wider than Laplace's posterior: its own place is one of the errors."""


def model_error_of(posterior: Posterior, exact: Posterior, found: Optimum, count: int, seed: int) -> Array:
    """(n, n): mean of e e' over `count` models around the optimum, e the forward's data minus the engine's.

    Not centred: a bias is an error too. Models for which either has no value are left out.
    """
    rng = np.random.default_rng([seed, 3])
    root = np.linalg.cholesky(found.covariance)
    x = found.x + WIDER * rng.standard_normal((count, found.x.size)) @ root.T
    error = posterior.predictions(x) - exact.predictions(x)
    error = error[np.isfinite(error).all(axis=1)]
    return error.T @ error / max(len(error), 1)
