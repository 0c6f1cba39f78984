"""A spherical Earth seen by the flat engine: Earth flattening, its inverse for velocities, and its chain rule.

With r = a exp(-z/a) the equation of toroidal (SH) motion on a sphere is *exactly* the flat one with vs_f = vs a/r,
rho_f = rho (r/a)^5 and wavenumber k_f = sqrt((l + 1/2)^2 - 9/4)/a (Biswas & Knopoff 1970, BSSA 60). For spheroidal
(P-SV) motion no such map exists; vp_f = vp a/r, vs_f = vs a/r, rho_f = rho (r/a)^2.275 and k_f = sqrt(l(l + 1))/a are
the approximation of Biswas (1972, Pure Appl. Geophys. 96). Its exponent takes gravity in: beside oscillations of the
upper mantle with self-gravitation it errs by up to 6e-4 at 30-150 s, beside those without by up to 2e-3 (where an
exponent near 2 would be best; tests/waves/test_flattening.py).

A homogeneous layer of the sphere turns into one whose velocity grows with depth. It is replaced by a homogeneous one
with the values at its middle in flat depth, that is at the geometric mean of its bounding radii, whose error is of
second order: h^2/(12 a d) for a layer of h km if the wave changes over d km (3e-4 for layers of 50 km), a quarter of
that when every layer is cut in halves. The half-space has the values at its top: give a model the layers that the
wave reaches, because flat velocities go on growing with depth where the sphere's do not.

On the sphere the phase velocity is that along the surface, c = omega a/(l + 1/2), hence 1/c^2 = 1/c_f^2 + (q/omega)^2
with q = 3/(2a) for Love and 1/(2a) for Rayleigh waves; the group velocity is U = a d(omega)/dl = U_f c_f/c.

Eigenfunctions go back to the sphere as u = u_f (r/a)^((n - 3)/2) and tau = tau_f (r/a)^(-(n + 1)/2), n the power of the
density. These keep, at every depth, the kinetic energy (rho r^2 u^2 dr is a^2 rho_f u_f^2 dz) and the flux of energy
across a shell (r^2 tau u is a^2 tau_f u_f). For SH (n = 5: u = u_f r/a, tau = tau_f (a/r)^3) they are the map under
which the equation on the sphere becomes the flat one.
"""

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.errors import ModelError

Array = np.ndarray
Model = tuple[Array, Array, Array, Array]

RADIUS = 6371.0
"""Mean radius of the Earth, km."""
EARTHS = ("flat", "spherical")
DENSITY_POWER = {"love": 5.0, "rayleigh": 2.275}
_SHIFT = {"love": 1.5, "rayleigh": 0.5}
"""(l + 1/2)^2 - (k_f a)^2, its square root."""


def check_earth(earth: str) -> None:
    """Raise UsageError unless `earth` is one of EARTHS."""
    check_choice("earth", earth, EARTHS)


def flatten(thickness: Array, vp: Array, vs: Array, rho: Array, wave: str) -> Model:
    """The flat layers (..., L) that stand for layers of a sphere of RADIUS; same units (km, km/s, g/cm3).

    Raises ModelError where the layers reach the centre of the Earth.
    """
    top = _flat_depth(_depth(thickness))
    middle = _middle(top)
    stretch = np.exp(middle / RADIUS)
    thick = np.append(np.diff(top), np.zeros((*top.shape[:-1], 1)), axis=-1)
    return thick, vp * stretch, vs * stretch, rho * stretch ** -DENSITY_POWER[wave]


def flattened(model: Model, wave: str, earth: str) -> Model:
    """The layers that the flat engine is to be asked about: `model` itself unless `earth` is "spherical"."""
    if earth == "flat":
        return model
    thickness, vp, vs, rho = (np.ascontiguousarray(values) for values in flatten(*model, wave))
    return thickness, vp, vs, rho


def surface_velocity(velocity: Array, periods: Array, wave: str, earth: str) -> Array:
    """Phase velocities (..., T), km/s, along the surface of the sphere, from the flat engine's."""
    return velocity if earth == "flat" else velocity * slowing(velocity, periods, wave)


def surface_group(group: Array, velocity: Array, periods: Array, wave: str, earth: str) -> Array:
    """Group velocities (..., T), km/s, along the surface, from the flat engine's group and phase velocities."""
    return group if earth == "flat" else group / slowing(velocity, periods, wave)


def surface_kernels(kernels: Array, model: Model, velocity: Array, periods: Array, wave: str, earth: str) -> Array:
    """Kernels (N, 4, T, L) with respect to the sphere's layers `model` (N, L), from the flat engine's.

    `velocity`: (N, T), the flat engine's phase velocities.
    """
    if earth == "flat":
        return kernels
    # 1/c^2 = 1/c_f^2 + const, so dc/dc_f = (c/c_f)^3.
    outer = slowing(velocity, periods, wave)[:, None, :, None] ** 3
    return outer * pull_back(kernels, *model, wave)


def slowing(velocity: Array, periods: Array, wave: str) -> Array:
    """c/c_f of flat phase velocities `velocity` (..., T), km/s, at `periods` (T,), s: a little below 1."""
    return 1.0 / np.sqrt(1.0 + (_SHIFT[wave] / RADIUS * velocity * periods / (2.0 * np.pi)) ** 2)


def pull_back(kernels: Array, thickness: Array, vp: Array, vs: Array, rho: Array, wave: str) -> Array:
    """The Jacobian of `flatten` acting on flat kernels (N, 4, T, L): derivatives by the sphere's (N, L) parameters.

    A thickness moves every interface below, which changes the flat thickness and the stretch of all those layers.
    """
    depth = _depth(thickness)
    stretch = np.exp(_middle(_flat_depth(depth)) / RADIUS)[:, None, :]
    squeeze = stretch ** -DENSITY_POWER[wave]
    by_h, by_vp, by_vs, by_rho = (kernels[:, i] for i in range(4))
    out = np.empty_like(kernels)
    out[:, 1], out[:, 2], out[:, 3] = by_vp * stretch, by_vs * stretch, by_rho * squeeze
    # By a layer's middle, in flat depth ...
    moved = out[:, 1] * vp[:, None] + out[:, 2] * vs[:, None] - DENSITY_POWER[wave] * out[:, 3] * rho[:, None]
    moved /= RADIUS
    # ... by the flat depth of its top (of interface i, between layers i - 1 and i), and by that of its true depth ...
    moved[..., :-1] *= 0.5
    interface = by_h[..., :-1] - by_h[..., 1:] + moved[..., :-1] + moved[..., 1:]
    interface *= RADIUS / (RADIUS - depth[:, None, 1:])
    # ... which every thickness above it shifts by as much as it grows.
    out[:, 0, :, :-1] = np.cumsum(interface[..., ::-1], axis=-1)[..., ::-1]
    out[:, 0, :, -1] = np.where(np.isnan(by_h[..., -1]), np.nan, 0.0)
    return out


def flat_depths(depths: Array) -> Array:
    """Flat depths, km, of true depths (Z,), km; raises ModelError for the centre of the Earth and beyond."""
    bad = np.flatnonzero(depths >= RADIUS)
    if bad.size:
        raise ModelError(
            f'depths[{bad[0]}]: {depths[bad[0]]:g} km given; less than {RADIUS:g} km is allowed with earth="spherical"'
        )
    return _flat_depth(depths)


def shape_factors(depths: Array, wave: str) -> tuple[Array, Array]:
    """What displacements and stresses of the flat Earth at flat depths (Z,), km, are multiplied by on the sphere."""
    radius, n = np.exp(-depths / RADIUS), DENSITY_POWER[wave]
    return radius ** (0.5 * (n - 3.0)), radius ** (-0.5 * (n + 1.0))


def _depth(thickness: Array) -> Array:
    """Depth of every layer's top, km; (..., L)."""
    depth = np.zeros_like(thickness)
    np.cumsum(thickness[..., :-1], axis=-1, out=depth[..., 1:])
    bad = np.argwhere(depth >= RADIUS)
    if bad.size:
        index = tuple(bad[0])
        raise ModelError(
            f"thickness: layers of {depth[index]:g} km above layer {index[-1]} given; "
            f'less than {RADIUS:g} km in all is allowed with earth="spherical"'
        )
    return depth


def _flat_depth(depth: Array) -> Array:
    return -RADIUS * np.log1p(-depth / RADIUS)


def _middle(top: Array) -> Array:
    """Flat depth at which a layer's values are taken: its middle, the half-space's top."""
    middle = top.copy()
    middle[..., :-1] = 0.5 * (top[..., :-1] + top[..., 1:])
    return middle
