"""The strategies give what they promise, and reach the hard cases."""

import numpy as np
import pytest
from hypothesis import Phase, find, given, settings

from surfgrad.earth.validate import invalid_models
from surfgrad.testing.models import THIN, channel_models, guiding_models, models

CASES = {
    "thin": lambda m: m.n_layers > 1 and THIN in m.thickness[:-1],
    "thick": lambda m: m.thickness.max() > 20,
    "low-velocity zone": lambda m: bool((np.diff(m.vs) < 0).any()),
    "strong contrast": lambda m: m.vs.max() / m.vs.min() > 10,
    "half-space alone": lambda m: m.n_layers == 1,
}


@given(models())
@settings(max_examples=40, deadline=None)
def test_models_are_valid(model):
    assert not invalid_models(*model.arrays).any()
    assert 1 <= model.n_layers <= 6


@given(guiding_models())
@settings(max_examples=40, deadline=None)
def test_guiding_models_have_the_fastest_half_space(model):
    assert model.vs[-1] > model.vs[:-1].max()


@given(channel_models())
@settings(max_examples=40, deadline=None)
def test_channels_lie_under_faster_rock(model):
    assert model.vs[1] < min(model.vs[0], model.vs[2])
    assert model.vs[-1] == model.vs.max()


@pytest.mark.parametrize("case", CASES)
def test_models_reach(case):
    quick = settings(phases=[Phase.generate], max_examples=2000, database=None)
    assert CASES[case](find(models(), CASES[case], settings=quick))
