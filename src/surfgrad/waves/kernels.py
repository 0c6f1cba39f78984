"""Sensitivity kernels of phase velocity: what people call."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_periods
from surfgrad.errors import UsageError
from surfgrad.records import Kernels
from surfgrad.waves.batch import WAVE_CODES, share_out, solve_valid
from surfgrad.waves.chunks import in_chunks
from surfgrad.waves.flattening import check_earth, flattened, surface_kernels, surface_velocity
from surfgrad.waves.gradient import kernels_of_models
from surfgrad.waves.methods import check_method
from surfgrad.waves.phase import Model, check_options, flat_batch

Array = np.ndarray
PER = ("layer", "km", "log")


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
    -F_m/F_c of the secular function F, all of them from two sweeps; their relative error is rounding over the
    distance to the next mode. `earth`: "flat", or "spherical", with the flattening carried through by the chain rule.
    `method`: "implicit", or "energy": the same kernels from energy integrals of the eigenfunctions (see `energy`), a
    route that shares nothing with the secular function but the root; milliseconds a value, in one thread.
    """
    check_options(wave, mode)
    check_earth(earth)
    check_method(method)
    if per not in PER:
        raise UsageError(f"per: {per!r} given; allowed are {', '.join(PER)}")
    model, batch = flat_batch(thickness, vp, vs, rho)
    periods = check_periods(periods)
    flat = flattened(model, wave, earth)
    velocity, status = solve_valid(*flat, periods, wave=wave, mode=mode, threads=threads)
    if method == "energy":
        from surfgrad.waves.energy import kernels_by_energy  # scipy: only for whoever asks

        raw = kernels_by_energy(flat, periods, velocity, wave)
    else:
        raw = kernels_valid(*flat, periods, velocity, wave=wave, threads=threads)
    raw = surface_kernels(raw, model, velocity, periods, wave, earth)
    velocity = surface_velocity(velocity, periods, wave, earth)
    return kernels_record(model, batch, velocity, status, raw, per)


def kernels_record(model: Model, batch: tuple[int, ...], value: Array, status: Array, raw: Array, per: str) -> Kernels:
    """The record of values and status (N, T) and per-layer kernels `raw` (N, 4, T, L), normalised, in the batch's
    shape."""
    shape = (*batch, value.shape[-1])
    arrays = [raw[:, i].reshape(*shape, raw.shape[-1]) for i in range(4)]
    columns = [values.reshape(*batch, 1, values.shape[-1]) for values in model]
    h, a, b, r = scale_kernels(arrays, columns, value.reshape(shape), per)
    return Kernels(value.reshape(shape), status.reshape(shape), h, a, b, r, per=per)


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
    out = np.empty((vs.shape[0], 4, periods.size, vs.shape[1]))
    omega = 2.0 * np.pi / periods

    def run(part: slice) -> None:
        kernels_of_models(
            WAVE_CODES[wave], thickness[part], vp[part], vs[part], rho[part], omega, velocity[part], out[part]
        )

    share_out(run, vs.shape[0], threads)
    return out


def scale_kernels(kernels: list[Array], model: list[Array], velocity: Array, per: str) -> list[Array]:
    """Kernels (..., T, L), as derivatives by the columns (..., 1, L) of the model, in the form `per`."""
    if per == "layer":
        return kernels
    if per == "log":
        return [kernel * values / velocity[..., None] for kernel, values in zip(kernels, model, strict=True)]
    thickness = model[0].copy()
    thickness[..., -1] = np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        return [kernels[0], *(kernel / thickness for kernel in kernels[1:])]
