"""The optimum: recovers what made the data, knows what it does not know, says how it ended."""

import numpy as np
import pytest
from tests.inversion.differences import by_differences

from surfgrad.curves import ObservedCurves
from surfgrad.errors import UsageError
from surfgrad.inversion.least_squares import FitStatus
from surfgrad.inversion.models import Options, parse_model, prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.optimum import draw_starts, find_optimum
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.posterior import SCALE_PRIOR, Posterior
from surfgrad.inversion.reach import reach_of

PERIODS = np.geomspace(4.0, 50.0, 12)
LIKE_A_CRUST = np.tile(2.6 + 0.4 * np.log(PERIODS), 2)


def made(model="spline:5", noise=0.005, believed=None, scale=None, seed=3):
    """Data of a draw from the prior, with errors of `noise`, and their posterior; the draw."""
    rows = [(wave, period) for wave in ("rayleigh", "love") for period in PERIODS]
    wave, period = (list(each) for each in zip(*rows, strict=True))

    def asked(value):
        observed = observations(ObservedCurves(wave, "phase", 0, period, value, believed or noise))
        first = observations(ObservedCurves(wave, "phase", 0, period, LIKE_A_CRUST, noise))
        prior = prior_of(model, reach_of(first), Options())
        return Posterior(observed, ExactPhysics(observed), prior, noise_of(observed), scale)

    rng = np.random.default_rng(seed)
    blank = asked(LIKE_A_CRUST)
    x = draw_starts(blank, 2, rng)[1:]
    x = np.concatenate([x, np.zeros((1, blank.size - x.shape[1]))], axis=1)
    return asked(blank.predictions(x)[0] + noise * rng.standard_normal(len(rows))), x[0]


def test_the_truth_lies_within_its_laplace_posterior():
    target, truth = made()
    found = find_optimum(target, starts=6, seed=0)
    assert found.converged
    off = found.x - truth
    assert off @ np.linalg.solve(found.covariance, off) < 25  # chi-square of 5: 1e-4
    assert (found.starts.status == FitStatus.CONVERGED).sum() >= 4
    assert found.acceptable.any()
    assert found.log_density == pytest.approx(target.log_density(found.x[None])[0][0])


def test_the_covariance_is_the_inverse_of_the_hessian_where_residuals_are_small():
    target, _ = made(noise=1e-5)
    found = find_optimum(target, starts=3)
    hessian = -by_differences(lambda y: target.log_density(y)[1], found.x[None], 1e-6)[0]
    np.testing.assert_allclose(found.covariance @ hessian, np.eye(target.size), atol=0.05)


def test_the_resolution_matrix_counts_what_the_data_determine():
    exact, blind = find_optimum(made(noise=1e-4)[0], starts=3), find_optimum(made(believed=30.0)[0], starts=3)
    assert np.trace(exact.resolution) > 4.5
    assert np.trace(blind.resolution) < 0.1
    assert np.linalg.eigvalsh(exact.resolution).max() <= 1.0


def test_a_noise_scale_is_found_with_the_model():
    target, _ = made(noise=0.03, believed=0.01, scale=SCALE_PRIOR)
    found = find_optimum(target, starts=4)
    assert 1.8 < found.scale < 3.6  # the errors are three times what they were said to be
    assert found.x.size == target.size == found.covariance.shape[0]
    gradient = target.log_density(found.x[None])[1]
    np.testing.assert_allclose(gradient, 0.0, atol=0.05)
    assert 0.1 < np.sqrt(found.covariance[-1, -1]) * 0.7 < 0.3  # sd of ln scale: 1 / sqrt(2 n) for n data, n = 24


def test_no_value_under_any_start_is_said():
    observed = observations(ObservedCurves("rayleigh", "phase", [0, 5], [5.0, 90.0], [3.5, 4.5], 0.1))
    prior = prior_of("layers:2", reach_of(observed), Options())
    assert find_optimum(Posterior(observed, ExactPhysics(observed), prior, noise_of(observed)), starts=3) is None


@pytest.mark.parametrize(
    "text", ["layers", "layers:0", "layers:x", "grid:3", "cake:2", "spline:-1", "layers:99999999999"]
)
def test_models_that_are_none_are_refused(text):
    with pytest.raises(UsageError, match="layers:8, spline:12 and grid are allowed"):
        parse_model(text)


@pytest.mark.parametrize(
    "said",
    [{"sd": (0.0, 0.2)}, {"length": 0.0}, {"half_space": -1.0}, {"fine": 2}],
)
def test_options_that_make_no_prior_are_refused(said):
    with pytest.raises(UsageError, match="given"):
        Options(**said)


@pytest.mark.parametrize("model", ["layers:8", "spline:12", "grid", "layers:1", "spline:1", "spline:2"])
@pytest.mark.parametrize("half_space", [None, 4.6])
@pytest.mark.parametrize("rising", [False, True])
def test_every_model_has_a_prior_under_which_curves_exist(model, half_space, rising):
    observed = made()[0].observed
    options = Options(half_space=half_space, rising=rising)
    if rising and model == "grid":
        with pytest.raises(UsageError, match="rising"):
            prior_of(model, reach_of(observed), options)
        return
    prior = prior_of(model, reach_of(observed), options)
    target = Posterior(observed, ExactPhysics(observed), prior, noise_of(observed))
    assert np.isfinite(target.log_density(np.zeros((1, target.size)))[0]).all()
    assert prior.card()["layers"] == prior.layers
