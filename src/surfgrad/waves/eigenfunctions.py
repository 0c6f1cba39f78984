"""Eigenfunctions, displacement and stress of a mode with depth: what people call."""

from typing import Any

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.earth.validate import check_periods, real_numbers
from surfgrad.errors import ModelError
from surfgrad.records import Eigenfunctions
from surfgrad.waves.batch import solve_valid
from surfgrad.waves.flattening import (
    RADIUS,
    check_earth,
    flat_depths,
    flattened,
    shape_factors,
    surface_velocity,
)
from surfgrad.waves.modeshape import ModeShape, mode_shape
from surfgrad.waves.modeshape_solve import Model
from surfgrad.waves.phase import check_options, flat_batch

Array = np.ndarray
NORMALISATIONS = ("surface", "largest")
FAINTEST = 1e-8
"""Surface displacement, over the largest, that still has digits enough to divide by."""
SAMPLES = 201
"""Number of depths when none are given."""


def eigenfunctions(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    depths: Any = None,
    earth: str = "flat",
    normalise: str = "surface",
    threads: int | None = None,
) -> Eigenfunctions:
    """Displacement and stress of one mode with depth.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3; the last layer is the half-space. `periods`: (T,),
    s. `depths`: (Z,), km, in any order; by default 201 from the surface to one (the longest) wavelength below the last
    interface. Returns Eigenfunctions with arrays (..., T, Z, C), NaN where the mode does not exist.

    Conventions of Aki & Richards (2002), section 7.2, z down, all times exp(i(kx - wt)): u_x = r1, u_z = i r2, tau_zx =
    r3, tau_zz = i r4; u_y = l1, tau_yz = l2. `normalise`: "surface" (r2 or l1 is 1 at the surface; NaN, beside the
    root's status, where it is below 1e-8 of the largest displacement: a wave in a buried channel, or one that moves
    the surface horizontally) or "largest" (the largest of all displacements is 1, to the sampling of 1/k at most). At
    an interface the layer above it is meant: r1 jumps at the sea floor. Love waves do not move water.

    `earth`: "flat", or "spherical": those of the flattened model, at true depths and with the scale that keeps energy
    (see `flattening`; exact for Love waves but for the layers' thickness).

    Raises ModelError naming the first bad entry, UsageError for an option. A boundary-value problem in pieces of
    layers, stable at any thickness (see `modeshape`); milliseconds a value.
    """
    check_options(wave, mode)
    check_earth(earth)
    check_choice("normalise", normalise, NORMALISATIONS)
    model, batch = flat_batch(thickness, vp, vs, rho)
    periods = check_periods(periods)
    chosen = None if depths is None else check_depths(depths)
    flat = flattened(model, wave, earth)
    velocity, status = solve_valid(*flat, periods, wave=wave, mode=mode, threads=threads)
    z = default_depths(model[0], velocity, periods, earth) if chosen is None else chosen
    z_flat = z if earth == "flat" else flat_depths(z)
    width = 1 if wave == "love" else 2
    out = np.full((*velocity.shape, z.size, 2 * width), np.nan)
    for i, j in np.argwhere(np.isfinite(velocity)):
        one = tuple(column[i] for column in flat)
        out[i, j] = _profile(wave, one, 2.0 * np.pi / periods[j], velocity[i, j], z_flat, normalise, earth)
    velocity = surface_velocity(velocity, periods, wave, earth)
    shape = (*batch, periods.size)
    out = out.reshape(*shape, z.size, 2 * width)
    displacement, stress = out[..., :width], out[..., width:]
    return Eigenfunctions(periods, z, velocity.reshape(shape), status.reshape(shape), displacement, stress, wave, mode)


def check_depths(depths: Any) -> Array:
    """The depths, km, as (Z,) float64: finite, 0 or more, at least one; else ModelError."""
    values = np.atleast_1d(real_numbers("depths", depths))
    if values.ndim != 1 or values.size == 0:
        raise ModelError(f"depths: shape {values.shape} given; a list of one or more depths in km is allowed")
    bad = np.flatnonzero(~(np.isfinite(values) & (values >= 0.0)))
    if bad.size:
        raise ModelError(f"depths[{bad[0]}]: {values[bad[0]]:g} km given; finite values of 0 km and above are allowed")
    return values


def default_depths(thickness: Array, velocity: Array, periods: Array, earth: str = "flat") -> Array:
    """SAMPLES depths, km, from the surface to one (the longest) wavelength below the last interface.

    `thickness`: (..., L), km; `velocity`: (..., T), km/s, NaN where there is no mode; `periods`: (T,), s.
    """
    wavelength = velocity * periods
    longest = float(np.nanmax(wavelength)) if np.isfinite(wavelength).any() else 1.0
    bottom = float(np.max(thickness.sum(axis=-1), initial=0.0)) + longest
    return np.linspace(0.0, bottom if earth == "flat" else min(bottom, 0.99 * RADIUS), SAMPLES)


def _profile(wave: str, model: Model, omega: float, c: float, depths: Array, normalise: str, earth: str) -> Array:
    """(Z, d) of one root of a flat model at flat depths (Z,)."""
    floor = 0.0
    if wave == "love":
        solid = int(np.argmax(model[2] > 0.0))
        floor = float(np.sum(model[0][:solid]))
        thickness, vp, vs, rho = (column[solid:] for column in model)
        model = (thickness, vp, vs, rho)
    shape = mode_shape(wave, model, omega, c)
    x = shape.at(np.maximum(depths - floor, 0.0))
    x[depths < floor] = 0.0  # no shear stress, no motion in the water
    if earth == "spherical":
        x *= np.repeat(shape_factors(depths, wave), x.shape[1] // 2, axis=0).T
    return x / _unit(shape, floor, normalise, earth)


def _unit(shape: ModeShape, floor: float, normalise: str, earth: str) -> float:
    """The displacement that is to be 1; NaN where it is too faint to divide by. `floor`: flat depth of the top, km."""
    nodes = np.vstack([shape.nodes, shape.decaying.sum(axis=1)])[:, : shape.nodes.shape[1] // 2]
    if earth == "spherical":
        depths = floor + np.append(shape.pieces.top, np.sum(shape.model[0][:-1]))
        nodes *= shape_factors(depths, shape.wave)[0][:, None]
    if normalise == "largest":
        return float(nodes.flat[np.argmax(np.abs(nodes))])
    top = float(nodes[0, 0 if shape.wave == "love" else 1])
    return top if abs(top) > FAINTEST else np.nan
