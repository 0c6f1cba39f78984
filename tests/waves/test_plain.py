"""The quick check says yes to what `check_model` lets pass, gives the same arrays, and never says yes to a fault."""

import numpy as np
import pytest

from surfgrad.earth.validate import check_model
from surfgrad.errors import ModelError
from surfgrad.waves.phase import flat_batch
from surfgrad.waves.plain import plain_copy

GOOD = ([2.0, 0.0, 20.0, 7.0], [5.0, 5.0, 6.2, 8.0], [2.8, 2.9, 3.6, 4.5], [2.4, 2.4, 2.75, 3.3])
FAULTS = [(0, 0, -1.0), (0, 1, np.inf), (0, 3, -1.0), (1, 1, 0.0), (1, 2, 4.1), (2, 3, 0.0), (3, 0, 0.0)]
FAULTS += [(column, 1, bad) for column in range(4) for bad in (np.nan, -np.inf)]
"""(column, layer, value): (1, 2, 4.1) is a negative bulk modulus, (2, 3, 0.0) a half-space of water."""


def columns(batch: int) -> tuple[np.ndarray, ...]:
    """The good model, `batch` times."""
    return tuple(np.tile(column, (batch, 1)) for column in GOOD)


@pytest.mark.parametrize("half_space", [0.0, 7.0, np.inf])
def test_a_plain_model_is_copied_as_check_model_does(half_space):
    model = columns(3)
    model[0][:, -1] = half_space
    found = plain_copy(model)
    assert found is not None
    for quick, slow, given in zip(found, check_model(*model), model, strict=True):
        np.testing.assert_array_equal(quick, slow)
        assert not np.shares_memory(quick, given)


@pytest.mark.parametrize(("column", "layer", "value"), FAULTS)
def test_a_fault_is_left_to_check_model(column, layer, value):
    model = columns(2)
    model[column][1, layer] = value
    assert plain_copy(model) is None
    with pytest.raises(ModelError, match=rf"\[1, {layer}\]"):
        flat_batch(*model)


def test_what_is_no_plain_array_is_left_to_check_model():
    h, a, b, r = columns(2)
    water = b.copy()
    water[:, 0] = 0.0
    others = [GOOD, (h, a, water, r), (h[:1], a, b, r), (h, a.astype(np.float32), b, r), (h[:, ::-1], a, b, r)]
    others += [tuple(np.float64(2.0) for _ in range(4)), tuple(np.array(2.0) for _ in range(4))]
    others += [tuple(np.empty((0, 4)) for _ in range(4)), tuple(np.empty((2, 0)) for _ in range(4))]
    for model in others:
        assert plain_copy(model) is None
    np.testing.assert_array_equal(flat_batch(h, a, water, r)[0][2], water)
