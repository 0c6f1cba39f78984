"""Sensitivity kernels of phase velocity: what people call."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_periods
from surfgrad.errors import UsageError
from surfgrad.records import Kernels
from surfgrad.status import Status
from surfgrad.waves.batch import WAVE_CODES, distinct_periods, kernel_room, share_out, solve_valid, spread
from surfgrad.waves.chunks import in_chunks
from surfgrad.waves.flattening import check_earth, flattened, surface_kernels, surface_velocity
from surfgrad.waves.gradient import kernels_of_models
from surfgrad.waves.methods import check_method
from surfgrad.waves.phase import Model, check_options, flat_batch

Array = np.ndarray
PER = ("layer", "km", "log")
PROVEN = 2e-8
"""Error of kernels where the mode is alone to 1e-6, the certificate's distance: roots may be off by 2e-14."""
HUGGING = 1e-5
"""Relative distance to the half-space's vs within which the rounding of c is felt."""
STEP, SHAKE = 2e-14, 8.0 * 2.0**-52
"""Relative step of c, and largest relative change of layers' vs, by which kernels are tried for rounding."""
MARGIN = 4.0
"""Estimated error over what these change."""


@in_chunks()
def phase_kernels(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    per: str = "layer",
    method: str = "implicit",
    threads: int | None = None,
) -> Kernels:
    """Phase velocity of one mode and its partial derivatives by every layer's thickness, vp, vs and rho.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3; the last layer is the half-space, whose
    thickness kernel is 0. `periods`: (T,), s. Returns Kernels with `velocity`, `status` (..., T) and the four
    kernels (..., T, L), NaN where there is no velocity. `per`: "layer" (d c / d parameter, the other parameters
    fixed; a thickness moves everything below), "km" (vp, vs, rho kernels over the layer's thickness; NaN for the
    half-space) or "log" (d ln c / d ln parameter). Raises ModelError naming the first bad entry. Exact: dc/dm =
    -F_m/F_c of the secular function F, all of them from two sweeps; their relative error, rounding over the distance
    to the next mode, is estimated in `error` (..., T). `earth`: "flat", or "spherical", with the flattening carried
    through by the chain rule. `method`: "implicit", or "energy": the same kernels from energy integrals of the
    eigenfunctions (see `energy`), a route that shares nothing with the secular function but the root; milliseconds a
    value, in one thread.
    """
    check_options(wave, mode)
    check_earth(earth)
    check_method(method)
    if per not in PER:
        raise UsageError(f"per: {per!r} given; allowed are {', '.join(PER)}")
    model, batch = flat_batch(thickness, vp, vs, rho)
    periods, back = distinct_periods(check_periods(periods))
    flat = flattened(model, wave, earth)
    velocity, status = solve_valid(*flat, periods, wave=wave, mode=mode, threads=threads)
    if method == "energy":
        from surfgrad.waves.energy import kernels_by_energy  # scipy: only for whoever asks

        raw = kernels_by_energy(flat, periods, velocity, wave)
    else:
        raw = kernels_valid(*flat, periods, velocity, wave=wave, threads=threads)
    error = phase_error(flat, periods, velocity, status, raw, wave, threads)
    raw = surface_kernels(raw, model, velocity, periods, wave, earth)
    velocity = surface_velocity(velocity, periods, wave, earth)
    return kernels_record(model, batch, velocity, status, raw, error, per, back)


def kernels_record(
    model: Model,
    batch: tuple[int, ...],
    value: Array,
    status: Array,
    raw: Array,
    error: Array,
    per: str,
    back: Array | slice,
) -> Kernels:
    """The record of values, status and errors (N, T) and per-layer kernels `raw` (N, 4, T, L) at distinct periods.

    Normalised, in the batch's shape, at the caller's periods (`back`: see `distinct_periods`).
    """
    value, status, error = (spread(values, back) for values in (value, status, error))
    shape = (*batch, value.shape[-1])
    arrays = [spread(raw[:, i], back, axis=1).reshape(*shape, raw.shape[-1]) for i in range(4)]
    if per != "layer":
        columns = [values.reshape(*batch, 1, values.shape[-1]) for values in model]
        arrays = scale_kernels(arrays, columns, value.reshape(shape), per)
    h, a, b, r = arrays
    return Kernels(value.reshape(shape), status.reshape(shape), h, a, b, r, per=per, error=error.reshape(shape))


def kernels_valid(
    thickness: Array,
    vp: Array,
    vs: Array,
    rho: Array,
    periods: Array,
    velocity: Array,
    *,
    wave: str,
    threads: int | None,
) -> Array:
    """(N, 4, T, L) kernels by thickness, vp, vs, rho at roots `velocity` (N, T) of valid models (N, L)."""
    out = kernel_room(vs.shape[0], periods.size, vs.shape[1])
    omega = 2.0 * np.pi / periods

    def run(part: slice) -> None:
        kernels_of_models(
            WAVE_CODES[wave], thickness[part], vp[part], vs[part], rho[part], omega, velocity[part],
            out.swapaxes(0, 1), part.start,
        )  # fmt: skip

    share_out(run, vs.shape[0], threads)
    return out


def phase_error(
    model: Model, periods: Array, velocity: Array, status: Array, raw: Array, wave: str, threads: int | None
) -> Array:
    """Estimated error (N, T) of kernels `raw` (N, 4, T, L) at roots `velocity` (N, T) of flat models.

    Over the largest of a parameter's profile. Where the certificate does not bound it (CLOSE_MODES), and beside the
    half-space's vs and folds (MULTIPLE), `MARGIN` times what a step of c by the error of roots and changes of the
    layers' vs by a few roundings make: rounding over the distance to the next mode, whatever that is.
    """
    near = velocity >= model[2][:, -1:] * (1.0 - HUGGING)
    if not (status.any() or near.any()):  # most models: every status is OK
        return np.full(velocity.shape, PROVEN)
    error = np.where(np.isnan(velocity), np.nan, PROVEN)
    doubtful = near | (status == Status.CLOSE_MODES) | (status == Status.MULTIPLE)
    some = np.flatnonzero(doubtful.any(axis=1))
    if some.size:
        c = np.where(doubtful, velocity, np.nan)[some]
        h, vp, vs, rho = (np.ascontiguousarray(column[some]) for column in model)
        shaken = vs * (1.0 + SHAKE * (2.0 * (0.6180339887498949 * np.arange(vs.shape[1]) % 1.0) - 1.0))
        beside = kernels_valid(h, vp, shaken, rho, periods, c * (1.0 - STEP), wave=wave, threads=threads)
        found = MARGIN * relative_change((h, vp, vs, rho), periods, c, raw[some], beside)
        # Beyond a tenth rounding may change one mode for another.
        found = np.where(found < 0.1, np.maximum(found, PROVEN), np.inf)
        error[some] = np.where(doubtful[some], found, error[some])
    return error


def relative_change(model: Model, periods: Array, velocity: Array, raw: Array, beside: Array) -> Array:
    """Largest difference of two sets of kernels (N, 4, T, L) over the largest of a parameter's profile, (N, T).

    A profile counts at least as 1 % of c/m, m the largest of its parameter, of 1/T for thickness.
    """
    _, vp, vs, rho = (np.max(column, axis=1)[:, None] for column in model)
    natural = np.stack(
        [np.broadcast_to(1.0 / periods, velocity.shape), velocity / vp, velocity / vs, velocity / rho], 1
    )
    scale = np.maximum(np.max(np.abs(raw), axis=3), 0.01 * natural)
    return np.max(np.max(np.abs(raw - beside), axis=3) / scale, axis=1)


def scale_kernels(kernels: list[Array], model: list[Array], velocity: Array, per: str) -> list[Array]:
    """Kernels (..., T, L), as derivatives by the columns (..., 1, L) of the model, in the form `per` "log" or "km"."""
    if per == "log":
        return [kernel * values / velocity[..., None] for kernel, values in zip(kernels, model, strict=True)]
    thickness = model[0].copy()
    thickness[..., -1] = np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        return [kernels[0], *(kernel / thickness for kernel in kernels[1:])]
