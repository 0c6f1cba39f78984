"""Ask a forward for the samples that it may be asked for, and lay its answers out in full shape."""

from typing import Any

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.errors import UsageError
from surfgrad.records import Array, Kernels
from surfgrad.status import Status

Models = tuple[Array, Array, Array, Array]


def ask(forward: Forward, models: Models, mask: Array, periods: Array, ask_model: Array, ask_period: Array) -> Kernels:
    """Velocities from `predict` and kernels from `jacobian`, NaN where the forward was not asked.

    `models`: four (n, L) arrays; `mask`: (n, L), real layers: padding is given zero kernels. `ask_model`: (n,) and
    `ask_period`: (T,), bool. Returns Kernels of arrays (n, W, T) and (n, W, T, L). Raises UsageError for an answer
    of another shape, or kernels that are not per layer.
    """
    count, layers = mask.shape
    shape = (count, len(forward.waves), periods.size)
    velocity = np.full(shape, np.nan)
    status = np.full(shape, int(Status.INVALID_MODEL), dtype=np.uint8)
    parameters: dict[str, Array | None] = dict.fromkeys(("vp", "vs", "rho"))
    where = np.ix_(np.flatnonzero(ask_model), np.arange(shape[1]), np.flatnonzero(ask_period))
    if not ask_model.any() or not ask_period.any():
        blank: dict[str, Any] = {name: np.full((*shape, layers), np.nan) for name in parameters}
        return Kernels(velocity, status, None, **blank)
    subset = tuple(each[ask_model] for each in models)
    asked = velocity[where].shape
    velocity[where] = _shaped(forward.predict(subset, periods[ask_period]), asked, "predict")
    kernels = forward.jacobian(subset, periods[ask_period])
    if kernels.per != "layer":
        raise UsageError(f"audit: the forward's kernels are per {kernels.per!r}; allowed is per 'layer'")
    status[where] = _shaped(kernels.status, asked, "jacobian's status")
    for name in parameters:
        given = kernels[name]
        if given is not None:
            full = np.full((*shape, layers), np.nan)
            full[where] = _shaped(given, (*asked, layers), f"jacobian's {name}")
            parameters[name] = np.where(mask[:, None, None, :], full, 0.0)
    return Kernels(velocity, status, None, parameters["vp"], parameters["vs"], parameters["rho"])


def _shaped(answer: Any, shape: tuple[int, ...], what: str) -> Array:
    array = np.asarray(answer)
    if array.shape != shape:
        raise UsageError(f"audit: the forward's {what} has shape {array.shape}; expected is {shape}")
    return array
