"""JAX: gradients, forwards and backwards, are those of the values; a wrong one is noticed."""

import numpy as np
import pytest
from tests.integrations.differentiable import CASES, LIES, PERIODS, TOLERANCE, Bent, random_models

import surfgrad as sg
from surfgrad.integrations.quantity import Quantity

jax = pytest.importorskip("jax", reason='needs jax: pip install "surfgrad[jax]"')
exact = pytest.importorskip("surfgrad.integrations.jax")
check_grads = pytest.importorskip("jax.test_util").check_grads

pytestmark = pytest.mark.usefixtures("double")


def agrees(quantity: Quantity, seed: int, count: int = 2, share: float = 0.5, periods: bool = True) -> bool:
    """Whether derivatives by all arguments match differences wherever there is a value, which must not be rare.

    JAX checks along random directions: any wrong entry shows.
    """
    arguments = tuple(jax.numpy.asarray(array) for array in (*random_models(seed, count), PERIODS))
    if not periods:
        *arguments, fixed = arguments
    solve = lambda *given: exact._solve(quantity, *given, *(() if periods else (fixed,)))  # noqa: E731
    there = np.isfinite(jax.jvp(solve, tuple(arguments), tuple(arguments))[0])
    assert there.mean() >= share
    try:
        check_grads(lambda *given: solve(*given)[there], arguments, order=1, modes=("fwd", "rev"), **TOLERANCE)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(("kind", "wave", "mode"), CASES)
def test_gradients_are_those_of_the_values(kind: str, wave: str, mode: int) -> None:
    assert agrees(Quantity(kind, wave, mode), seed=mode)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
@pytest.mark.parametrize(("kind", "wave", "mode"), CASES)
def test_gradients_of_many_models(kind: str, wave: str, mode: int, seed: int) -> None:
    assert agrees(Quantity(kind, wave, mode), seed, share=0.2)


@pytest.mark.parametrize("kind", ["phase", "group"])
def test_gradients_on_a_sphere(kind: str) -> None:
    assert agrees(Quantity(kind, "love", earth="spherical"), seed=3, periods=False)


@pytest.mark.parametrize(("parameter", "layer"), LIES)
def test_one_wrong_entry_is_noticed(parameter: str, layer: int) -> None:
    assert agrees(Quantity("phase", "rayleigh"), seed=0, count=1)
    assert not agrees(Bent("phase", "rayleigh", parameter=parameter, layer=layer), seed=0, count=1)


@pytest.mark.parametrize("jacobian", ["jacfwd", "jacrev"])
@pytest.mark.parametrize("compiled", [False, True])
def test_the_jacobian_is_the_engines_kernels(jacobian: str, compiled: bool) -> None:
    model = [column[0] for column in random_models(seed=4)]
    derive = getattr(jax, jacobian)(lambda *given: exact.phase_velocity(*given, PERIODS, wave="love"), (0, 1, 2, 3))
    found = (jax.jit(derive) if compiled else derive)(*model)
    kernels = sg.phase_kernels(*model, PERIODS, wave="love")
    for name, block in zip(("thickness", "vp", "vs", "rho"), found, strict=True):
        np.testing.assert_array_equal(block, kernels[name])
