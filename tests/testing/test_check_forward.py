"""The contract's examiner passes an honest forward and names each way of breaking the contract."""

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from tests.audit.toy import Toy, uneven_models

from surfgrad.contracts import Domain, Forward
from surfgrad.testing.check_forward import check_forward

MODELS = uneven_models(3, 8)
PERIODS = np.array([20.0, 5.0, 50.0, 9.0])


@dataclass(frozen=True)
class SortsPeriods(Toy):
    def predict(self, models, periods):
        return super().predict(models, np.sort(periods))


@dataclass(frozen=True)
class Normalises(Toy):
    """Standardises by its own batch, as a network in training mode does."""

    def jacobian(self, models, periods):
        kernels = super().jacobian(models, periods)
        return replace(kernels, velocity=kernels.velocity / kernels.velocity.mean(axis=0, keepdims=True))


@dataclass(frozen=True)
class Drops(Toy):
    def predict(self, models, periods):
        return super().predict(models, periods)[..., 1:]


@dataclass(frozen=True)
class WritesIntoInput(Toy):
    def jacobian(self, models, periods):
        kernels = super().jacobian(models, periods)
        if isinstance(models, tuple):
            models[2][...] *= 1.001
        return kernels


@dataclass(frozen=True)
class SilentNan(Toy):
    def jacobian(self, models, periods):
        kernels = super().jacobian(models, periods)
        return replace(kernels, velocity=np.where(np.asarray(periods) > 40, np.nan, kernels.velocity))


@dataclass(frozen=True)
class ZeroKernel(Toy):
    """Gives zeros instead of NaN where there is no mode."""

    def jacobian(self, models, periods):
        kernels = super().jacobian(models, periods)
        return replace(kernels, vs=np.nan_to_num(kernels.vs))


@dataclass(frozen=True)
class SinglePrecision(Toy):
    def predict(self, models, periods):
        return super().predict(models, periods).astype(np.float32)


@dataclass(frozen=True)
class TwoAnswers(Toy):
    def predict(self, models, periods):
        return super().predict(models, periods) + 0.01


@dataclass(frozen=True)
class KernelByRow(Toy):
    """A kernel that depends on the model's place in the batch."""

    def jacobian(self, models, periods):
        kernels = super().jacobian(models, periods)
        return replace(kernels, rho=kernels.rho * (1 + np.arange(len(kernels.rho))[:, None, None, None]))


@dataclass(frozen=True)
class UnknownWave:
    """Fulfils everything but the names of the waves."""

    toy: Toy = field(default_factory=Toy)
    waves: tuple[str, ...] = ("rayleigh", "scholte")
    kind: str = "phase"
    domain: Domain = field(default_factory=Domain)

    def predict(self, models, periods):
        return self.toy.predict(models, periods)

    def jacobian(self, models, periods):
        return self.toy.jacobian(models, periods)


def test_the_toy_is_a_forward_and_keeps_the_contract():
    assert isinstance(Toy(), Forward)
    assert check_forward(Toy(), MODELS, PERIODS) == []
    assert check_forward(Toy(longest=30.0), MODELS, PERIODS) == []


@pytest.mark.parametrize(
    ("forward", "words"),
    [
        (SortsPeriods(), "predict depends on the order of the periods"),
        (Normalises(), "predict of model 0 depends on the other models"),
        (Drops(), "predict has shape (3, 2, 3); expected (3, 2, 4)"),
        (WritesIntoInput(), "changes the arrays it is given"),
        (SilentNan(), "NaN where the status promises one"),
        (ZeroKernel(longest=30.0), "jacobian.vs has numbers where there is no velocity"),
        (SinglePrecision(), "predict has dtype float32"),
        (TwoAnswers(), "predict and jacobian give different velocities"),
        (KernelByRow(), "jacobian of model 1 depends on the other models"),
        (UnknownWave(), "waves is ('rayleigh', 'scholte')"),
        (Toy(kind="energy"), "kind is 'energy'"),
        (Toy(domain=Domain(periods=(5.0, 2.0))), "domain.periods is (5.0, 2.0)"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_each_breach_is_named(forward, words):
    problems = check_forward(forward, tuple(each.copy() for each in MODELS), PERIODS)
    assert any(words in problem for problem in problems), problems
