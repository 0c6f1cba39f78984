"""Inversions through both sides where everything is linear: optimum, posterior and misfits in closed form."""

import numpy as np
import pytest

from surfgrad.audit.consequence import invert_both, simulated
from surfgrad.audit.posterior import compare_posteriors
from surfgrad.audit.steps import compare_steps
from surfgrad.inversion.whitening import stated_whitening

from .linear import PERIODS, THICKNESS, Linear, models, slope

NOISE, COUNT, STARTS = 0.005, 3, 2
EXACT = Linear()
WHITENING = stated_whitening(THICKNESS, 2.0)


@pytest.fixture(scope="module")
def problem():
    rng = np.random.default_rng(0)
    return simulated(EXACT, models(COUNT), PERIODS, [WHITENING] * COUNT, NOISE, STARTS, rng)


def inverted(problem, forward):
    return invert_both(forward, *problem, STARTS)


def whitened(by_log, sigma):
    """(D, R) of slopes (W, T, 3, L) over standard deviations (W, T)."""
    return (WHITENING.whiten(by_log) / sigma[..., None]).reshape(-1, WHITENING.size)


def closed_form(jacobian, misfit):
    """Optimum and covariance of |misfit + J x|^2 + |x|^2."""
    covariance = np.linalg.inv(jacobian.T @ jacobian + np.eye(jacobian.shape[1]))
    return -covariance @ jacobian.T @ misfit, covariance


def test_the_same_forward_on_both_sides_changes_nothing(problem):
    found = inverted(problem, Linear()).values
    for name in ("misfit_ratio", "misfit_excess", "step_cosine"):
        np.testing.assert_allclose(found[name], 1.0, atol=1e-9)
    np.testing.assert_allclose(found["step_error"], 0.0, atol=1e-9)
    np.testing.assert_allclose(found["posterior_shift"], 0.0, atol=1e-9)
    np.testing.assert_allclose(found["posterior_width"], 1.0, atol=1e-9)


def test_data_are_exact_curves_with_the_stated_noise(problem):
    asked, start = problem
    apart = (asked.data - np.repeat(EXACT.predict(models(COUNT), PERIODS), STARTS, axis=0)) / asked.sigma
    assert 0.6 < apart.std() < 1.4
    np.testing.assert_array_equal(apart[0], apart[1])
    np.testing.assert_array_equal(start[::STARTS], 0.0)
    assert np.abs(start[1::STARTS]).max() > 0.5


def side(asked, forward, row):
    """Jacobian, misfit at the prior's mean, optimum and covariance of one truth."""
    centre = tuple(each[row : row + 1] for each in asked.centre)
    jacobian = whitened(forward.slope, asked.sigma[row])
    misfit = ((forward.predict(centre, PERIODS) - asked.data[row]) / asked.sigma[row]).ravel()
    return jacobian, misfit, *closed_form(jacobian, misfit)


def expected(asked, forward, row):
    """Shift and width along what data tell, and exact misfit at the learned optimum over that believed."""
    exact, wanted, best, spread = side(asked, EXACT, row)
    learned, misfit, x, its_spread = side(asked, forward, row)
    _, singular, right = np.linalg.svd(exact)
    told = right[: singular.size][singular >= 1.0]
    sd, its_sd = (np.sqrt(np.diag(told @ each @ told.T)) for each in (spread, its_spread))
    shift = np.sqrt((((told @ (x - best)) / sd) ** 2).mean())
    width = np.exp(np.sqrt((np.log(its_sd / sd) ** 2).mean()))
    rms = [np.sqrt((each**2).mean()) for each in (wanted + exact @ x, misfit + learned @ x, wanted + exact @ best)]
    return {
        "posterior_shift": shift,
        "posterior_width": width,
        "misfit_ratio": rms[0] / rms[1],
        "misfit_excess": rms[0] / rms[2],
    }


@pytest.mark.parametrize(
    "forward",
    [Linear(bias=0.05), Linear(slope=1.3 * slope()), Linear(slope=slope(5), bias=-0.02)],
    ids=["biased", "scaled", "other"],
)
def test_shift_width_and_misfits_against_linear_algebra(problem, forward):
    found = inverted(problem, forward).values
    for truth in range(COUNT):
        for name, value in expected(problem[0], forward, truth * STARTS).items():
            np.testing.assert_allclose(found[name][truth], value, rtol=1e-3, err_msg=name)


def test_a_bias_moves_the_posterior_and_leaves_its_width(problem):
    found = inverted(problem, Linear(bias=0.05)).values
    assert (found["posterior_shift"] > 0.25).all()
    np.testing.assert_allclose(found["posterior_width"], 1.0, atol=1e-9)


def test_starts_that_a_forward_has_no_value_at_are_counted(problem):
    class Nowhere(Linear):
        def jacobian(self, models, periods):
            kernels = super().jacobian(models, periods)
            kernels.velocity[:] = np.nan
            return kernels

    found = inverted(problem, Nowhere())
    assert found.lost.all()
    assert np.isnan(found.values["misfit_ratio"]).all()
    assert np.isnan(found.values["posterior_shift"]).all()
    assert not inverted(problem, Linear()).lost.any()


def test_a_gauss_newton_step_of_a_scaled_derivative_by_least_squares():
    rng = np.random.default_rng(2)
    data, residual = rng.standard_normal((1, 6, 3)), rng.standard_normal((1, 9))
    exact, learned = (np.concatenate([each, np.eye(3)[None]], axis=1) for each in (data, 1.3 * data))
    step, other = (np.linalg.lstsq(each[0], -residual[0], rcond=None)[0] for each in (exact, learned))
    found = compare_steps(learned, exact, residual)
    assert found["step_error"][0] == pytest.approx(np.linalg.norm(other - step) / np.linalg.norm(step))
    assert found["step_cosine"][0] == pytest.approx(step @ other / np.linalg.norm(step) / np.linalg.norm(other))


def test_a_step_is_not_judged_where_anything_is_missing_or_nothing_is_left_to_do():
    jacobian = np.concatenate([np.ones((3, 2, 2)), np.tile(np.eye(2), (3, 1, 1))], axis=1)
    residual = np.ones((3, 4))
    residual[0, 1], residual[1] = np.nan, 0.0
    found = compare_steps(jacobian, jacobian, residual)
    assert np.isnan(found["step_error"][:2]).all()
    assert found["step_error"][2] == pytest.approx(0.0)


def test_posteriors_that_data_do_not_inform_are_not_compared():
    weak = np.vstack([0.5 * np.eye(2), np.eye(2)])
    assert np.isnan(compare_posteriors(np.zeros(2), weak, np.zeros(2), weak)).all()
    strong = np.vstack([np.diag([3.0, 0.5]), np.eye(2)])
    shift, width = compare_posteriors(np.array([0.1, 9.0]), strong, np.zeros(2), strong)
    assert shift == pytest.approx(0.1 * np.sqrt(10.0)), "along the first direction alone: its deviation is 1/sqrt(10)"
    assert width == pytest.approx(1.0)
    wide = np.vstack([np.diag([1.0, 0.5]), np.eye(2)])
    assert compare_posteriors(np.zeros(2), wide, np.zeros(2), strong)[1] == pytest.approx(np.sqrt(5.0))
    assert compare_posteriors(np.zeros(2), strong, np.zeros(2), wide)[1] == pytest.approx(np.sqrt(5.0))
