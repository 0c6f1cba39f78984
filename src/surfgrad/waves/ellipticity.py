"""Ellipticity of Rayleigh waves and its kernels: what people call."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_periods
from surfgrad.errors import UsageError
from surfgrad.records import Ellipticity, Kernels
from surfgrad.status import Status
from surfgrad.waves.batch import distinct_periods, kernel_room, share_out, solve_valid, spread
from surfgrad.waves.chunks import in_chunks
from surfgrad.waves.ellipticity_gradient import ellipticity_kernels_of_models, ellipticity_of_models
from surfgrad.waves.flattening import check_earth, flattened, pull_back
from surfgrad.waves.kernels import PER, kernels_record
from surfgrad.waves.phase import Model, check_options, flat_batch

Array = np.ndarray


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
) -> Array:
    """Ellipticity of one Rayleigh mode: horizontal over vertical displacement at the surface, signed.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3; the last layer is the half-space. `periods`:
    (T,), s, in any order. Returns (..., T): positive for retrograde motion, NaN where the mode does not exist;
    under water, at the sea floor. Raises ModelError naming the first bad entry. From the minors of the
    motion-stress vectors on top of the solid (Dunkin 1965), precise at zeros and poles alike: beside a pole, where the
    surface moves horizontally, values are large and of either sign, on it (no double is known to hit one) infinite.
    Modes of buried channels, faint on top, are left to their eigenfunctions (milliseconds a value); NaN, beside the
    root's status, where the surface moves by less than 1e-13 of the largest displacement.
    """
    return ellipticity_curve(thickness, vp, vs, rho, periods, mode=mode, earth=earth, threads=threads).ellipticity


def ellipticity_curve(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
) -> Ellipticity:
    """Ellipticity with the status of every value; arguments, units and errors as in `ellipticity`."""
    check_options("rayleigh", mode)
    check_earth(earth)
    model, batch = flat_batch(thickness, vp, vs, rho)
    flat = flattened(model, "rayleigh", earth)
    given = check_periods(periods)
    periods, back = distinct_periods(given)
    velocity, status = solve_valid(*flat, periods, wave="rayleigh", mode=mode, threads=threads)
    value, _ = _values(flat, periods, velocity, threads)
    shape = (*batch, given.size)
    value, status = spread(value, back).reshape(shape), spread(status, back).reshape(shape)
    return Ellipticity(given, RETROGRADE * value, status, mode)


def _values(model: Model, periods: Array, velocity: Array, threads: int | None) -> tuple[Array, Array]:
    """(N, T) u_x/u_z at the roots `velocity` (N, T) of valid flat models (N, L), and which are faint."""
    h, a, b, r = model
    out, faint, omega = np.empty(velocity.shape), np.empty(velocity.shape, np.bool_), 2.0 * np.pi / periods

    def run(part: slice) -> None:
        ellipticity_of_models(h[part], a[part], b[part], r[part], omega, velocity[part], out[part], faint[part])

    share_out(run, velocity.shape[0], threads)
    if faint.any():
        from surfgrad.waves.ellipticity_faint import surface_ratio  # scipy: only for whoever needs it

        for i, j in np.argwhere(faint):
            out[i, j] = surface_ratio((h[i], a[i], b[i], r[i]), omega[j], velocity[i, j])
    return out, faint


LIMIT = 1e-6
"""Largest error estimate of kernels that are given."""
RETROGRADE = -1.0
"""Sign of u_x/u_z of the motion-stress vectors that is retrograde."""


@in_chunks()
def ellipticity_kernels(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    mode: int = 0,
    earth: str = "flat",
    per: str = "layer",
    threads: int | None = None,
) -> Kernels:
    """Ellipticity of one Rayleigh mode and its partial derivatives by every layer's thickness, vp, vs and rho.

    Arguments, normalisations and errors as in `phase_kernels`; the record's `velocity` is the ellipticity (no unit).
    Derivatives at fixed period along the branch, exact: from one more downward sweep than the phase kernels (see
    `ellipticity_gradient`). For modes so faint on top (below some 1e-4 of the largest displacement) that an estimate of
    their error is above 1e-6, NaN and NOT_CONVERGED are given, the value included.
    """
    check_options("rayleigh", mode)
    check_earth(earth)
    if per not in PER:
        raise UsageError(f"per: {per!r} given; allowed are {', '.join(PER)}")
    model, batch = flat_batch(thickness, vp, vs, rho)
    flat = flattened(model, "rayleigh", earth)
    periods, back = distinct_periods(check_periods(periods))
    velocity, status = solve_valid(*flat, periods, wave="rayleigh", mode=mode, threads=threads)
    value, faint = _values(flat, periods, velocity, threads)
    raw, error = _kernels(flat, periods, velocity, threads)
    if earth == "spherical":
        raw = pull_back(raw, *model, "rayleigh")
    refused = faint | (error > LIMIT)
    value[refused] = np.nan
    raw.swapaxes(1, 2)[refused] = np.nan
    status[refused] = Status.NOT_CONVERGED
    return kernels_record(model, batch, RETROGRADE * value, status, RETROGRADE * raw, error, per, back)


def _kernels(model: Model, periods: Array, velocity: Array, threads: int | None) -> tuple[Array, Array]:
    """Kernels (N, 4, T, L) of u_x/u_z by the flat layers, and the estimate of their error (N, T)."""
    h, a, b, r = model
    raw, error = kernel_room(velocity.shape[0], periods.size, b.shape[1]), np.empty(velocity.shape)
    omega = 2.0 * np.pi / periods

    def run(part: slice) -> None:
        ellipticity_kernels_of_models(
            h[part], a[part], b[part], r[part], omega, velocity[part], raw.swapaxes(0, 1), part.start, error[part]
        )

    share_out(run, velocity.shape[0], threads)
    return raw, error
