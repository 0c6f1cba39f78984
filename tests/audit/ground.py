"""What the liars are examined on: the sizes of the smoke preset, few layers, exact answers computed once."""

import functools

from surfgrad.audit.check import check
from surfgrad.audit.further import Further
from surfgrad.audit.options import Options
from surfgrad.audit.run import run
from surfgrad.audit.training_prior import prior_of_models
from surfgrad.earth.priors.base import draw_many
from surfgrad.study.presets import get_preset
from surfgrad.testing.liars import SHELF
from surfgrad.waves.forward import ExactForward

from .small_prior import SmallPrior

SMOKE = get_preset("smoke")
PERIODS = SMOKE.period_array()
TRAINED, TESTED = 1, 2
"""Seeds of the draws that stand for training models, and of those that are audited."""
FEW = Options(further=Further(taylor_models=10, consequence_models=16, starts=1, inversion_periods=12))
"""The fewest models that a verdict rests on, so that twenty liars are inverted with in a second each."""
FEWEST = Options(further=Further(taylor_models=10, consequence_models=10, starts=1, inversion_periods=4))
"""For forwards whose kernels are slow."""
NO_INVERSIONS = Options(further=Further(parts=("imprint", "spectral", "taylor"), taylor_models=10))
KERNELS_ALONE = Options(further=Further(parts=()))


class Remembering:
    """The engine, asked once for each question: twenty liars ask the same."""

    def __init__(self):
        self.engine, self.answers = ExactForward(threads=1), {}
        self.waves, self.kind, self.domain = self.engine.waves, self.engine.kind, self.engine.domain

    def predict(self, models, periods):
        return self.jacobian(models, periods).velocity

    def jacobian(self, models, periods):
        question = tuple(each.tobytes() for each in (*models, periods))
        if question not in self.answers:
            self.answers[question] = self.engine.jacobian(models, periods)
        return self.answers[question]


ENGINE = Remembering()


@functools.cache
def models():
    return draw_many(SmallPrior(), TESTED, SMOKE.test_count)


@functools.cache
def prior():
    """What the audit knows of the models that a network would have been trained on."""
    return prior_of_models("small", *draw_many(SmallPrior(), TRAINED, SMOKE.train_count))


def known():
    """What liars need to know beside the engine."""
    return {"subspace": prior().subspace}


def measured(forward, options=FEW):
    return run(forward, models(), PERIODS, reference=ENGINE, options=options, prior=prior())


@functools.cache
def measured_liar(name):
    return measured(SHELF[name].liar(ENGINE, **known()))


@functools.cache
def liar_record(name):
    return check(measured_liar(name))


@functools.cache
def honest_record():
    return check(measured(ENGINE))
