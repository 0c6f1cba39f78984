"""Exact curves that JAX can differentiate: grad, jacfwd, jacrev, jvp, vmap, jit. Needs jax.

    from surfgrad.integrations.jax import phase_velocity

    loss = lambda vs: jnp.nansum((phase_velocity(thickness, vp, vs, rho, periods) - observed) ** 2)
    jax.jit(jax.value_and_grad(loss))(vs)                            # exact gradients, no differences

The engine runs on the host in float64; without `jax_enable_x64` what goes in and comes out is float32. See
docs/differentiable.md.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np

from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.missing import MissingPackageError
from surfgrad.integrations.quantity import ARGUMENTS, SECOND, Quantity
from surfgrad.integrations.shapes import shared_shape

try:
    import jax
except ModuleNotFoundError as error:
    raise MissingPackageError("jax", "jax") from error
import jax.numpy as jnp
from jax.custom_derivatives import SymbolicZero

Arrays = tuple[jax.Array, ...]


def phase_velocity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
    invalid: str = "raise",
) -> jax.Array:
    """Phase velocity (..., T), km/s, of one mode, with its exact derivatives.

    `thickness`, `vp`, `vs`, `rho`: (..., L) or broadcastable to it; km, km/s, km/s, g/cm3; the last layer is the
    half-space. `periods`: (T,), s; differentiated too on a flat Earth. NaN where the mode does not exist; nothing flows
    back from there, and its tangent is NaN. In the type of the model's arrays. Options and errors as in
    `surfgrad.phase_velocity`; inside jit or vmap JAX reports a ModelError as an error of its own, whose last line is
    ours. UsageError for a second derivative, or one by periods on a spherical Earth.
    """
    return _solve(Quantity("phase", wave, mode, earth, threads, invalid), thickness, vp, vs, rho, periods)


def group_velocity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
    invalid: str = "raise",
) -> jax.Array:
    """Group velocity (..., T), km/s, of one mode, with its derivatives; arguments and errors as in `phase_velocity`.

    NaN, when derivatives are asked for, also where `surfgrad.group_kernels` refuses them.
    """
    return _solve(Quantity("group", wave, mode, earth, threads, invalid), thickness, vp, vs, rho, periods)


def ellipticity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
    invalid: str = "raise",
) -> jax.Array:
    """Signed H/V (..., T) of one Rayleigh mode, with its derivatives; arguments and errors as in `phase_velocity`.

    NaN, when derivatives are asked for, also where `surfgrad.ellipticity_kernels` refuses them.
    """
    return _solve(Quantity("ellipticity", "rayleigh", mode, earth, threads, invalid), thickness, vp, vs, rho, periods)


def _solve(quantity: Quantity, *given: Any) -> jax.Array:
    arrays = [_real(name, value) for name, value in zip(ARGUMENTS, given, strict=True)]
    floats = [a for a in arrays[:4] if isinstance(a, jax.Array) and jnp.issubdtype(a.dtype, jnp.floating)]
    dtype = jnp.result_type(*floats) if floats else jnp.result_type(float)
    shape, (count,) = shared_shape(tuple(a.shape for a in arrays[:4]), arrays[4].shape)
    model = [a if a.shape == shape else jnp.broadcast_to(a, shape) for a in (jnp.asarray(a, dtype) for a in arrays[:4])]
    return _values(quantity, *model, jnp.asarray(arrays[4], dtype).reshape(count))


def _real(name: str, value: Any) -> Any:
    if not isinstance(value, jax.Array):
        return real_numbers(name, value)
    if value.dtype.kind in "cb":
        raise ModelError(f"{name}: an array of {value.dtype} given; real numbers are allowed")
    return value


@partial(jax.custom_jvp, nondiff_argnums=(0,))
def _values(quantity: Quantity, *arrays: jax.Array) -> jax.Array:
    """Values (..., T) of models (..., L) of one shape at periods (T,)."""
    return _ask(quantity, None, *arrays)[0]


@partial(_values.defjvp, symbolic_zeros=True)
def _tangents(quantity: Quantity, arrays: Any, tangents: Any) -> tuple[jax.Array, jax.Array]:
    moved = {n: t for n, t in zip(ARGUMENTS, tangents, strict=True) if not isinstance(t, SymbolicZero)}
    quantity.check_wanted(tuple(moved))  # here, not in a callback: errors of tracing are raised as they are
    value, *kernels = _values_and_kernels(quantity, tuple(moved), *arrays)
    return value, _pushed(tuple(moved), value, tuple(kernels), tuple(moved.values()))


@partial(jax.jit, static_argnums=0)  # one operation, where JAX would dispatch ten
def _pushed(names: tuple[str, ...], value: jax.Array, kernels: Arrays, tangents: Arrays) -> jax.Array:
    """The tangent (..., T): the sum over arguments of kernel times tangent."""
    total = jnp.zeros_like(value)
    for name, kernel, tangent in zip(names, kernels, tangents, strict=True):
        if name == "periods":
            total += kernel * tangent
        else:  # accelerators multiply in fewer digits unless told not to
            total += jnp.matmul(kernel, tangent[..., None], precision="highest")[..., 0]
    # Transposed, `where` lets nothing of the incoming gradient through where there is no value, NaN or not.
    return jnp.where(jnp.isnan(value), jnp.nan, total)


@partial(jax.custom_jvp, nondiff_argnums=(0, 1))
def _values_and_kernels(quantity: Quantity, wanted: tuple[str, ...], *arrays: jax.Array) -> Arrays:
    return _ask(quantity, wanted, *arrays)


@_values_and_kernels.defjvp
def _refuse(quantity: Quantity, wanted: tuple[str, ...], arrays: Any, tangents: Any) -> Any:
    # Without it a second derivative would end in JAX's words about callbacks.
    raise UsageError(SECOND)


def _ask(quantity: Quantity, wanted: tuple[str, ...] | None, *arrays: jax.Array) -> Arrays:
    """What the engine says: at once if the arrays are known, so that its errors are its own, else by a callback."""
    call = _callback(quantity, wanted, arrays[0].dtype)
    if not any(isinstance(array, jax.core.Tracer) for array in arrays):
        return tuple(map(jnp.asarray, call(*arrays)))
    count, layers = arrays[4].shape[-1], arrays[0].shape[-1]
    value = jax.ShapeDtypeStruct((*arrays[0].shape[:-1], count), arrays[0].dtype)
    kernel = jax.ShapeDtypeStruct((*value.shape, layers), value.dtype)
    shapes = (value, *(value if name == "periods" else kernel for name in wanted or ()))
    return jax.pure_callback(call, shapes, *arrays, vmap_method="expand_dims")


@cache
def _callback(
    quantity: Quantity, wanted: tuple[str, ...] | None, dtype: np.dtype
) -> Callable[..., tuple[np.ndarray, ...]]:
    """One function for equal arguments: JAX compiles anew for another one."""

    def call(*arrays: Any) -> tuple[np.ndarray, ...]:
        exact = [np.asarray(array, np.float64) for array in arrays]
        found = (quantity.values(*exact),) if wanted is None else quantity.values_and_kernels(wanted, *exact)
        return tuple(array.astype(dtype, copy=False) for array in found)

    return call
