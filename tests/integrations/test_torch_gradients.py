"""torch: gradients, forwards and backwards, are those of the values; a wrong one is noticed."""

from functools import partial

import numpy as np
import pytest
from tests.integrations.differentiable import CASES, LIES, PERIODS, TOLERANCE, Bent, random_models

import surfgrad as sg
from surfgrad.integrations.quantity import Quantity

torch = pytest.importorskip("torch", reason='needs torch: pip install "surfgrad[torch]"')
exact = pytest.importorskip("surfgrad.integrations.torch")

# torch's own forward mode calls what torch has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning")


def leaves(seed: int, count: int = 2) -> list:
    arrays = [*random_models(seed, count), PERIODS]
    return [torch.tensor(array, requires_grad=True) for array in arrays]


def agrees(quantity: Quantity, arguments: list, share: float = 0.5) -> bool:
    """Whether gradients by all arguments match differences wherever there is a value, which must not be rare."""
    solve = partial(exact._solve, quantity)
    there = torch.isfinite(solve(*arguments))
    assert there.double().mean() >= share
    checks = {"check_batched_grad": True, "check_forward_ad": True, "check_batched_forward_grad": True}
    return torch.autograd.gradcheck(
        lambda *given: solve(*given)[there], arguments, raise_exception=False, **checks, **TOLERANCE
    )


@pytest.mark.parametrize(("kind", "wave", "mode"), CASES)
def test_gradients_are_those_of_the_values(kind: str, wave: str, mode: int) -> None:
    assert agrees(Quantity(kind, wave, mode), leaves(seed=mode))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
@pytest.mark.parametrize(("kind", "wave", "mode"), CASES)
def test_gradients_of_many_models(kind: str, wave: str, mode: int, seed: int) -> None:
    assert agrees(Quantity(kind, wave, mode), leaves(seed), share=0.2)


@pytest.mark.parametrize("kind", ["phase", "group"])
def test_gradients_on_a_sphere(kind: str) -> None:
    *model, periods = leaves(seed=3)
    assert agrees(Quantity(kind, "love", earth="spherical"), [*model, periods.detach()])


@pytest.mark.parametrize(("parameter", "layer"), LIES)
def test_one_wrong_entry_is_noticed(parameter: str, layer: int) -> None:
    assert agrees(Quantity("phase", "rayleigh"), leaves(seed=0, count=1))
    assert not agrees(Bent("phase", "rayleigh", parameter=parameter, layer=layer), leaves(seed=0, count=1))


def test_the_jacobian_is_the_engines_kernels() -> None:
    model = [torch.tensor(column[0]) for column in random_models(seed=4)]
    found = torch.func.jacrev(lambda *given: exact.phase_velocity(*given, PERIODS, wave="love"), (0, 1, 2, 3))(*model)
    kernels = sg.phase_kernels(*(column.numpy() for column in model), PERIODS, wave="love")
    for name, jacobian in zip(("thickness", "vp", "vs", "rho"), found, strict=True):
        np.testing.assert_array_equal(jacobian.numpy(), kernels[name])
