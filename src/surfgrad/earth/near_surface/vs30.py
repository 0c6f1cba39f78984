"""Time-averaged shear velocity of the ground above a depth, Vs30 the best known of them, and its derivatives.

V(z) = z / t(z), t(z) = sum h_i / vs_i over the layers above z, the last of them cut off there: EN 1998-1:2004, eq. 3.1;
ASCE/SEI 7-16, eq. 20.4-1. It is the velocity of a vertical S wave over the way down to z.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.earth.grid import tops
from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError
from surfgrad.units import SI, unit_system

Array = np.ndarray
THIRTY = 30.0
"""m."""
_ROUNDING = 1e-12
"""Relative distance within which a depth is that of an interface: sums of thicknesses in km meet 0.03 but for it."""


@dataclass(frozen=True, eq=False)
class TimeAverage:
    """V(z) with its partial derivatives.

    `velocity`: (...). `vs`, `thickness`: (..., L), d velocity / d (vs, thickness of each layer); a thickness moves
    everything below it, the half-space's counts for nothing.
    """

    velocity: Array
    vs: Array
    thickness: Array


def vs30(thickness: Any, vs: Any, *, units: str = "km") -> Array:
    """Time-averaged vs of the upper 30 m.

    `thickness`, `vs`: (..., L), km and km/s, or m and m/s for `units="si"`; the last layer is the half-space, which
    goes on as deep as asked. Returns (...), in the unit of `vs`. Raises ModelError as `vsz` does, UsageError for
    other units.
    """
    return vsz(thickness, vs, THIRTY / SI.factor * unit_system(units).factor)


def vsz(thickness: Any, vs: Any, depth: float) -> Array:
    """Time-averaged vs of the ground above `depth`.

    `thickness`, `vs`: (..., L), in any one unit of length (km and km/s, m and m/s); the last layer is the half-space.
    `depth`: in the unit of `thickness`. Returns (...), in the unit of `vs`. Raises ModelError naming the first bad
    entry; water (vs 0) is one, since no S wave crosses it: leave it out, and count depth from the bottom of it.
    """
    h, v, z = _checked(thickness, vs, depth)
    above = np.diff(_edges(h, z), axis=-1)
    return np.asarray(z / (above / v).sum(axis=-1))


def vsz_gradient(thickness: Any, vs: Any, depth: float) -> TimeAverage:
    """`vsz` and its derivatives: dV/dvs_i = V^2 h_i / (z vs_i^2), and for layers that end above z
    dV/dh_i = V^2 (1/vs_z - 1/vs_i) / z, where vs_z is the velocity at z; all others are 0.

    Arguments and errors as for `vsz`. Where z is an interface V has a kink: the thickness derivatives are those of
    thicknesses that grow, so vs_z is the velocity above it.
    """
    h, v, z = _checked(thickness, vs, depth)
    edges = _edges(h, z)
    above = np.diff(edges, axis=-1)
    velocity = z / (above / v).sum(axis=-1)
    scale = (velocity**2 / z)[..., None]
    at = np.argmax(edges[..., 1:] >= z * (1.0 - _ROUNDING), axis=-1)[..., None]
    ends_above = np.arange(h.shape[-1]) < at
    slowness = 1.0 / v
    drop = np.take_along_axis(slowness, at, axis=-1) - slowness
    return TimeAverage(velocity, scale * above * slowness**2, np.where(ends_above, scale * drop, 0.0))


def _edges(thickness: Array, depth: float) -> Array:
    """(..., L + 1): depths of the layers' edges, none below `depth`; the half-space ends there."""
    top = tops(thickness)
    return np.minimum(np.concatenate((top, np.full_like(top[..., :1], np.inf)), axis=-1), depth)


def _checked(thickness: Any, vs: Any, depth: float) -> tuple[Array, Array, float]:
    given, v = real_numbers("thickness", thickness), real_numbers("vs", vs)
    z = real_numbers("depth", depth)
    try:
        h, v = (np.array(each) for each in np.broadcast_arrays(given, v))
    except ValueError:
        raise ModelError(f"vs: shape {v.shape} given beside thickness {given.shape}; one shape is allowed") from None
    if h.ndim == 0 or h.shape[-1] == 0:
        raise ModelError(f"thickness: shape {h.shape} given; at least one layer, the half-space, is allowed")
    if z.ndim or not 0.0 < z < np.inf:
        raise ModelError(f"depth: {depth!r} given; one finite depth above 0 is allowed")
    h[..., -1] = 0.0
    _refuse("thickness", h, ~(np.isfinite(h) & (h >= 0.0)), "finite values of 0 and above are allowed")
    _refuse("vs", v, ~(np.isfinite(v) & (v > 0.0)), "finite values above 0 are allowed (no S wave crosses water)")
    return h, v, float(z)


def _refuse(name: str, values: Array, bad: Array, allowed: str) -> None:
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        raise ModelError(f"{name}[{', '.join(map(str, index))}]: {values[index]:g} given; {allowed}")
