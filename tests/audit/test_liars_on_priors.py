"""The liars once more where the audit is used: 256 layers of 0.5 km, drawn from the priors."""

import functools

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.training_prior import prior_by_name
from surfgrad.earth.priors.base import draw_many
from surfgrad.testing.liars import SHELF, misnamed

from .ground import FEW, Remembering

PERIODS = np.arange(2.0, 61.0, 3.0)
ENGINE = Remembering()
NOTHING_TO_NAME = {
    ("moho_locked", "weak"): ["attraction does not fail, and should"],
    ("nan_at_cutoff", "weak"): ["missing does not fail, and should"],
}
"""`weak` has no interfaces that a depth could be liked for, and no mode within 3 % of its cut-off."""


@functools.cache
def models(prior):
    return draw_many(prior, 11, 30)


def judged(forward, prior):
    known = prior_by_name(prior)
    return surfgrad.audit(forward, models(prior), PERIODS, reference=ENGINE, options=FEW, prior=known)


@pytest.mark.slow
@pytest.mark.parametrize("prior", ["weak", "tectonic"])
@pytest.mark.parametrize("name", SHELF)
def test_each_liar_is_caught_and_named(name, prior):
    record = judged(SHELF[name].liar(ENGINE, subspace=prior_by_name(prior).subspace), prior)
    assert misnamed(record, SHELF[name]) == NOTHING_TO_NAME.get((name, prior), [])


@pytest.mark.slow
@pytest.mark.parametrize("prior", ["weak", "tectonic"])
def test_the_engine_passes(prior):
    record = judged(ENGINE, prior)
    assert (record.verdict, record.failed()) == ("PASS", ())
