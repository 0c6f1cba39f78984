"""Does an object keep the contract of `surfgrad.contracts.Forward`?"""

from typing import Any

import numpy as np

from surfgrad.contracts import PARAMETERS, WAVES, Forward
from surfgrad.records import Array, Kernels
from surfgrad.status import WITH_VALUE


def check_forward(forward: Forward, models: Any, periods: Any, *, tolerance: float = 1e-6) -> list[str]:
    """Ask `forward` in several ways that must not matter; returns the problems as sentences, empty if none.

    `models`: anything a Forward takes, two models or more to be worth it; `periods`: (T,), s. `tolerance`: relative
    difference allowed between two ways of asking (rounding of batched arithmetic; 1e-5 for single precision).
    """
    from surfgrad.earth.stack import stack_models

    stack = stack_models(models)
    arrays = (stack.thickness, stack.vp, stack.vs, stack.rho)
    times = np.asarray(periods, dtype=np.float64)
    problems = _check_words(forward)
    velocity = np.asarray(forward.predict(arrays, times))
    kernels = forward.jacobian(arrays, times)
    problems += _check_shapes(forward, velocity, kernels, arrays[0].shape, times.size)
    if problems:
        return problems
    problems += _check_status(velocity, kernels, stack.mask, tolerance)
    problems += _check_periods(forward, arrays, times, velocity, kernels, tolerance)
    problems += _check_batch(forward, arrays, times, velocity, kernels, tolerance)
    problems += _check_inputs(forward, arrays, times)
    return problems + _check_form(forward, models, times, velocity, tolerance)


def _check_words(forward: Forward) -> list[str]:
    problems = []
    if not forward.waves or set(forward.waves) - set(WAVES):
        problems.append(f"waves is {forward.waves!r}; allowed are {WAVES}")
    if forward.kind not in ("phase", "group"):
        problems.append(f"kind is {forward.kind!r}; allowed are 'phase' and 'group'")
    for name, (low, high) in (("periods", forward.domain.periods), ("vs", forward.domain.vs)):
        if not low <= high:
            problems.append(f"domain.{name} is ({low}, {high}); the first must not exceed the second")
    return problems


def _check_shapes(
    forward: Forward, velocity: Array, kernels: Kernels, models: tuple[int, ...], count: int
) -> list[str]:
    shape = (models[0], len(forward.waves), count)
    given = {"predict": velocity, "jacobian.velocity": kernels.velocity, "jacobian.status": kernels.status}
    problems = [
        f"{name} has shape {each.shape}; expected {shape}" for name, each in given.items() if each.shape != shape
    ]
    if velocity.dtype != np.float64:
        problems.append(f"predict has dtype {velocity.dtype}; expected float64")
    if kernels.per != "layer":
        problems.append(f"jacobian is per {kernels.per!r}; expected per 'layer'")
    full = (*shape, models[1])
    for name in PARAMETERS:
        kernel = kernels[name]
        if kernel is not None and kernel.shape != full:
            problems.append(f"jacobian.{name} has shape {kernel.shape}; expected {full}")
    return problems


def _check_status(velocity: Array, kernels: Kernels, mask: Array, tolerance: float) -> list[str]:
    problems = []
    if not _same(velocity, kernels.velocity, tolerance):
        problems.append("predict and jacobian give different velocities")
    has_value = np.isin(kernels.status, WITH_VALUE)
    if (np.isfinite(kernels.velocity) != has_value).any():
        problems.append("a velocity is NaN where the status promises one, or the other way round")
    real = np.broadcast_to(mask[:, None, None, :], (*velocity.shape, mask.shape[1]))
    for name in PARAMETERS:
        kernel = kernels[name]
        if kernel is None:
            continue
        finite = np.isfinite(kernel)
        if (~finite & has_value[..., None] & real).any():
            problems.append(f"jacobian.{name} is not finite where there is a velocity")
        if (finite & ~has_value[..., None] & real).any():
            problems.append(f"jacobian.{name} has numbers where there is no velocity")
    return problems


def _check_periods(
    forward: Forward, arrays: tuple[Array, ...], times: Array, velocity: Array, kernels: Kernels, tolerance: float
) -> list[str]:
    """Periods backwards, and the first one twice."""
    order = np.concatenate([np.arange(times.size)[::-1], [0]])
    problems = []
    if not _same(np.asarray(forward.predict(arrays, times[order])), velocity[..., order], tolerance):
        problems.append("predict depends on the order of the periods, or on their repetition")
    again = forward.jacobian(arrays, times[order])
    if not _same_kernels(again, kernels, (slice(None), slice(None), order), tolerance):
        problems.append("jacobian depends on the order of the periods, or on their repetition")
    return problems


def _check_batch(
    forward: Forward, arrays: tuple[Array, ...], times: Array, velocity: Array, kernels: Kernels, tolerance: float
) -> list[str]:
    """Every model alone."""
    problems = []
    for number in range(arrays[0].shape[0]):
        alone = tuple(each[number : number + 1] for each in arrays)
        chosen = slice(number, number + 1)
        if not _same(np.asarray(forward.predict(alone, times)), velocity[chosen], tolerance):
            problems.append(f"predict of model {number} depends on the other models of its batch")
        if not _same_kernels(forward.jacobian(alone, times), kernels, (chosen,), tolerance):
            problems.append(f"jacobian of model {number} depends on the other models of its batch")
    return problems


def _check_inputs(forward: Forward, arrays: tuple[Array, ...], times: Array) -> list[str]:
    given = [np.array(each) for each in (*arrays, times)]
    forward.predict((given[0], given[1], given[2], given[3]), given[4])
    forward.jacobian((given[0], given[1], given[2], given[3]), given[4])
    kept = all(np.array_equal(a, b) for a, b in zip(given, (*arrays, times), strict=True))
    return [] if kept else ["predict or jacobian changes the arrays it is given"]


def _check_form(forward: Forward, models: Any, times: Array, velocity: Array, tolerance: float) -> list[str]:
    same = _same(np.asarray(forward.predict(models, times)), velocity, tolerance)
    return [] if same else ["predict depends on the form in which the models are given"]


def _same(a: Array, b: Array, tolerance: float) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=tolerance, atol=0.0, equal_nan=True))


def _same_kernels(a: Kernels, b: Kernels, chosen: tuple[Any, ...], tolerance: float) -> bool:
    """Whether kernels agree to `tolerance` of their profile's largest value."""
    for name in PARAMETERS:
        one, other = a[name], b[name]
        if (one is None) != (other is None):
            return False
        if one is None or other is None:
            continue
        wanted = other[chosen]
        scale = np.abs(wanted).max(axis=-1, keepdims=True)
        if not np.array_equal(np.isnan(one), np.isnan(wanted)) or (np.abs(one - wanted) > tolerance * scale).any():
            return False
    return True
