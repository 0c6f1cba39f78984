"""Mode count: how many modes lie below a frequency at a wavenumber."""

from typing import Any

import numpy as np

from surfgrad.errors import ModelError
from surfgrad.waves.batch import WAVE_CODES
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
    periods, velocity = np.asarray(periods, dtype=float), np.asarray(velocity, dtype=float)
    size = np.broadcast_shapes(np.atleast_1d(periods).shape, np.atleast_1d(velocity).shape)[-1]
    shape = (*batch, size)
    period = _spread("periods", periods, shape)
    c = _spread("velocity", velocity, shape)
    _check_trapped(c, model[2][:, -1], shape)
    count = np.empty(c.shape, np.int64)
    _count_models(WAVE_CODES[wave], *model, 2.0 * np.pi / period, c, count)
    return count.reshape(shape)


def _spread(name: str, values: Array, shape: tuple[int, ...]) -> Array:
    try:
        spread = np.broadcast_to(values, shape)
    except ValueError:
        raise ModelError(f"{name}: shape {values.shape} given; allowed is what broadcasts to {shape}") from None
    bad = np.argwhere(~(np.isfinite(spread) & (spread > 0.0)))
    if bad.size:
        where = tuple(bad[0])
        raise ModelError(
            f"{name}[{', '.join(map(str, where))}]: {spread[where]} given; allowed are finite numbers above 0"
        )
    return np.ascontiguousarray(spread).reshape(-1, shape[-1])


def _check_trapped(c: Array, top: Array, shape: tuple[int, ...]) -> None:
    bad = np.argwhere(c > top[:, None])
    if bad.size:
        i, j = bad[0]
        where = ", ".join(map(str, (*np.unravel_index(i, shape[:-1]), j))) if len(shape) > 1 else str(j)
        raise ModelError(f"velocity[{where}]: {c[i, j]} given; allowed is up to the half-space's vs, {top[i]} km/s")


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
