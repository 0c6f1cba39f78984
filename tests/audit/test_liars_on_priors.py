"""The liars once more where the audit is used: 256 layers of 0.5 km, drawn from the priors."""

import functools

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.earth.priors.base import draw_many
from surfgrad.earth.priors.subspace import prior_subspace
from surfgrad.testing.liars import SHELF, misnamed

from .ground import Remembering

PERIODS = np.arange(2.0, 61.0, 3.0)
ENGINE = Remembering()


@functools.cache
def asked(prior):
    return {"subspace": prior_subspace(prior, 1000)}, draw_many(prior, 11, 30)


@pytest.mark.slow
@pytest.mark.parametrize("prior", ["weak", "tectonic"])
@pytest.mark.parametrize("name", SHELF)
def test_each_liar_is_caught_and_named(name, prior):
    known, models = asked(prior)
    liar = SHELF[name].liar(ENGINE, **known)
    record = surfgrad.audit(liar, models, PERIODS, reference=ENGINE)
    assert misnamed(record, SHELF[name]) == []


@pytest.mark.slow
@pytest.mark.parametrize("prior", ["weak", "tectonic"])
def test_the_engine_passes(prior):
    _, models = asked(prior)
    record = surfgrad.audit(ENGINE, models, PERIODS, reference=ENGINE)
    assert (record.verdict, record.failed()) == ("PASS", ())
