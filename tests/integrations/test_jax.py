"""JAX: types, shapes, transforms, missing values, refusals."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from tests.integrations.differentiable import BAND, PERIODS, SHALLOW, Leaky, Recording, random_models

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.quantity import Quantity

jax = pytest.importorskip("jax", reason='needs jax: pip install "surfgrad[jax]"')
jnp = jax.numpy
exact = pytest.importorskip("surfgrad.integrations.jax")

CRUST = tuple(column[0] for column in random_models(seed=1))
THICKNESS, VP, VS, RHO = CRUST

double = pytest.mark.usefixtures("double")


def curve(vs: Any, periods: Any = PERIODS, **options: Any) -> Any:
    return exact.phase_velocity(THICKNESS, VP, vs, RHO, periods, **options)


def total(vs: Any, periods: Any = PERIODS) -> Any:
    return curve(vs, periods).sum()


@double
@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("kind", ["phase_velocity", "group_velocity", "ellipticity"])
def test_values_are_the_engines(kind: str, compiled: bool) -> None:
    solve = lambda *given: getattr(exact, kind)(*given, mode=1, earth="spherical")  # noqa: E731
    found = (jax.jit(solve) if compiled else solve)(*CRUST, PERIODS)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, getattr(sg, kind)(*CRUST, PERIODS, mode=1, earth="spherical"))


@pytest.mark.parametrize("compiled", [False, True])
def test_without_double_precision_only_what_goes_in_and_out_is_rounded(compiled: bool) -> None:
    derive = jax.value_and_grad(lambda *model: exact.phase_velocity(*model, PERIODS).sum(), argnums=2)
    value, gradient = (jax.jit(derive) if compiled else derive)(*CRUST)
    assert value.dtype == gradient.dtype == np.float32
    kernels = sg.phase_kernels(*(column.astype(np.float32) for column in CRUST), PERIODS.astype(np.float32))
    np.testing.assert_allclose(value, kernels.velocity.sum(), rtol=3e-7)
    np.testing.assert_allclose(gradient, kernels.vs.sum(axis=0), rtol=5e-7, atol=1e-9)
    assert not np.array_equal(sg.phase_kernels(*CRUST, PERIODS).velocity, kernels.velocity)  # rounding does show


@double
def test_the_type_of_the_model_comes_back() -> None:
    single = jnp.asarray(VS, jnp.float32)
    assert curve(single).dtype == jax.grad(total)(single).dtype == np.float32
    mixed = exact.phase_velocity(THICKNESS, jnp.asarray(VP), single, RHO, PERIODS)
    assert mixed.dtype == np.float64
    whole = exact.phase_velocity(jnp.array([5, 1]), [5, 8], jnp.array([3, 4]), [2, 3], 10)
    np.testing.assert_array_equal(whole, sg.phase_velocity([5, 1], [5, 8], [3, 4], [2, 3], [10.0]))


@double
def test_gradients_of_what_is_broadcast_are_summed() -> None:
    batch = np.stack([VS, 0.98 * VS])
    by_batch, by_rho = jax.grad(
        lambda vs, rho: exact.phase_velocity(THICKNESS, VP, vs, rho, PERIODS).sum(), argnums=(0, 1)
    )(batch, RHO)
    kernels = sg.phase_kernels(THICKNESS, VP, batch, RHO, PERIODS)
    np.testing.assert_allclose(by_batch, kernels.vs.sum(axis=1), rtol=1e-13)
    np.testing.assert_allclose(by_rho, kernels.rho.sum(axis=(0, 1)), rtol=1e-13)


@double
def test_only_what_is_needed_is_asked_for_and_once() -> None:
    vs, steps = jnp.asarray(VS), jnp.asarray(PERIODS)
    for stage in (jax.jit, lambda function: function):
        record = Recording("phase")
        solve = lambda v, t, record=record: exact._solve(record, THICKNESS, VP, v, RHO, t).sum()  # noqa: E731
        for derive in (solve, jax.value_and_grad(solve), jax.grad(solve, 1), jax.grad(stage(solve), (0, 1))):
            jax.block_until_ready(stage(derive)(vs, steps))
        assert record.calls == [None, ("vs",), ("periods",), ("vs", "periods")]


def losses() -> dict[str, Callable[[Any], Any]]:
    """What users write over curves with gaps; every one passes NaN back to the entries that are missing."""
    return {
        "nansum": lambda c: jnp.nansum((c - 3.0) ** 2),
        "where": lambda c: jnp.where(jnp.isfinite(c), (c - 3.0) ** 2, 0.0).sum(),
        "nan_to_num": lambda c: jnp.nan_to_num((c - 3.0) ** 2).sum(),
        "NaN itself": lambda c: ((c - 3.0) ** 2).sum(),
    }


def gap_gradient(quantity: Quantity, loss: Callable[[Any], Any], compiled: bool) -> Any:
    def misfit(vs: Any) -> Any:
        return loss(exact._solve(quantity, SHALLOW[0], SHALLOW[1], vs, SHALLOW[3], BAND))

    return (jax.jit(jax.grad(misfit)) if compiled else jax.grad(misfit))(SHALLOW[2])


@double
@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("kind", ["phase", "group", "ellipticity"])
@pytest.mark.parametrize("name", losses())
def test_missing_values_let_nothing_through(name: str, kind: str, compiled: bool) -> None:
    quantity = Quantity(kind, mode=1)
    assert np.isnan(quantity.values(*SHALLOW, BAND)).tolist() == [False, True]
    value, kernel = quantity.values_and_kernels(("vs",), *SHALLOW, BAND[:1])
    found = gap_gradient(quantity, losses()[name], compiled)
    np.testing.assert_allclose(found, 2 * (value[0] - 3.0) * kernel[0], rtol=1e-12)


@double
def test_gaps_of_one_model_leave_the_rest_of_a_batch_alone() -> None:
    rows = np.stack([SHALLOW[2], [0.3, 4.5]])

    def misfit(vs: Any, quantity: Quantity) -> Any:
        return ((exact._solve(quantity, SHALLOW[0], SHALLOW[1], vs, SHALLOW[3], [2.0, 9.0]) - 3.0) ** 2).sum()

    slope = partial(jax.grad(misfit), quantity=Quantity("phase", mode=1))
    assert np.isnan(misfit(rows[0], Quantity("phase", mode=1)))
    together = slope(rows)
    np.testing.assert_allclose(together, [slope(row) for row in rows], rtol=1e-13)
    np.testing.assert_allclose(jax.jit(jax.vmap(slope))(rows), together, rtol=1e-13)
    assert np.isfinite(together).all()
    leak = jax.grad(misfit)(rows, Leaky("phase", mode=1))
    assert np.isnan(leak).all(axis=1).tolist() == [True, False]


@double
def test_a_leak_of_nan_would_be_seen() -> None:
    assert np.isnan(gap_gradient(Leaky("phase", mode=1), losses()["nansum"], compiled=False)).all()


@double
def test_a_missing_value_has_no_tangent() -> None:
    solve = lambda vs: exact.phase_velocity(*SHALLOW[:2], vs, SHALLOW[3], BAND, mode=1)  # noqa: E731
    assert np.isnan(jax.jvp(solve, (SHALLOW[2],), (SHALLOW[2],))[1]).tolist() == [False, True]
    assert np.isnan(jax.jacfwd(solve)(SHALLOW[2])).all(axis=1).tolist() == [False, True]
    masked = lambda vs: jnp.nansum(solve(vs) ** 2)  # noqa: E731
    np.testing.assert_allclose(jax.jacfwd(masked)(SHALLOW[2]), jax.grad(masked)(SHALLOW[2]), rtol=1e-12)


@double
def test_transforms_agree() -> None:
    batch = np.stack([VS, 0.98 * VS])
    by_rows = np.stack([jax.jacrev(curve)(row) for row in batch])
    for derive in (jax.vmap(jax.jacrev(curve)), jax.vmap(jax.jacfwd(curve)), jax.jit(jax.vmap(jax.jacrev(curve)))):
        np.testing.assert_allclose(derive(batch), by_rows, rtol=1e-12)
    for misfit in (lambda rows: jax.vmap(curve)(rows).sum(), lambda rows: curve(rows).sum()):
        np.testing.assert_allclose(jax.jit(jax.grad(misfit))(batch), by_rows.sum(axis=1), rtol=1e-12)
    linear = jax.linearize(curve, VS)[1]
    np.testing.assert_allclose(linear(VS), by_rows[0] @ VS, rtol=1e-12)
    _, steps = jax.lax.scan(lambda vs, _: (vs - 0.1 * jax.grad(total)(vs), total(vs)), VS, None, length=3)
    assert np.all(np.diff(steps) < 0)


@double
@pytest.mark.parametrize("compiled", [False, True])
def test_every_axis_can_be_mapped(compiled: bool) -> None:
    vs, vp = np.stack([VS, 0.98 * VS, 1.01 * VS]), np.stack([VP, 1.02 * VP])
    periods = np.stack([PERIODS, 1.1 * PERIODS, 0.9 * PERIODS])

    def one(p: Any, s: Any, t: Any) -> Any:
        return exact.phase_velocity(THICKNESS, p, s, RHO, t)

    stage = jax.jit if compiled else lambda function: function
    both = stage(jax.vmap(jax.vmap(one, (None, 0, 0)), (0, None, None)))(vp, vs, periods)
    other = stage(jax.vmap(jax.vmap(one, (0, None, None)), (None, 0, 0), out_axes=1))(vp, vs, periods)
    expected = np.stack([[one(p, s, t) for s, t in zip(vs, periods, strict=True)] for p in vp])
    np.testing.assert_array_equal(both, expected)
    np.testing.assert_array_equal(other, expected)


@double
def test_gradients_by_periods_that_are_mapped() -> None:
    vs, periods = np.stack([VS, 0.98 * VS]), np.stack([PERIODS, 1.1 * PERIODS])
    group = jax.vmap(jax.grad(total, argnums=1))(vs, periods)
    whole = jax.vmap(jax.grad(lambda t: curve(vs, t).sum()))(periods)  # two models at each of two sets
    for i, t in enumerate(periods):
        slopes = np.stack([jax.grad(total, argnums=1)(v, t) for v in vs])
        np.testing.assert_allclose(group[i], slopes[i], rtol=1e-12)
        np.testing.assert_allclose(whole[i], slopes.sum(axis=0), rtol=1e-12)


@double
def test_second_derivatives_are_refused() -> None:
    rev, fwd = jax.jacrev, jax.jacfwd
    for twice in (jax.hessian(curve), rev(rev(curve)), fwd(fwd(curve)), rev(fwd(curve)), jax.jit(jax.hessian(curve))):
        with pytest.raises(UsageError, match=r"^second derivatives: .* first derivatives are allowed"):
            twice(VS)


@double
def test_a_model_that_is_none_is_named() -> None:
    wrong = np.stack([VS, [*VS[:2], -1.0, VS[3]]])
    for call in (curve, jax.grad(total), jax.value_and_grad(total)):
        with pytest.raises(ModelError, match=r"^vs\[1, 2\]: -1 km/s given"):
            call(wrong)
    with pytest.raises(ModelError, match=r"^model: shapes thickness \(4,\), vp \(4,\), vs \(3,\)"):
        jax.jit(curve)(VS[:3])
    for given in (jnp.asarray(VS) * 1j, jnp.array([True] * 4), ["a"] * 4):
        with pytest.raises(ModelError, match=r"^vs: .* given; real numbers.* allowed$"):
            curve(given)
    with pytest.raises(ModelError, match=r"^periods: shape \(2, 3\) given"):
        jax.jit(curve)(VS, np.ones((2, 3)))


@double
@pytest.mark.parametrize("call", [jax.jit(curve), jax.jit(jax.grad(total)), jax.vmap(curve)])
def test_inside_jit_and_vmap_the_line_is_the_last_of_jaxs_own(call: Callable[..., Any]) -> None:
    wrong = np.stack([VS, [*VS[:2], -1.0, VS[3]]])
    for _ in range(2):  # JAX's type differs between the first call and later ones
        with pytest.raises((ValueError, jax.errors.JaxRuntimeError)) as caught:
            jax.block_until_ready(call(wrong))
        line = str(caught.value).splitlines()[-1]
        assert line.startswith("ModelError: vs[1, 2]: -1 km/s given; finite values of 0 km/s")


@double
@pytest.mark.parametrize("compiled", [False, True])
def test_an_invalid_model_may_be_a_missing_value(compiled: bool) -> None:
    misfit = lambda vs: (jnp.nansum(curve(vs, invalid="nan")), curve(vs, invalid="nan"))  # noqa: E731
    derive = jax.vmap(jax.grad(misfit, has_aux=True))
    gradient, c = (jax.jit(derive) if compiled else derive)(np.stack([VS, -VS]))
    assert np.isnan(c).all(axis=-1).tolist() == [False, True]
    np.testing.assert_allclose(gradient[0], jax.grad(total)(VS), rtol=1e-12)
    np.testing.assert_array_equal(gradient[1], 0.0)


@pytest.mark.parametrize("option", [{"wave": "stoneley"}, {"mode": -1}, {"earth": "hollow"}, {"invalid": "zero"}])
def test_bad_options_are_named(option: dict[str, Any]) -> None:
    ((name, value),) = option.items()
    with pytest.raises(UsageError, match=f"^{name}: {value!r} given; allowed are"):
        jax.jit(lambda vs: curve(vs, **option))(VS)


@double
def test_what_has_no_derivative_by_period_says_so() -> None:
    slope = jax.grad(lambda t: curve(VS, t, earth="spherical").sum())
    for call in (slope, jax.jit(slope)):
        with pytest.raises(UsageError, match=r'^periods: their derivative with earth="spherical" asked for; "flat" is'):
            call(PERIODS)


def test_equal_questions_are_one_function_to_jax() -> None:
    first, again = (exact._callback(Quantity("phase", mode=mode), None, np.dtype(float)) for mode in (0, 0))
    assert first is again
    assert first is not exact._callback(Quantity("phase", mode=1), None, np.dtype(float))


@double
def test_large_batches_come_through_callbacks() -> None:
    # Past some size JAX hands arrays over while they are still being copied.
    h, vp, vs, rho = (np.tile(column, (1000, 25)) for column in CRUST)
    step = jax.jit(jax.grad(lambda v: exact.phase_velocity(h, vp, v, rho, PERIODS[:1], wave="love").sum()))
    assert np.isfinite(step(vs)).all()


def test_without_jax_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jax", None)
    monkeypatch.delitem(sys.modules, "surfgrad.integrations.jax")
    with pytest.raises(ImportError, match=r'^jax is not installed: pip install "surfgrad\[jax\]"$'):
        __import__("surfgrad.integrations.jax")
