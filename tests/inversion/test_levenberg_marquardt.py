"""The solver on problems whose answers are known, and on some that have none."""

import numpy as np
import pytest

from surfgrad.inversion.least_squares import FitStatus
from surfgrad.inversion.levenberg_marquardt import damped_step, levenberg_marquardt


def linear(count: int = 5, data: int = 8, size: int = 3, seed: int = 0):
    rng = np.random.default_rng(seed)
    matrix, right = rng.standard_normal((count, data, size)), rng.standard_normal((count, data))

    def residuals(x, rows):
        prior = np.broadcast_to(np.eye(size), (len(rows), size, size))
        misfit = np.einsum("bdr,br->bd", matrix[rows], x) - right[rows]
        return np.concatenate([misfit, x], 1), np.concatenate([matrix[rows], prior], 1)

    pairs = zip(matrix, right, strict=True)
    closed = [np.linalg.solve(m.T @ m + np.eye(size), m.T @ r) for m, r in pairs]  # the normal equations
    return residuals, np.array(closed)


def rosenbrock(x, rows):
    one = np.stack([10 * (x[:, 1] - x[:, 0] ** 2), 1 - x[:, 0]], axis=1)
    slope = np.zeros((len(x), 2, 2))
    slope[:, 0, 0], slope[:, 0, 1], slope[:, 1, 0] = -20 * x[:, 0], 10.0, -1.0
    return one, slope


def test_linear_problems_against_their_closed_form():
    residuals, closed = linear()
    fit = levenberg_marquardt(residuals, np.zeros((5, 3)))
    assert (fit.status == FitStatus.CONVERGED).all()
    np.testing.assert_allclose(fit.x, closed, atol=1e-5)
    residual, jacobian = residuals(fit.x, np.arange(5))
    np.testing.assert_array_equal(fit.residual, residual)
    np.testing.assert_array_equal(fit.jacobian, jacobian)
    np.testing.assert_allclose(fit.cost, 0.5 * (residual**2).sum(1))


def test_a_gauss_newton_step_solves_a_linear_problem_and_promises_what_it_brings():
    residuals, closed = linear()
    start = np.ones((5, 3))
    residual, jacobian = residuals(start, np.arange(5))
    step, promised = damped_step(residual, jacobian, np.zeros(5))
    np.testing.assert_allclose(start + step, closed, atol=1e-12)
    after, _ = residuals(start + step, np.arange(5))
    np.testing.assert_allclose(promised, 0.5 * ((residual**2).sum(1) - (after**2).sum(1)))


def test_a_curved_valley():
    fit = levenberg_marquardt(rosenbrock, np.array([[-1.2, 1.0], [3.0, -2.0]]), iterations=200, tolerance=1e-14)
    np.testing.assert_allclose(fit.x, 1.0, atol=1e-4)


def test_problems_beside_one_another_do_not_know_of_one_another():
    start = np.array([[-1.2, 1.0], [3.0, -2.0], [0.0, 0.0]])
    whole = levenberg_marquardt(rosenbrock, start)
    for row in range(3):
        alone = levenberg_marquardt(rosenbrock, start[row : row + 1])
        np.testing.assert_allclose(whole.x[row], alone.x[0], rtol=1e-12)
        assert whole.iterations[row] == alone.iterations[0]


def test_a_wrong_derivative_is_not_called_converged():
    def uphill(x, rows):
        residual, slope = rosenbrock(x, rows)
        return residual, -slope

    fit = levenberg_marquardt(uphill, np.array([[-1.2, 1.0]]), iterations=200)
    assert fit.status[0] == FitStatus.STALLED
    assert "derivative" in FitStatus.STALLED.sentence


def test_out_of_iterations_is_said():
    fit = levenberg_marquardt(rosenbrock, np.array([[-1.2, 1.0]]), iterations=2)
    assert (fit.status[0], fit.iterations[0]) == (FitStatus.OUT_OF_ITERATIONS, 2)


def test_places_without_a_value_are_kept_away_from():
    def walled(x, rows):
        residual, slope = linear(1)[0](x, np.zeros(len(rows), dtype=int))
        return np.where(np.abs(x[:, :1]) > 3.0, np.nan, residual), slope

    fit = levenberg_marquardt(walled, np.array([[2.9, 0.0, 0.0], [5.0, 0.0, 0.0]]))
    assert fit.status.tolist() == [FitStatus.CONVERGED, FitStatus.NO_START]
    assert np.isfinite(fit.cost[0])
    assert np.isnan(fit.cost[1])


@pytest.mark.parametrize("status", FitStatus)
def test_every_status_has_a_sentence(status):
    assert status.sentence.endswith(".")
