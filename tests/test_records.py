"""Records of arrays can be compared, kept in sets, and asked for a function or kernel by name."""

from dataclasses import replace

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.earth.stack import stack_models

MODEL = ([1.0, 0.0], [5.0, 8.0], [3.0, 4.5], [2.5, 3.3])
PERIODS = [1.0, 2.0]


@pytest.mark.parametrize(
    "record",
    [
        sg.dispersion(*MODEL, PERIODS),
        sg.Kernels(np.ones(2), np.zeros(2), None, None, np.ones((2, 2)), None),
        stack_models(sg.EarthModel(*MODEL)),
    ],
    ids=lambda record: type(record).__name__,
)
def test_a_record_is_equal_to_itself_alone(record: object) -> None:
    other = replace(record)  # type: ignore[type-var]
    assert record == record
    assert record != other
    assert len({record, other, record}) == 2


def test_a_kernel_by_name() -> None:
    kernels = sg.phase_kernels(*MODEL, PERIODS)
    assert kernels["vs"] is kernels.vs
    with pytest.raises(KeyError, match="velocity"):
        kernels["velocity"]
