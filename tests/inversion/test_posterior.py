"""The posterior as a target: gradients by differences, the forward's data against the engine's own calls."""

import numpy as np
import pytest
from tests.inversion.differences import by_differences

import surfgrad as sg
from surfgrad.curves import ObservedCurves
from surfgrad.inversion.models import Options, prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.physics import ExactPhysics, ForwardPhysics
from surfgrad.inversion.posterior import SCALE_PRIOR, Posterior
from surfgrad.inversion.reach import reach_of
from surfgrad.inversion.target import Target
from surfgrad.waves.forward import ExactForward

PERIODS = np.array([30.0, 6.0, 12.0, 6.0])
KEYS = [("rayleigh", "phase"), ("love", "group"), ("rayleigh", "ellipticity"), ("love", "phase")]
VALUES = {"phase": lambda period: 2.6 + 0.4 * np.log(period), "group": lambda _: 3.1, "ellipticity": lambda _: 0.7}


def table(keys=KEYS, periods=PERIODS):
    rows = [(wave, kind, period) for period in periods for wave, kind in keys]
    wave, kind, period = (list(each) for each in zip(*rows, strict=True))
    value = [VALUES[each](at) for each, at in zip(kind, period, strict=True)]
    return observations(ObservedCurves(wave, kind, 0, period, value, 0.05))


def posterior(observed, model="layers:3", scale=None, physics=None, **noise):
    prior = prior_of(model, reach_of(observed, (2.0, 60.0)), Options())
    return Posterior(observed, physics or ExactPhysics(observed), prior, noise_of(observed, **noise), scale)


def starts(target, count=3, seed=1):
    x = 0.25 * np.random.default_rng(seed).standard_normal((4 * count, target.size))
    return x[target.log_density(x)[0] > -np.inf][:count]


@pytest.mark.parametrize("model", ["layers:3", "spline:5", "grid"])
@pytest.mark.parametrize("earth", ["flat", "spherical"])
def test_the_gradient_of_any_mix_of_data_by_differences(model, earth):
    observed = table()
    target = posterior(observed, model, SCALE_PRIOR, ExactPhysics(observed, earth))
    assert isinstance(target, Target)
    x = starts(target)
    value, gradient = target.log_density(x)
    assert np.isfinite(value).all()
    np.testing.assert_allclose(gradient, by_differences(lambda y: target.log_density(y)[0], x), rtol=2e-5, atol=2e-4)


def test_the_gradient_with_correlated_errors_and_a_forwards_own():
    observed = table([("rayleigh", "phase"), ("love", "phase")], [5.0, 10.0, 20.0, 40.0])
    extra = 0.03**2 * np.eye(len(observed)) + 1e-4
    target = posterior(observed, scale=SCALE_PRIOR, correlation=0.5, model_error=extra)
    x = starts(target)
    gradient = target.log_density(x)[1]
    np.testing.assert_allclose(gradient, by_differences(lambda y: target.log_density(y)[0], x), rtol=2e-5, atol=2e-4)


def test_predictions_are_the_engines_own_at_repeated_and_unsorted_periods():
    observed = table()
    target = posterior(observed)
    x = starts(target, 1)
    model = [each[0] for each in target.models(x)]
    calls = {
        "phase": lambda wave, period: sg.phase_velocity(*model, period, wave=wave),
        "group": lambda wave, period: sg.group_velocity(*model, period, wave=wave),
        "ellipticity": lambda wave, period: sg.ellipticity(*model, period),
    }
    curves = observed.curves
    rows = zip(curves.wave.tolist(), curves.kind.tolist(), curves.period_s.tolist(), strict=True)
    wanted = [calls[kind](wave, [period])[0] for wave, kind, period in rows]
    np.testing.assert_allclose(target.predictions(x)[0], wanted, rtol=1e-9)


def test_a_forward_as_an_object_gives_the_same_posterior():
    observed = table([("rayleigh", "phase"), ("love", "phase")])
    one, other = posterior(observed), posterior(observed, physics=ForwardPhysics(observed, ExactForward(threads=1)))
    x = starts(one)
    for a, b in zip(one.log_density(x), other.log_density(x), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9)


def test_many_periods_are_solved_at_nodes_with_a_small_error_and_their_own_gradient():
    observed = table([("rayleigh", "phase")], np.geomspace(4.0, 60.0, 100))
    nodes, every = posterior(observed), posterior(observed, physics=ExactPhysics(observed, most=0))
    x = starts(nodes)
    np.testing.assert_allclose(nodes.predictions(x), every.predictions(x), atol=1e-4)
    few = posterior(observed, physics=ExactPhysics(observed, most=5))
    assert np.abs(few.predictions(x) - every.predictions(x)).max() > 1e-3  # five would be noticed
    gradient = nodes.log_density(x)[1]
    np.testing.assert_allclose(gradient, by_differences(lambda y: nodes.log_density(y)[0], x), rtol=2e-5, atol=2e-3)


def test_a_datum_that_the_model_cannot_give_leaves_no_density():
    observed = observations(ObservedCurves("rayleigh", "phase", [0, 3], [5.0, 90.0], [3.5, 4.5], 0.1))
    target = posterior(observed)
    x = np.zeros((3, target.size))
    assert np.isnan(target.predictions(x)[:, 1]).all()
    value, gradient = target.log_density(x)
    assert (value == -np.inf).all()
    assert (gradient == 0).all()


def test_far_out_nobody_is_asked():
    target = posterior(table())
    x = np.zeros((2, target.size))
    x[1] = 50.0
    value, gradient = target.log_density(x)
    assert np.isfinite(value[0])
    assert value[1] == -np.inf
    assert (gradient[1] == 0).all()
    assert np.isfinite(gradient[0]).all()


def test_without_a_likelihood_the_density_is_the_priors():
    wide = ObservedCurves("rayleigh", "phase", 0, [5.0, 20.0], [3.0, 3.6], 1e9)
    target = posterior(observations(wide))
    x = starts(target)
    value, gradient = target.log_density(x)
    np.testing.assert_allclose(value - value[0], -0.5 * ((x**2).sum(1) - (x[0] ** 2).sum()), atol=1e-9)
    np.testing.assert_allclose(gradient, -x, atol=1e-9)
