"""Kernels of any forward by differences of its own predictions: the route that needs nothing but values."""

from typing import Any

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.status import Status


def difference_kernels(forward: Forward, models: Any, periods: Any, step: float = 1e-4) -> Kernels:
    """Kernels (N, W, T, L) by central differences of `forward.predict`, the second route to any forward's derivative.

    `step`: share of the parameter's value that it is moved by, each way; truncation grows with its square, rounding
    with its inverse. A layer of zero velocity (water) has a zero kernel. The thickness kernel is left out (None).
    """
    from surfgrad.earth.stack import stack_models

    arrays = stack_models(models).arrays
    velocity = np.asarray(forward.predict(arrays, periods))
    vp, vs, rho = (_differences(forward, arrays, periods, which, step) for which in (1, 2, 3))
    status = np.where(np.isfinite(velocity), Status.OK, Status.NOT_CONVERGED).astype(np.uint8)
    return Kernels(velocity, status, None, vp, vs, rho)


def _differences(forward: Forward, arrays: tuple[Array, ...], periods: Any, which: int, step: float) -> Array:
    """(N, W, T, L): every layer of parameter `which` moved up and down, all in one call."""
    count, layers = arrays[0].shape
    change = step * arrays[which]
    sides = []
    for sign in (1.0, -1.0):
        moved = [np.repeat(each, layers, axis=0) for each in arrays]
        moved[which] = moved[which] + sign * (np.eye(layers)[None] * change[:, None, :]).reshape(-1, layers)
        sides.append(np.asarray(forward.predict(tuple(moved), periods)).reshape(count, layers, len(forward.waves), -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = (sides[0] - sides[1]) / (2 * change[:, :, None, None])
    slope = np.where(change[:, :, None, None] == 0, 0.0, slope)
    return np.moveaxis(slope, 1, -1)
