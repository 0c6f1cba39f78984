"""The validation part: disjoint, complete, spread, and of the size asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surfgrad.ensembles import split
from surfgrad.errors import UsageError


@given(st.integers(2, 3000), st.floats(0.01, 0.5))
def test_parts_are_disjoint_and_complete(count: int, fraction: float) -> None:
    parts = split(count, fraction)
    assert len(parts.train) >= 1
    assert len(parts.validation) == max(1, round(count * fraction))
    np.testing.assert_array_equal(np.sort(np.concatenate([parts.train, parts.validation])), np.arange(count))


@pytest.mark.parametrize(("count", "fraction"), [(1, 0.1), (10, 0.0), (10, 0.6), (10, float("nan"))])
def test_impossible_splits_are_refused(count: int, fraction: float) -> None:
    with pytest.raises(UsageError):
        split(count, fraction)
