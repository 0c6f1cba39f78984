"""Curves through the exact engine: derivatives by differences, the prior's statistics, a posterior in closed form."""

import numpy as np
import pytest

from surfgrad.inversion.curve_problem import CurveProblem
from surfgrad.inversion.laplace import laplace_covariance
from surfgrad.inversion.least_squares import FitStatus
from surfgrad.inversion.levenberg_marquardt import levenberg_marquardt
from surfgrad.inversion.whitening import CORRELATION, SD_RATIO, SD_RHO, SD_VS, Whitening, stated_whitening
from surfgrad.waves.forward import ExactForward

THICKNESS = np.array([2.0, 4.0, 8.0, 16.0, 0.0])
CENTRE = tuple(
    np.array([each, each])
    for each in (THICKNESS, [4.8, 5.6, 6.2, 6.8, 8.3], [2.6, 3.2, 3.6, 3.9, 4.7], [2.4, 2.6, 2.7, 2.9, 3.3])
)
PERIODS = np.array([4.0, 8.0, 16.0, 30.0])


def problem(forward=None, noise=0.005, shift=0.3):
    forward = forward or ExactForward(threads=1)
    whitening = stated_whitening(THICKNESS, 2.0)
    truth = whitening.move(CENTRE, shift * np.random.default_rng(1).standard_normal((2, whitening.size)))
    data = forward.predict(truth, PERIODS)
    return CurveProblem(forward, PERIODS, data, noise * data, CENTRE, [whitening] * 2)


def test_the_jacobian_by_differences():
    asked = problem()
    size = asked.whitening[0].size
    x = 0.2 * np.random.default_rng(2).standard_normal((2, size))
    rows = np.array([1, 0])
    _, jacobian = asked(x, rows)
    for k in (0, 2, size - 1):
        step = 1e-5 * np.eye(size)[k]
        slope = (asked(x + step, rows)[0] - asked(x - step, rows)[0]) / 2e-5
        np.testing.assert_allclose(jacobian[..., k], slope, rtol=1e-5, atol=1e-5)


def test_exact_curves_are_fitted_from_the_priors_mean():
    fit = levenberg_marquardt(problem(noise=0.001), np.zeros((2, problem().whitening[0].size)))
    assert (fit.status == FitStatus.CONVERGED).all()
    assert np.sqrt((fit.residual[:, : 2 * PERIODS.size] ** 2).mean()) < 0.3


def test_a_datum_that_is_absent_counts_for_nothing():
    asked = problem()
    x = np.full((2, asked.whitening[0].size), 0.1)
    asked.data[0, 1, 2] = np.nan
    asked.sigma[1, 0, 0] = np.nan
    residual, jacobian = asked(x, np.arange(2))
    assert np.isfinite(residual).all()
    assert residual[0, PERIODS.size + 2] == residual[1, 0] == 0
    assert not jacobian[0, PERIODS.size + 2].any()
    assert not jacobian[1, 0].any()


def test_a_step_to_what_is_no_material_has_no_value_and_harms_no_other():
    asked = problem()
    x = np.zeros((2, asked.whitening[0].size))
    x[1] = 40.0 * np.sign(asked.whitening[0].factor[1].sum(axis=0) - asked.whitening[0].factor[0].sum(axis=0))
    assert not (asked.models(x, np.arange(2))[1] > 1.2 * asked.models(x, np.arange(2))[2])[1].all()
    residual, _ = asked(x, np.arange(2))
    assert np.isnan(residual[1, : 2 * PERIODS.size]).all()
    np.testing.assert_array_equal(residual[0], asked(x[:1], np.arange(1))[0][0])


def test_a_velocity_that_is_missing_is_never_a_zero():
    class Blind(ExactForward):
        def jacobian(self, models, periods):
            kernels = super().jacobian(models, periods)
            kernels.vs[0, 0, 1] = np.nan
            return kernels

    asked = problem(Blind(threads=1))
    residual, jacobian = asked(np.zeros((2, asked.whitening[0].size)), np.arange(2))
    assert np.isnan(residual[0, 1])
    assert np.isfinite(residual[1]).all()
    assert np.isfinite(jacobian).all()


def test_whitened_draws_have_the_stated_covariance():
    thickness = np.append(np.full(40, 1.0), 0.0)
    whitening = stated_whitening(thickness, 2.0)
    vp, vs, rho = whitening.factor @ whitening.factor.swapaxes(1, 2)
    total = np.trace
    assert total(vs) == pytest.approx(41 * SD_VS**2, rel=1e-3)
    assert total(rho) == pytest.approx(41 * SD_RHO**2, rel=1e-3)
    assert total(vp) == pytest.approx(41 * (SD_VS**2 + SD_RATIO**2), rel=1e-3)
    middle = np.append(np.arange(40) + 0.5, 40.0)
    apart = np.sqrt(3) * np.abs(np.subtract.outer(np.log1p(middle / 2), np.log1p(middle / 2))) / CORRELATION
    np.testing.assert_allclose(vs / SD_VS**2, (1 + apart) * np.exp(-apart), atol=0.01)


def test_the_chain_rule_into_whitened_coordinates():
    rng = np.random.default_rng(0)
    whitening = Whitening(rng.standard_normal((3, 5, 2)))
    kernel = rng.standard_normal((7, 3, 5))
    np.testing.assert_allclose(whitening.whiten(kernel), np.einsum("tpl,plr->tr", kernel, whitening.factor))


def test_laplace_is_exact_for_a_linear_gaussian_problem():
    rng = np.random.default_rng(3)
    data = rng.standard_normal((6, 3))
    jacobian = np.vstack([data, np.eye(3)])
    gain = data.T @ np.linalg.inv(data @ data.T + np.eye(6))  # the same posterior by the data-space formula
    np.testing.assert_allclose(laplace_covariance(jacobian), np.eye(3) - gain @ data, atol=1e-12)
