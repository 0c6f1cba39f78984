"""The scale-free surrogate: what holds whatever its weights are, and what it learns from exact derivatives."""

from pathlib import Path

import numpy as np
import pytest
from tests.ensembles.synthetic import ToyPrior
from tests.surrogates.solved import SOLVED_PERIODS

from surfgrad.contracts import Forward
from surfgrad.earth.model import EarthModel
from surfgrad.status import Status
from surfgrad.surrogates.checkpoint import load_surrogate
from surfgrad.surrogates.surrogate import Surrogate
from surfgrad.testing.check_forward import check_forward
from surfgrad.testing.check_kernel import check_identities, check_kernel

Models = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
PERIODS = np.array(SOLVED_PERIODS)


@pytest.fixture(scope="module")
def surrogate(scale_free: Path) -> Surrogate:
    return load_surrogate(scale_free)


@pytest.fixture(scope="module")
def models() -> Models:
    drawn = [ToyPrior().sample(np.random.default_rng([5, index])) for index in range(6)]
    thickness, vp, vs, rho = (np.array([model[row] for model in drawn]) for row in range(4))
    return thickness, vp, vs, rho


def test_it_is_a_forward_whose_kernel_is_the_derivative_of_its_prediction(surrogate: Surrogate, models: Models) -> None:
    assert isinstance(surrogate, Forward)
    several = [EarthModel(*(array[0] for array in models)), EarthModel([3.0, 0.0], [5.0, 8.0], [3.0, 4.5], [2.5, 3.3])]
    assert check_forward(surrogate, models, PERIODS) == []
    assert check_forward(surrogate, several, PERIODS) == []
    assert check_kernel(surrogate, models, PERIODS, tolerance=1e-5) == []


def test_thickness_kernels_are_derivatives_too(surrogate: Surrogate, models: Models) -> None:
    kernels = surrogate.jacobian(models, PERIODS)
    assert kernels.thickness is not None
    for layer in range(models[0].shape[1] - 1):
        sides = []
        for sign in (1.0, -1.0):
            moved = models[0].copy()
            moved[:, layer] += sign * 1e-5
            sides.append(surrogate.predict((moved, *models[1:]), PERIODS))
        slope = (sides[0] - sides[1]) / 2e-5
        np.testing.assert_allclose(kernels.thickness[..., layer], slope, atol=1e-7 * np.abs(kernels.thickness).max())
    assert (kernels.thickness[..., -1] == 0).all()


def test_scaled_copies_of_a_model_have_scaled_curves_and_kernels(surrogate: Surrogate, models: Models) -> None:
    thickness, vp, vs, rho = models
    kernels = surrogate.jacobian(models, PERIODS)
    faster = surrogate.jacobian((thickness, 0.2 * vp, 0.2 * vs, 7.0 * rho), PERIODS / 0.2)
    smaller = surrogate.jacobian((0.01 * thickness, vp, vs, rho), 0.01 * PERIODS)
    np.testing.assert_allclose(faster.velocity, 0.2 * kernels.velocity, rtol=1e-11)
    np.testing.assert_allclose(smaller.velocity, kernels.velocity, rtol=1e-11)
    for name in ("vp", "vs"):
        scale = np.abs(kernels.vs).max()
        np.testing.assert_allclose(faster[name], kernels[name], atol=1e-10 * scale)
        np.testing.assert_allclose(smaller[name], kernels[name], atol=1e-10 * scale)
    # The check must be able to fail: depths alone, without the periods, are another model.
    assert np.abs(surrogate.predict((0.5 * thickness, vp, vs, rho), PERIODS) / kernels.velocity - 1).max() > 1e-3


def test_identities_hold_by_construction(surrogate: Surrogate, models: Models) -> None:
    dense = np.geomspace(2.0, 60.0, 60)
    assert check_identities(surrogate, models, dense, tolerance=1e-5) == []
    kernels = surrogate.jacobian(models, dense)
    assert kernels.vp is not None
    assert kernels.rho is not None
    assert (kernels.vp[:, 1] == 0).all()
    density = np.einsum("nwtl,nl->nwt", kernels.rho, models[3])
    assert np.abs(density).max() < 1e-10


def test_cutting_a_layer_in_two_changes_nothing(surrogate: Surrogate, models: Models) -> None:
    cut = tuple(np.insert(array, 2, array[:, 2], axis=1) for array in models)
    cut[0][:, 2] *= 0.3
    cut[0][:, 3] *= 0.7
    whole, parts = surrogate.jacobian(models, PERIODS), surrogate.jacobian(cut, PERIODS)
    np.testing.assert_allclose(parts.velocity, whole.velocity, rtol=1e-11)
    for name in ("vp", "vs", "rho"):
        both, each = whole[name], parts[name]
        assert both is not None
        assert each is not None
        np.testing.assert_allclose(each[..., 2] + each[..., 3], both[..., 2], atol=1e-10 * np.abs(both).max())


def test_exact_kernels_are_learned(surrogate: Surrogate) -> None:
    """Unseen models; where a network knew only the half-space's share of it the error would be near 1."""
    from surfgrad.earth.priors import draw
    from surfgrad.waves.forward import ExactForward

    drawn = [draw("weak", 6, index) for index in range(20)]
    models = tuple(np.array([model[row] for model in drawn]) for row in range(4))
    exact, learned = ExactForward(threads=1).jacobian(models, PERIODS), surrogate.jacobian(models, PERIODS)
    assert exact.vs is not None
    assert learned.vs is not None
    error = np.linalg.norm(learned.vs - exact.vs, axis=-1) / np.linalg.norm(exact.vs, axis=-1)
    assert np.nanmedian(error) < 0.12
    assert np.nanmedian(np.abs(learned.velocity - exact.velocity)) < 0.02


def test_the_card_tells_kernel_errors_step_by_step(surrogate: Surrogate) -> None:
    training = surrogate.card.training
    errors = [entry["validation_kernel_error"] for entry in training["history"]]
    assert errors[-1] < 0.5 * errors[0]
    assert training["validation"]["kernel_error"]["all"] == pytest.approx(min(errors), rel=1e-6)
    assert training["derivatives"]["training"] > 800


def test_no_velocity_is_nan_and_says_so(surrogate: Surrogate, models: Models) -> None:
    thickness, vp, vs, rho = (array.copy() for array in models)
    vs[1] = np.nan
    kernels = surrogate.jacobian((thickness, vp, vs, rho), PERIODS)
    assert (kernels.status[1] == Status.INVALID_MODEL).all()
    assert np.isnan(kernels.velocity[1]).all()
    assert np.isfinite(kernels.velocity[[0, 2, 3, 4, 5]]).all()


def test_any_grid_count_and_period_is_answered(surrogate: Surrogate) -> None:
    half_space = EarthModel([0.0], [6.0], [3.4], [2.7])
    found = surrogate.predict(half_space, [0.01, 1.0, 500.0])
    np.testing.assert_allclose(found, np.broadcast_to(found[..., :1], found.shape), rtol=1e-11)
    assert surrogate.domain.thickness is None
