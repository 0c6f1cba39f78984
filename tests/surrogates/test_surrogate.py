"""The surrogate as a Forward: its Jacobian against two other routes, its periods, its refusals."""

from pathlib import Path

import numpy as np
import pytest
from tests.ensembles.synthetic import LAYERS, PERIODS, SHARE, THICKNESS, ToyPrior, depth_weights

from surfgrad.earth.model import EarthModel
from surfgrad.errors import ModelError, UsageError
from surfgrad.status import Status
from surfgrad.surrogates.checkpoint import load_surrogate
from surfgrad.surrogates.surrogate import Surrogate

Models = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
BETWEEN = np.array([31.7, 2.0, 3.3, 40.0, 7.1, 7.1])


@pytest.fixture(scope="module")
def surrogate(checkpoint: Path) -> Surrogate:
    return load_surrogate(checkpoint)


@pytest.fixture(scope="module")
def models() -> Models:
    drawn = [ToyPrior().sample(np.random.default_rng([5, index])) for index in range(40)]
    thickness, vp, vs, rho = (np.array([model[row] for model in drawn]) for row in range(4))
    return thickness, vp, vs, rho


def largest_difference(surrogate: Surrogate, models: Models, periods: np.ndarray) -> float:
    """Automatic derivative against central differences of predict, relative to the largest kernel value."""
    kernels = surrogate.jacobian(models, periods)
    worst = 0.0
    for row, name in enumerate(("vp", "vs", "rho"), start=1):
        for layer in range(LAYERS):
            step = 1e-5
            up, down = ([array.copy() for array in models] for _ in range(2))
            up[row][:, layer] += step
            down[row][:, layer] -= step
            slope = (surrogate.predict(tuple(up), periods) - surrogate.predict(tuple(down), periods)) / (2 * step)
            given = kernels[name]
            assert given is not None
            worst = max(worst, float(np.abs(slope - given[..., layer]).max() / np.abs(given).max()))
    return worst


@pytest.mark.parametrize("periods", [PERIODS, BETWEEN], ids=["trained", "between"])
def test_jacobian_is_the_derivative_of_predict(surrogate: Surrogate, models: Models, periods: np.ndarray) -> None:
    assert largest_difference(surrogate, models, periods) < 1e-7


def test_the_difference_check_rejects_a_wrong_derivative(
    surrogate: Surrogate, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Surrogate.jacobian

    def liar(self: Surrogate, given: Models, periods: np.ndarray) -> object:
        kernels = honest(self, given, periods)
        assert kernels.vs is not None
        kernels.vs[..., 2] *= 1.001
        return kernels

    monkeypatch.setattr(Surrogate, "jacobian", liar)
    assert largest_difference(surrogate, models, PERIODS) > 1e-5


def test_kernels_approach_the_true_ones(surrogate: Surrogate, models: Models) -> None:
    kernels = surrogate.jacobian(models, PERIODS)
    assert kernels.vs is not None
    assert kernels.thickness is None
    # vp is nearly proportional to vs here, so what is identified is the total change along vp/vs = 1.75.
    assert kernels.vp is not None
    found = kernels.vs + 1.75 * kernels.vp
    for row, wave in enumerate(surrogate.waves):
        exact = (SHARE[wave][1] + 1.75 * SHARE[wave][0]) * depth_weights(PERIODS)
        assert np.abs(found[:, row] - exact).mean() < 0.03 * exact.max()


def test_kernel_arrays_have_the_contract_s_shapes(surrogate: Surrogate, models: Models) -> None:
    kernels = surrogate.jacobian(models, BETWEEN)
    shape = (40, 2, BETWEEN.size)
    assert kernels.velocity.shape == kernels.status.shape == shape
    assert all(kernels[name].shape == (*shape, LAYERS) for name in ("vp", "vs", "rho"))
    assert all(kernels[name].dtype == np.float64 for name in ("vp", "vs", "rho"))
    np.testing.assert_allclose(kernels.velocity, surrogate.predict(models, BETWEEN), rtol=1e-12)


def test_batches_and_parts_do_not_matter(surrogate: Surrogate, models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = surrogate.jacobian(models, PERIODS)
    monkeypatch.setattr("surfgrad.surrogates.surrogate.CHUNK", 7)
    parts = surrogate.jacobian(models, PERIODS)
    one = tuple(array[11] for array in models)
    np.testing.assert_allclose(parts.vs, whole.vs, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(surrogate.predict(one, PERIODS)[0], whole.velocity[11], rtol=1e-12)


def test_periods_keep_their_order_and_trained_ones_their_value(surrogate: Surrogate, models: Models) -> None:
    trained = surrogate.predict(models, PERIODS)
    np.testing.assert_allclose(surrogate.predict(models, PERIODS[::-1]), trained[..., ::-1], rtol=1e-12)
    found = surrogate.predict(models, BETWEEN)
    np.testing.assert_allclose(found[..., 1], trained[..., 0], rtol=1e-12)
    np.testing.assert_array_equal(found[..., 4], found[..., 5])
    near = surrogate.predict(models, np.array([5.0, 5.0 + 1e-7]))
    np.testing.assert_allclose(near[..., 1], near[..., 0], rtol=1e-6)


@pytest.mark.parametrize("periods", [[1.9], [2.0, 40.1]])
def test_periods_outside_are_refused(surrogate: Surrogate, models: Models, periods: list[float]) -> None:
    with pytest.raises(UsageError, match="2 to 40 s"):
        surrogate.predict(models, periods)
    with pytest.raises(UsageError, match="2 to 40 s"):
        surrogate.jacobian(models, periods)


def test_another_grid_is_refused_by_name(surrogate: Surrogate, models: Models) -> None:
    thickness, vp, vs, rho = models
    with pytest.raises(UsageError, match="grid has 6 layers over 40 km"):
        surrogate.predict((thickness[:, 1:], vp[:, 1:], vs[:, 1:], rho[:, 1:]), PERIODS)
    moved = thickness.copy()
    moved[3, 2] += 0.01
    with pytest.raises(UsageError, match="model 3, layer 2"):
        surrogate.predict((moved, vp, vs, rho), PERIODS)
    half_space = thickness.copy()
    half_space[:, -1] = np.inf  # its thickness means nothing
    np.testing.assert_array_equal(
        surrogate.predict((half_space, vp, vs, rho), PERIODS), surrogate.predict(models, PERIODS)
    )


def test_earth_models_are_accepted(surrogate: Surrogate, models: Models) -> None:
    rows = [EarthModel(*(array[row] for array in models)) for row in range(3)]
    np.testing.assert_allclose(surrogate.predict(rows, PERIODS), surrogate.predict(models, PERIODS)[:3], rtol=1e-12)
    with pytest.raises(ModelError):
        surrogate.predict("ak135", PERIODS)


def test_unreadable_models_have_nan_and_a_status_and_spare_the_others(surrogate: Surrogate, models: Models) -> None:
    copies = tuple(array.copy() for array in models)
    copies[2][4, 0], copies[2][6, 1], copies[3][8, 2] = 0.0, np.nan, -1.0
    bad = np.zeros(40, dtype=bool)
    bad[[4, 6, 8]] = True
    kernels = surrogate.jacobian(copies, PERIODS)
    for values in (surrogate.predict(copies, PERIODS), kernels.velocity, kernels.vp, kernels.vs, kernels.rho):
        assert np.isnan(values[bad]).all()
        assert np.isfinite(values[~bad]).all()
    assert (kernels.status[bad] == Status.INVALID_MODEL).all()
    assert (kernels.status[~bad] == Status.OK).all()


def test_inputs_stay_as_they_are(surrogate: Surrogate, models: Models) -> None:
    copies = tuple(array.copy() for array in models)
    surrogate.jacobian(copies, PERIODS)
    for copy, array in zip(copies, models, strict=True):
        np.testing.assert_array_equal(copy, array)


def test_domain_says_what_was_trained_on(surrogate: Surrogate) -> None:
    domain = surrogate.domain
    assert domain.periods == (2.0, 40.0)
    assert domain.thickness == tuple(THICKNESS)
    assert 2.0 <= domain.vs[0] < 2.1
    assert 3.9 < domain.vs[1] <= 4.0
    assert (surrogate.waves, surrogate.kind) == (("rayleigh", "love"), "phase")
