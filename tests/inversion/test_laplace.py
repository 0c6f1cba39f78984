"""Laplace's approximation is exact where the posterior is normal, and the samplers say the same of it."""

import numpy as np
from tests.inversion.gaussian import linear_gaussian

from surfgrad.inversion.hmc import hmc
from surfgrad.inversion.laplace import laplace_covariance
from surfgrad.inversion.mixing import mcse_sd


def test_the_closed_form_of_a_linear_problem():
    exact = linear_gaussian()
    jacobian = np.concatenate([exact.matrix / exact.sigma, np.eye(4)])
    covariance = laplace_covariance(jacobian)
    np.testing.assert_allclose(covariance, exact.covariance, rtol=1e-12)
    without_prior = laplace_covariance(jacobian[:-4])
    assert np.abs(without_prior / exact.covariance - 1.0).max() > 0.05
    samples = hmc(exact, draws=300, tune=60, chains=16, seed=0, start=exact.mean, covariance=covariance)
    off = (samples.pooled.std(axis=0) - np.sqrt(np.diag(covariance))) / mcse_sd(samples.x)
    assert np.abs(off).max() < 4.0
    flat = linear_gaussian(sigma=1e6)
    np.testing.assert_allclose(laplace_covariance(np.concatenate([flat.matrix / 1e6, np.eye(4)])), np.eye(4), atol=1e-9)
