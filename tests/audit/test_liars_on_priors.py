"""The liars once more where the audit is used: 256 layers of 0.5 km, drawn from the priors."""

import functools

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.contracts import Domain
from surfgrad.earth.priors import get_prior
from surfgrad.earth.priors.base import draw
from surfgrad.testing.liars import LIARS
from surfgrad.waves.forward import ExactForward

PERIODS = np.arange(2.0, 61.0, 3.0)


class Remembering:
    """The engine, asked once for each question: thirteen liars ask the same."""

    waves, kind, domain = ("rayleigh", "love"), "phase", Domain()

    def __init__(self):
        self.answers = {}

    def predict(self, models, periods):
        return self.jacobian(models, periods).velocity

    def jacobian(self, models, periods):
        question = (models[2].tobytes(), periods.tobytes())
        if question not in self.answers:
            self.answers[question] = ExactForward().jacobian(models, periods)
        return self.answers[question]


@functools.cache
def asked(prior):
    drawn = [draw(get_prior(prior), 11, index) for index in range(30)]
    models = [each if isinstance(each, tuple) else (each.thickness, each.vp, each.vs, each.rho) for each in drawn]
    return Remembering(), tuple(np.array(each) for each in zip(*models, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("prior", ["weak", "tectonic"])
@pytest.mark.parametrize("make", LIARS, ids=lambda make: make.__name__)
def test_each_liar_is_caught_and_named(make, prior):
    engine, models = asked(prior)
    liar = make(engine)
    failed = surfgrad.audit(liar, models, PERIODS, reference=engine).failed()
    assert liar.caught_by in failed
    assert not set(liar.spares) & set(failed)


@pytest.mark.slow
@pytest.mark.parametrize("prior", ["weak", "tectonic"])
def test_the_engine_passes(prior):
    engine, models = asked(prior)
    record = surfgrad.audit(engine, models, PERIODS, reference=engine)
    assert (record.verdict, record.failed()) == ("PASS", ())
