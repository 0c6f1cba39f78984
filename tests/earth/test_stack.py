"""Stacks: padding keeps the half-space last and adds nothing."""

import numpy as np
import pytest

from surfgrad.earth.model import EarthModel
from surfgrad.earth.stack import stack_models
from surfgrad.errors import ModelError
from surfgrad.waves.kernels import phase_kernels

TWO = EarthModel([3.0, 0], [5, 8], [2.9, 4.5], [2.6, 3.3])
FOUR = EarthModel([1.0, 2.0, 3.0, 0], [3, 5, 6, 8], [1.5, 2.9, 3.4, 4.6], [2.0, 2.6, 2.8, 3.4])


def test_padding_lies_between_the_layers_and_the_half_space():
    stack = stack_models([TWO, FOUR])
    assert stack.mask.tolist() == [[True, False, False, True], [True] * 4]
    np.testing.assert_array_equal(stack.thickness[0], [3, 0, 0, 0])
    np.testing.assert_array_equal(stack.vs[0], [2.9, 4.5, 4.5, 4.5])
    assert stack.n_layers.tolist() == [2, 4]
    assert len(stack) == 2


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_padding_changes_no_velocity_and_no_kernel(wave):
    stack, periods = stack_models([TWO, FOUR]), [2.0, 20.0]
    padded = phase_kernels(*stack.arrays, periods, wave=wave)
    alone = phase_kernels(*TWO.arrays, periods, wave=wave)
    np.testing.assert_allclose(padded.velocity[0], alone.velocity, rtol=1e-12)
    for name in ("thickness", "vp", "vs", "rho"):
        np.testing.assert_allclose(padded[name][0][:, stack.mask[0]], alone[name], atol=1e-11)
        np.testing.assert_allclose(padded[name][0][:, ~stack.mask[0]], 0.0, atol=1e-11)
    # The same padding below a real interface would be noticed: layers of some thickness do change the velocity.
    thickness = stack.thickness.copy()
    thickness[0, 0] += 0.1
    moved = phase_kernels(thickness, *stack.arrays[1:], periods, wave=wave)
    assert np.abs(moved.velocity[0] - alone.velocity).min() > 1e-4


@pytest.mark.parametrize("index", [0, 1])
def test_models_come_back(index):
    assert stack_models([TWO, FOUR]).model(index) == [TWO, FOUR][index]


def test_every_accepted_form_gives_the_same_stack():
    forms = [FOUR, [FOUR], (FOUR,), FOUR.arrays, tuple(a[None] for a in FOUR.arrays), stack_models(FOUR)]
    for form in forms:
        stack = stack_models(form)
        assert stack.model(0) == FOUR
        assert stack.vs.shape == (1, 4)


def test_four_models_are_not_four_arrays():
    assert len(stack_models((TWO, TWO, FOUR, TWO))) == 4


def test_arrays_may_hold_invalid_models():
    stack = stack_models(([[1, 0], [1, 0]], [[5, 8], [5, 8]], [[3, 4], [np.nan, 4]], [[2, 3], [2, 3]]))
    assert stack.vs.shape == (2, 2)
    with pytest.raises(ModelError, match="vs"):
        stack.model(1)


@pytest.mark.parametrize(
    "models", [[], "ak135", None, 3, [TWO, "x"], ([1, 0], [5, 8], [3, 4, 5], [2, 3]), [[1], [5], [3], [2]]]
)
def test_anything_else_is_refused(models):
    with pytest.raises(ModelError, match="models: "):
        stack_models(models)
