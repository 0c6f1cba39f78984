"""Ellipticity of Rayleigh waves and its kernels: what people call."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_periods
from surfgrad.errors import UsageError
from surfgrad.records import Ellipticity, Kernels
from surfgrad.waves.batch import share_out, solve_valid
from surfgrad.waves.ellipticity_gradient import ellipticity_kernels_of_models, ellipticity_of_models
from surfgrad.waves.flattening import check_earth, flattened, pull_back
from surfgrad.waves.kernels import PER, kernels_record
from surfgrad.waves.phase import check_options, flat_batch

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
    motion-stress vectors on top of the solid (Dunkin 1965), precise at zeros and poles alike.
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
    h, a, b, r = flattened(model, "rayleigh", earth)
    periods = check_periods(periods)
    velocity, status = solve_valid(h, a, b, r, periods, wave="rayleigh", mode=mode, threads=threads)
    out, omega = np.empty(velocity.shape), 2.0 * np.pi / periods

    def run(part: slice) -> None:
        ellipticity_of_models(h[part], a[part], b[part], r[part], omega, velocity[part], out[part])

    share_out(run, velocity.shape[0], threads)
    shape = (*batch, periods.size)
    return Ellipticity(periods, RETROGRADE * out.reshape(shape), status.reshape(shape), mode)


RETROGRADE = -1.0
"""Sign of u_x/u_z of the motion-stress vectors that is retrograde."""


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
    `ellipticity_gradient`)."""
    check_options("rayleigh", mode)
    check_earth(earth)
    if per not in PER:
        raise UsageError(f"per: {per!r} given; allowed are {', '.join(PER)}")
    model, batch = flat_batch(thickness, vp, vs, rho)
    h, a, b, r = flattened(model, "rayleigh", earth)
    periods = check_periods(periods)
    velocity, status = solve_valid(h, a, b, r, periods, wave="rayleigh", mode=mode, threads=threads)
    value, raw = np.empty(velocity.shape), np.empty((velocity.shape[0], 4, periods.size, b.shape[1]))
    omega = 2.0 * np.pi / periods

    def run(part: slice) -> None:
        ellipticity_kernels_of_models(h[part], a[part], b[part], r[part], omega, velocity[part], value[part], raw[part])

    share_out(run, velocity.shape[0], threads)
    if earth == "spherical":
        raw = pull_back(raw, *model, "rayleigh")
    return kernels_record(model, batch, RETROGRADE * value, status, RETROGRADE * raw, per)
