"""Depths of layers, of one model and of a batch."""

import numpy as np
import pytest

from surfgrad.earth.grid import DEFAULT_GRID, middles, tops


@pytest.mark.parametrize("half_space", [0.0, 7.0, np.inf])
def test_tops_and_middles_of_one_model_whatever_the_half_space_is_given(half_space: float) -> None:
    thickness = np.array([1.0, 2.0, 0.0, half_space])
    np.testing.assert_array_equal(tops(thickness), [0.0, 1.0, 3.0, 3.0])
    np.testing.assert_array_equal(middles(thickness), [0.5, 2.0, 3.0, 3.0])


def test_tops_of_a_batch_are_those_of_its_models() -> None:
    thickness = np.random.default_rng(0).random((2, 3, 5))
    batch = tops(thickness)
    assert batch.shape == thickness.shape
    for index in np.ndindex(2, 3):
        np.testing.assert_array_equal(batch[index], tops(thickness[index]))


def test_a_half_space_alone_begins_at_the_surface() -> None:
    np.testing.assert_array_equal(tops(np.array([0])), [0.0])
    assert tops(np.array([3])).dtype == np.float64


def test_the_default_grid_ends_where_it_says() -> None:
    assert tops(DEFAULT_GRID)[-1] == 127.5
    with pytest.raises(ValueError, match="read-only"):
        DEFAULT_GRID[0] = 1.0
