"""Liars lie as they say, and keep the rest of the contract, so that only their lie is examined."""

import numpy as np
import pytest
from tests.audit.toy import Toy, uneven_models

from surfgrad.contracts import Forward
from surfgrad.testing.check_forward import check_forward
from surfgrad.testing.liars import HONEST, LIARS, random_nan

MODELS = uneven_models(3, 10)
PERIODS = np.array([4.0, 15.0, 45.0])


@pytest.mark.parametrize("make", LIARS, ids=lambda make: make.__name__)
def test_every_liar_is_a_forward_of_its_own_name(make):
    liar = make(Toy())
    assert isinstance(liar, Forward)
    assert liar.name == make.__name__
    assert liar.caught_by
    assert liar.caught_by not in liar.spares


@pytest.mark.parametrize("make", [make for make in LIARS if make is not random_nan], ids=lambda make: make.__name__)
def test_only_the_numbers_are_wrong(make):
    assert check_forward(make(Toy()), MODELS, PERIODS) == []


def test_a_lost_sample_breaks_the_contract():
    problems = check_forward(random_nan(Toy(), 0.9), MODELS, PERIODS)
    assert any("NaN where the status promises one" in problem for problem in problems)


@pytest.mark.parametrize("make", LIARS, ids=lambda make: make.__name__)
def test_every_liar_differs_from_the_truth(make):
    liar, honest = make(Toy()), Toy().jacobian(MODELS, PERIODS)
    told = liar.jacobian(MODELS, PERIODS)
    same = [np.allclose(told[name], honest[name], rtol=1e-3, atol=1e-9, equal_nan=True) for name in ("vp", "vs", "rho")]
    same.append(np.allclose(told.velocity, honest.velocity, equal_nan=True))
    assert not all(same) or make is random_nan


def test_random_nan_loses_about_the_share_it_says():
    times = np.arange(2.0, 60.0, 0.25)
    lost = np.isnan(random_nan(Toy(), 0.1).predict(MODELS, times))
    assert 0.05 < lost.mean() < 0.15


@pytest.mark.parametrize("make", HONEST, ids=["itself", "rounded", "differenced"])
def test_controls_keep_the_contract(make):
    assert check_forward(make(Toy()), MODELS, PERIODS) == []
