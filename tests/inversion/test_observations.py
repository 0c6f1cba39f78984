"""Data as inversions need them: sigmas said, errors white, what a forward cannot give refused."""

import numpy as np
import pytest

from surfgrad.curves import ObservedCurves
from surfgrad.errors import UsageError
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.physics import ForwardPhysics
from surfgrad.inversion.reach import reach_of
from surfgrad.waves.forward import ExactForward

TABLE = ObservedCurves(
    ["rayleigh", "love", "rayleigh", "rayleigh"],
    ["phase", "phase", "group", "phase"],
    0,
    [20.0, 5.0, 8.0, 20.0],
    [3.6, 3.4, 3.0, 3.7],
    [0.1, np.nan, 0.2, np.nan],
)
DISTINCT = ObservedCurves("love", "phase", 0, [10.0, 5.0, 40.0], [3.5, 3.3, 4.0], [0.1, 0.2, 0.4])


def test_sigmas_are_filled_on_the_users_word_only():
    with pytest.raises(UsageError, match="not given for 2 of 4 data, the first love phase mode 0 at 5 s"):
        observations(TABLE)
    np.testing.assert_array_equal(observations(TABLE, sigma=0.05).sigma, [0.1, 0.05, 0.2, 0.05])
    np.testing.assert_allclose(observations(TABLE, share=0.01).sigma, [0.1, 0.034, 0.2, 0.037])
    np.testing.assert_array_equal(observations(TABLE, sigma=0.05, floor=0.1).sigma, [0.1, 0.1, 0.2, 0.1])
    np.testing.assert_array_equal(observations(TABLE, sigma=0.05, replace=True).sigma, 0.05)


@pytest.mark.parametrize(
    "said",
    [{"sigma": 0.0}, {"share": -1.0}, {"sigma": 1.0, "share": 0.1}, {"sigma": 1.0, "floor": -1.0}, {"replace": True}],
)
def test_sigmas_that_are_none_are_refused(said):
    with pytest.raises(UsageError, match=r"sigma|share"):
        observations(TABLE, **said)


def test_branches_hold_every_datum_once_at_its_period():
    rows = []
    for branch in observations(TABLE, sigma=0.1).branches:
        np.testing.assert_array_equal(branch.periods[branch.at], TABLE.period_s[branch.rows])
        assert (np.diff(branch.periods) > 0).all()
        rows += branch.rows.tolist()
    assert sorted(rows) == [0, 1, 2, 3]


def covariance(observed, length, model):
    """As the definition has it, entry by entry."""
    at = np.log(observed.curves.period_s)
    near = np.exp(-np.abs(at[:, None] - at) / length) if length else np.eye(len(at))
    return near * np.outer(observed.sigma, observed.sigma), model


@pytest.mark.parametrize("length", [0.0, 0.5])
@pytest.mark.parametrize("model", [None, np.array([[0.04, 0.01, 0.0], [0.01, 0.09, 0.02], [0.0, 0.02, 0.01]])])
@pytest.mark.parametrize("scale", [1.0, 1.7])
def test_white_residuals_have_the_likelihood_of_the_covariance(length, model, scale):
    observed = observations(DISTINCT)
    noise = noise_of(observed, correlation=length, model_error=model)
    data, extra = covariance(observed, length, model)
    whole = scale**2 * data + (0 if extra is None else extra)
    r = np.array([0.1, -0.3, 0.25])
    white, variance = noise.white(r[:, None])[:, 0], noise.variance(np.array(scale))
    assert (white**2 / variance).sum() == pytest.approx(r @ np.linalg.solve(whole, r))
    apart = np.log(variance).sum() - np.linalg.slogdet(whole)[1]
    one = np.log(noise.variance(np.array(1.0))).sum() - np.linalg.slogdet(data + (0 if extra is None else extra))[1]
    assert apart == pytest.approx(one)  # the constant that is left out does not depend on the scale


def test_correlated_data_of_one_period_are_refused():
    with pytest.raises(UsageError, match="rayleigh phase 0 has a period twice"):
        noise_of(observations(TABLE, sigma=0.1), correlation=0.5)


def test_a_forward_is_not_asked_for_what_it_does_not_know():
    with pytest.raises(UsageError, match="rayleigh group 0 asked for; it knows rayleigh and love phase"):
        ForwardPhysics(observations(TABLE, sigma=0.1), ExactForward())


def test_the_reach_is_that_of_the_wavelengths():
    reach = reach_of(observations(ObservedCurves("rayleigh", "phase", 0, [10.0, 40.0], [3.0, 4.0], 0.1)))
    assert (reach.shallowest, reach.deepest) == (10.0, 80.0)
    assert (reach.slowest, reach.fastest) == (3.0, 4.0)
    np.testing.assert_allclose(reach.profile(np.array([0.4 * 30.0, 0.4 * 160.0])), [3.3, 4.4])
    assert reach_of(observations(DISTINCT), (2.0, 50.0)).deepest == 50.0


def test_ellipticities_alone_have_no_scale():
    alone = observations(ObservedCurves("rayleigh", "ellipticity", 0, [10.0], [0.7], 0.1))
    with pytest.raises(UsageError, match="nothing of a scale"):
        reach_of(alone)
