"""Mode count: how many modes lie below a frequency at a wavenumber."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import LARGEST, SMALLEST, real_numbers
from surfgrad.errors import ModelError
from surfgrad.waves.batch import MOST_PHASE, WAVE_CODES, longest_crossing
from surfgrad.waves.compiled import compiled
from surfgrad.waves.layers import COLUMNS, layer_table, start_layer
from surfgrad.waves.phase import check_options, flat_batch
from surfgrad.waves.sweep import evaluate

Array = np.ndarray


def mode_count(
    thickness: Any, vp: Any, vs: Any, rho: Any, periods: Any, velocity: Any, *, wave: str = "rayleigh"
) -> Array:
    """Number n(w, k) of modes at wavenumber k = w / `velocity` whose frequency is below w = 2 pi / `periods`.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3. `periods`, s, and `velocity`, km/s, broadcast to
    (..., T); velocities are above 0 and not above the half-space's vs. Returns int64 (..., T). Raises ModelError
    naming the first bad entry. Wittrick & Williams (1971, QJMAM 24): along a branch m, n(w (1 - d), k) = m and n(w
    (1 + d), k) = m + 1.
    """
    check_options(wave, 0)
    model, batch = flat_batch(thickness, vp, vs, rho)
    periods, velocity = real_numbers("periods", periods), real_numbers("velocity", velocity)
    shape = (*batch, _size(periods, velocity))
    period = _spread("periods", periods, shape)
    c = _spread("velocity", velocity, shape)
    _check_trapped(c, model[2][:, -1], shape)
    _check_reach(period, longest_crossing(*model[:3]), shape)
    count = np.empty(c.shape, np.int64)
    _count_models(WAVE_CODES[wave], *model, 2.0 * np.pi / period, c, count)
    return count.reshape(shape)


def _size(periods: Array, velocity: Array) -> int:
    try:
        size = np.broadcast_shapes((1,), periods.shape, velocity.shape)[-1]
    except ValueError:
        given = f"periods {periods.shape}, velocity {velocity.shape}"
        raise ModelError(f"periods: shapes {given} given; two that broadcast to (..., periods) are allowed") from None
    if size == 0:
        raise ModelError("periods: none given; one or more periods and velocities are allowed")
    return size


def _spread(name: str, values: Array, shape: tuple[int, ...]) -> Array:
    try:
        spread = np.broadcast_to(values, shape)
    except ValueError:
        raise ModelError(f"{name}: shape {values.shape} given; allowed is what broadcasts to {shape}") from None
    bad = np.argwhere(~((spread >= SMALLEST) & (spread <= LARGEST)))
    if bad.size:
        where = tuple(bad[0])
        raise ModelError(
            f"{name}[{', '.join(map(str, where))}]: {spread[where]} given; "
            f"allowed are finite numbers above 0, {SMALLEST:g} to {LARGEST:g}"
        )
    return np.ascontiguousarray(spread).reshape(-1, shape[-1])


def _check_trapped(c: Array, top: Array, shape: tuple[int, ...]) -> None:
    bad = np.argwhere(c > top[:, None])
    if bad.size:
        i, j = bad[0]
        where = _place(bad[0], shape)
        raise ModelError(f"velocity[{where}]: {c[i, j]} given; allowed is up to the half-space's vs, {top[i]} km/s")


def _check_reach(period: Array, crossing: float, shape: tuple[int, ...]) -> None:
    bad = np.argwhere(2.0 * np.pi * crossing > MOST_PHASE * period)
    if bad.size:
        least = f"{2.0 * np.pi * crossing / MOST_PHASE:.3g} s and above are allowed for layers of this thickness"
        raise ModelError(f"periods[{_place(bad[0], shape)}]: {period[tuple(bad[0])]:g} s given; {least}")


def _place(index: Array, shape: tuple[int, ...]) -> str:
    """The index in an array of `shape` of an entry (model, period) of its flat batch."""
    return ", ".join(map(str, (*np.unravel_index(index[0], shape[:-1]), index[1]))) if len(shape) > 1 else str(index[1])


@compiled
def _count_models(wave, thickness, vp, vs, rho, omega, c, count):
    table = np.empty((vs.shape[1], COLUMNS))
    size = omega.shape[1]
    start, f = np.empty(size, np.int64), np.empty(size)
    for i in range(vs.shape[0]):
        layer_table(thickness[i], vp[i], vs[i], rho[i], table)
        k = omega[i] / c[i]
        for j in range(size):
            start[j] = start_layer(table, k[j], c[i, j])
        evaluate(wave, table, k, c[i], start, f, count[i])
