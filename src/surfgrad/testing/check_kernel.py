"""Is a forward's kernel the derivative of its own prediction, and does it obey the identities?"""

from typing import Any

import numpy as np

from surfgrad.audit.differences import difference_kernels
from surfgrad.contracts import Forward
from surfgrad.records import Array

PARAMETERS = ("vp", "vs", "rho")


def _arrays(models: Any) -> tuple[Array, Array, Array, Array]:
    from surfgrad.earth.stack import stack_models

    stack = stack_models(models)
    return stack.thickness, stack.vp, stack.vs, stack.rho


def check_kernel(
    forward: Forward, models: Any, periods: Any, *, step: float = 1e-4, tolerance: float = 1e-4
) -> list[str]:
    """Compare `forward.jacobian` with central differences of `forward.predict`; returns the problems, empty if none.

    `tolerance`: largest difference allowed, as a share of the largest value of its kernel profile (of the vs profile
    where that is larger, so that a zero kernel is not compared with its own rounding).
    """
    kernels = forward.jacobian(_arrays(models), periods)
    differences = difference_kernels(forward, models, periods, step)
    problems = []
    for name in PARAMETERS:
        given, wanted, yardstick = kernels[name], differences[name], differences.vs
        if given is None or wanted is None or yardstick is None:
            continue
        scale = np.maximum(np.abs(wanted).max(axis=-1), 1e-3 * np.abs(yardstick).max(axis=-1))
        error = np.abs(given - wanted).max(axis=-1) / scale
        both = np.isfinite(scale) & np.isfinite(kernels.velocity)
        problems += _complain(name, error, both, forward.waves, np.asarray(periods, dtype=float), tolerance)
    return problems


def _complain(name: str, error: Array, both: Array, waves: tuple[str, ...], periods: Array, limit: float) -> list[str]:
    if not both.any():
        return [f"{name}: no sample has both a kernel and differences to compare it with"]
    error = np.where(both, np.where(np.isnan(error), np.inf, error), 0.0)
    if error.max() <= limit:
        return []
    model, wave, period = np.unravel_index(int(error.argmax()), error.shape)
    where = f"model {model}, {waves[wave]}, {periods[period]:g} s"
    return [f"{name}: the kernel is {error.max():.2g} of its largest value away from differences at {where}"]


def check_identities(forward: Forward, models: Any, periods: Any, *, tolerance: float = 0.01) -> list[str]:
    """Hold a forward's kernels to the identities of `surfgrad.audit.identities`; returns the problems, empty if none.

    `tolerance`: largest median residual allowed, as a share of c. The slope T dc/dT comes from a spline in log period
    through `periods` (T,), s, which must be dense enough for it.
    """
    from surfgrad.audit.identities import identity_residuals

    arrays = _arrays(models)
    times = np.asarray(periods, dtype=np.float64)
    residuals = identity_residuals(forward.jacobian(arrays, times), tuple(forward.waves), *arrays[1:], times)
    problems = []
    for name, residual in residuals.items():
        finite = np.abs(residual[np.isfinite(residual)])
        if finite.size and np.median(finite) > tolerance:
            problems.append(f"{name}: median residual {np.median(finite):.2g} of c; allowed is {tolerance:g}")
    return problems
