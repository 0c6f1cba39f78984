"""Losses, schedule, batches, interpolation and scales, each on its own."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from surfgrad.errors import UsageError
from surfgrad.spline import spline_weights
from surfgrad.surrogates.batches import batch_rows
from surfgrad.surrogates.grid import GridNetwork, GridSettings
from surfgrad.surrogates.losses import masked_share, value_loss
from surfgrad.surrogates.normalisation import normalise
from surfgrad.surrogates.schedule import learning_rate


def test_masked_entries_give_neither_loss_nor_gradient() -> None:
    target = torch.tensor([[[1.0, float("nan")], [2.0, 3.0]]])
    velocity = torch.tensor([[[1.5, 9.0], [2.0, 2.0]]], requires_grad=True)
    loss = value_loss(velocity, target, torch.tensor([[0.5, 1.0], [1.0, 2.0]]))
    assert float(loss.detach()) == pytest.approx((1.0 + 0.0 + 0.25) / 3)
    loss.backward()
    assert velocity.grad is not None
    assert velocity.grad[0, 0, 1] == 0.0
    assert (velocity.grad[0, 0, 0], velocity.grad[0, 1, 1]) != (0.0, 0.0)
    assert masked_share(target) == 0.25


def test_nothing_to_regress_is_zero_loss_not_nan() -> None:
    velocity = torch.ones(1, 1, 2, requires_grad=True)
    loss = value_loss(velocity, torch.full((1, 1, 2), float("nan")), torch.ones(1, 2))
    loss.backward()
    assert float(loss.detach()) == 0.0
    assert velocity.grad is not None
    assert (velocity.grad == 0.0).all()


def test_the_rate_rises_then_falls() -> None:
    rates = [learning_rate(1.0, share) for share in np.linspace(0, 1, 101)]
    top = int(np.argmax(rates))
    assert rates[top] == pytest.approx(1.0)
    assert 0 < top <= 10
    assert (np.diff(rates[: top + 1]) >= 0).all()
    assert (np.diff(rates[top:]) < 0).all()
    assert 0.0 < rates[-1] <= 2e-3
    assert learning_rate(1.0, 1.5) == rates[-1]


@given(st.integers(0, 5), st.integers(1, 40), st.integers(2, 40))
def test_an_epoch_sees_each_sample_at_most_once(seed: int, size: int, count: int) -> None:
    per_epoch = count // min(size, count)
    seen = np.concatenate([batch_rows(seed, step, size, count) for step in range(per_epoch)])
    assert len(np.unique(seen)) == len(seen) == per_epoch * min(size, count)
    assert ((seen >= 0) & (seen < count)).all()


def test_epochs_and_seeds_differ() -> None:
    first, second = batch_rows(0, 0, 100, 100), batch_rows(0, 1, 100, 100)
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, batch_rows(1, 0, 100, 100))
    np.testing.assert_array_equal(first, batch_rows(0, 0, 100, 100))


def test_spline_weights_reproduce_cubics_in_log_period() -> None:
    trained = np.array([40.0, 2.0, 5.0, 10.0, 20.0])  # in any order
    periods = np.array([2.0, 3.0, 17.0, 40.0])

    def cubic(values: np.ndarray) -> np.ndarray:
        x = np.log(values)
        return 3.0 + 0.4 * x - 0.2 * x**2 + 0.05 * x**3

    weights = spline_weights(trained.tolist(), periods)
    np.testing.assert_allclose(weights @ cubic(trained), cubic(periods), rtol=1e-13)
    np.testing.assert_allclose(weights[0], [0, 1, 0, 0, 0], atol=1e-15)
    with pytest.raises(UsageError, match="41 s given"):
        spline_weights(trained.tolist(), np.array([41.0]))
    np.testing.assert_array_equal(spline_weights([7.0], np.array([7.0])), [[1.0]])


def test_scales_ignore_what_has_no_value() -> None:
    vp, vs, rho = (np.full((4, 2), value) for value in (6.0, 3.5, 2.7))
    velocity = np.array([[[1.0, np.nan]], [[3.0, np.nan]], [[np.nan, np.nan]], [[np.nan, np.nan]]])
    scales = normalise(vp, vs, rho, velocity)
    np.testing.assert_allclose(scales.input_mean[1], np.log(3.5))
    assert (scales.input_std > 0).all()
    np.testing.assert_allclose(scales.output_mean, [[2.0, 0.0]])
    np.testing.assert_allclose(scales.output_std, [[1.0, 1.0]])


def test_a_fresh_network_starts_from_the_mean_curve() -> None:
    rng = np.random.default_rng(0)
    vs = rng.uniform(2, 4, (50, 5))
    velocity = rng.uniform(3, 4, (50, 2, 7))
    network = GridNetwork(GridSettings(5, 2, tuple(range(1, 8)), (64, 64)))
    network.initialise(normalise(1.8 * vs, vs, vs, velocity), torch.Generator().manual_seed(0), input_gain=1.0)
    tensors = [torch.as_tensor(array, dtype=torch.float32) for array in (np.ones((50, 5)), 1.8 * vs, vs, vs)]
    found = network(*tensors).detach().numpy()
    assert found.shape == (50, 2, 7)
    assert np.abs(found - velocity.mean(axis=0)).max() < 0.5 * velocity.std()
