"""Any network as a Forward: against itself on its own grid, against differences elsewhere, and what it refuses."""

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.any_network import NetworkForward
from surfgrad.audit.as_forward import as_forward
from surfgrad.audit.differences import difference_kernels
from surfgrad.contracts import WAVES
from surfgrad.earth.model import EarthModel
from surfgrad.earth.priors.base import draw_many
from surfgrad.errors import UsageError
from surfgrad.status import Status
from surfgrad.testing.check_forward import check_forward
from surfgrad.testing.check_kernel import check_kernel
from surfgrad.testing.liars import UntrainedNetwork
from surfgrad.waves.forward import ExactForward

from .ground import FEWEST, KERNELS_ALONE
from .small_prior import GRID, SmallPrior

DEPTH = np.append(0.0, np.cumsum(GRID[:-1]))
PERIODS = np.array([3.0, 5.0, 8.0, 12.0, 18.0, 27.0, 40.0])
MODELS = draw_many(SmallPrior(), 3, 3)
INNER = UntrainedNetwork()


def on_grid(depth, vp, vs, rho):
    thickness = np.broadcast_to(np.append(np.diff(depth), 0.0), vs.shape)
    return thickness, vp, vs, rho


def velocity(depth, vp, vs, rho):
    return INNER.predict(on_grid(depth, vp, vs, rho), PERIODS)


def slopes(depth, vp, vs, rho):
    kernels = INNER.jacobian(on_grid(depth, vp, vs, rho), PERIODS)
    return kernels.vp, kernels.vs, kernels.rho


def network(**options):
    return NetworkForward(velocity, DEPTH, PERIODS, **({"slopes": slopes} | options))


def other_layers(count=3, layers=7):
    rng = np.random.default_rng(4)
    thickness = np.append(rng.uniform(0.5, 20.0, (count, layers - 1)), np.zeros((count, 1)), axis=1)
    vs = rng.uniform(2.5, 4.5, (count, layers))
    return thickness, 1.8 * vs, vs, 0.7 * vs


def test_on_its_own_grid_it_is_the_network():
    found, wanted = network().jacobian(MODELS, PERIODS), INNER.jacobian(MODELS, PERIODS)
    np.testing.assert_allclose(found.velocity, wanted.velocity, rtol=1e-14)
    for name in ("vp", "vs", "rho"):
        np.testing.assert_allclose(found[name], wanted[name], atol=1e-14)
    assert found.thickness is None


@pytest.mark.parametrize("average", ["below", "around", "point"])
def test_kernels_on_other_layers_and_periods_are_derivatives_of_its_values(average):
    times = np.array([39.0, 3.0, 10.0])
    assert check_kernel(network(average=average), other_layers(), times, tolerance=1e-6) == []
    assert check_forward(network(average=average, batch=2), other_layers(), times, tolerance=1e-12) == []


def test_both_routes_to_the_kernels_meet():
    exact, differences = (
        network().jacobian(other_layers(), PERIODS),
        network(slopes=None).jacobian(other_layers(), PERIODS),
    )
    for name in ("vp", "vs", "rho"):
        np.testing.assert_allclose(differences[name], exact[name], atol=1e-6)
    assert "central differences of 0.001" in network(slopes=None).domain.note


def test_wrong_slopes_are_rejected_by_the_other_route():
    def lying(depth, vp, vs, rho):
        d_vp, d_vs, d_rho = slopes(depth, vp, vs, rho)
        return d_vp, 1.01 * d_vs, d_rho

    assert check_kernel(network(slopes=lying), other_layers(), PERIODS) != []


def test_models_of_several_layer_counts_and_water():
    thickness, vp, vs, rho = other_layers(3, 5)
    models = [EarthModel(thickness[k, -3 - k :], vp[k, -3 - k :], vs[k, -3 - k :], rho[k, -3 - k :]) for k in range(3)]
    assert check_forward(network(), models, PERIODS, tolerance=1e-12) == []
    wet = EarthModel([1.0, 0.0], [1.5, 8.0], [0.0, 4.5], [1.0, 3.3])
    found = network().jacobian([models[2], wet], PERIODS)
    assert np.isnan(found.velocity[1]).all()
    assert (found.status[1] == Status.INVALID_MODEL).all()
    assert (found.status[0] == Status.OK).all()
    assert np.isnan(found.vs[1]).all()


def test_what_it_cannot_answer_is_nan_at_its_own_periods_only():
    def gappy(depth, vp, vs, rho):
        answer = velocity(depth, vp, vs, rho)
        answer[:, 1, -1] = np.nan
        return answer

    found = NetworkForward(gappy, DEPTH, PERIODS, slopes=slopes)
    kernels = found.jacobian(MODELS, PERIODS)
    assert np.isnan(kernels.velocity).sum() == len(MODELS[0])
    assert (kernels.status[:, 1, -1] == Status.NOT_CONVERGED).all()
    assert np.isnan(kernels.vs[:, 1, -1]).all()
    assert np.isfinite(kernels.vs[:, 0]).all()
    assert np.isnan(found.predict(MODELS, [10.0])[:, 1]).all(), "a spline through a missing value is no value"


def test_flat_outputs_one_wave_and_a_kernel_that_it_does_not_have():
    def love(depth, vp, vs, rho):
        return velocity(depth, vp, vs, rho)[:, 1]

    def love_slopes(depth, vp, vs, rho):
        return None, slopes(depth, vp, vs, rho)[1][:, 1], None

    alone = NetworkForward(love, DEPTH, PERIODS, waves="love", slopes=love_slopes)
    found, wanted = alone.jacobian(MODELS, PERIODS), INNER.jacobian(MODELS, PERIODS)
    np.testing.assert_allclose(found.vs[:, 0], wanted.vs[:, 1], atol=1e-14)
    assert (found.vp, found.rho) == (None, None)


def test_the_audit_judges_it():
    grid = np.arange(2.0, 61.0, 2.0)

    def exact(depth, vp, vs, rho):
        return ExactForward().predict(on_grid(depth, vp, vs, rho), grid)

    def exact_slopes(depth, vp, vs, rho):
        kernels = ExactForward().jacobian(on_grid(depth, vp, vs, rho), grid)
        return kernels.vp, kernels.vs, kernels.rho

    models = draw_many(SmallPrior(), 3, 20)
    good = surfgrad.audit(NetworkForward(exact, DEPTH, grid, slopes=exact_slopes), models, grid, options=FEWEST)
    assert (good.verdict, good.failed()) == ("PASS", ())
    bad = surfgrad.audit(NetworkForward(velocity, DEPTH, PERIODS, slopes=slopes), models, grid, options=KERNELS_ALONE)
    assert {"value_mae", "cosine", "relative_l2"} <= set(bad.failed())
    assert bad.summary["domain"]["periods_outside"] > 0


class Stated:
    depth_km, periods_s, waves = DEPTH, PERIODS, WAVES

    def __call__(self, depth, vp, vs, rho):
        return velocity(depth, vp, vs, rho)

    def slopes(self, depth, vp, vs, rho):
        return slopes(depth, vp, vs, rho)


def test_a_network_that_states_its_layout_needs_no_adaptor():
    adapted = as_forward(Stated())
    np.testing.assert_array_equal(adapted.predict(MODELS, PERIODS), network().predict(MODELS, PERIODS))
    assert as_forward(INNER) is INNER
    record = surfgrad.audit(Stated(), draw_many(SmallPrior(), 3, 20), PERIODS, options=KERNELS_ALONE)
    assert "value_mae" in record.failed()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Stated, "the class Stated given"),
        (7, "int given"),
        (velocity, "velocity is no Forward; a network is allowed that has attributes depth_km and periods_s"),
    ],
)
def test_what_is_no_forward_is_named(given, words):
    with pytest.raises(UsageError, match=words):
        as_forward(given)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"average": "above"}, "average: 'above' given"),
        ({"waves": ("love", "love")}, "each once"),
        ({"waves": "stoneley"}, "waves: 'stoneley' given"),
        ({"kind": "ray"}, "kind: 'ray' given"),
        ({"step": 0.0}, "step: 0.0 given"),
        ({"batch": 0}, "batch: 0 given"),
    ],
)
def test_settings_that_cannot_be(options, words):
    with pytest.raises(UsageError, match=words):
        network(**options)
    with pytest.raises(UsageError, match="one is given twice"):
        NetworkForward(velocity, DEPTH, [3.0, 3.0])


def broken(depth, vp, vs, rho):
    raise RuntimeError("mat1 and mat2 cannot be multiplied\n(32x7 and 8x2)")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (broken, "velocity failed for 3 models of 24 nodes: RuntimeError: mat1 and mat2 cannot be multiplied$"),
        (lambda depth, vp, vs, rho: vs, r"velocity has shape \(3, 24\); expected is \(3, 2, 7\) or \(3, 14\)"),
        (lambda depth, vp, vs, rho: "fast", "velocity gives str; an array of numbers"),
    ],
)
def test_a_network_that_fails_is_one_line(function, words):
    with pytest.raises(UsageError, match=words):
        NetworkForward(function, DEPTH, PERIODS).predict(MODELS, PERIODS)


def test_bad_slopes_and_periods_outside_are_one_line():
    with pytest.raises(UsageError, match="slopes gives ndarray; expected are three arrays"):
        network(slopes=velocity).jacobian(MODELS, PERIODS)
    with pytest.raises(UsageError, match="50 s given; the network knows 3 to 40 s"):
        network().predict(MODELS, [50.0])


def test_a_function_that_scribbles_on_its_input_harms_nobody():
    def scribbling(depth, vp, vs, rho):
        answer = velocity(depth, vp, vs, rho)
        vs[:] = depth[:] = -1.0
        return answer

    forward = NetworkForward(scribbling, DEPTH, PERIODS, slopes=slopes)
    assert check_forward(forward, MODELS, PERIODS, tolerance=1e-12) == []
    np.testing.assert_array_equal(
        difference_kernels(forward, MODELS, PERIODS).velocity, forward.predict(MODELS, PERIODS)
    )
