"""The Gaussian posterior around an optimum in whitened coordinates."""

import numpy as np

Array = np.ndarray


def laplace_covariance(jacobian: Array) -> Array:
    """(..., R, R): inverse of J'J, with J (..., D, R) the Jacobian of all residuals, prior included.

    Laplace's approximation with the Gauss-Newton Hessian (Tarantola 2005, eq. 3.56): data residuals in units of their
    standard deviations, the prior's rows the identity.
    """
    normal = np.einsum("...dr,...ds->...rs", jacobian, jacobian)
    covariance = np.linalg.inv(normal)
    return np.asarray(0.5 * (covariance + np.swapaxes(covariance, -1, -2)))
