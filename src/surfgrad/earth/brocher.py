"""Empirical relations between vp, vs and density of crustal rock, with derivatives.

Source: Brocher (2005), Empirical relations between elastic wavespeeds and density in the Earth's crust, Bull. Seismol.
Soc. Am. 95, 2081-2092. Equation (1), density from vp, is his fit to the Nafe-Drake curve (Ludwig, Nafe & Drake 1970);
(6) is vs from vp; (9) is vp from vs. (9) is a fit of its own and not the inverse of (6): from vs to vp and back misses
by less than 0.09 km/s for vs of 0.6 to 4.5 km/s, within the scatter of the rocks.
Each function evaluates the polynomial everywhere; outside its range of validity the caller answers for it.
"""

from typing import Any

import numpy as np

Array = np.ndarray

VP_RANGE_DENSITY = (1.5, 8.5)
"""vp, km/s, for which equation (1) is valid."""
VP_RANGE_VS = (1.5, 8.0)
"""vp, km/s, for which equation (6) is valid."""
VS_RANGE_VP = (0.0, 4.5)
"""vs, km/s, for which equation (9) is valid."""

_DENSITY = (0.0, 1.6612, -0.4721, 0.0671, -0.0043, 0.000106)
_VS = (0.7858, -1.2344, 0.7949, -0.1238, 0.0064)
_VP = (0.9409, 2.0947, -0.8206, 0.2683, -0.0251)


_DENSITY_SLOPE, _VS_SLOPE, _VP_SLOPE = (
    tuple(power * factor for power, factor in enumerate(each) if power) for each in (_DENSITY, _VS, _VP)
)


def density_from_vp(vp: Any) -> Array:
    """Density, g/cm3, from vp, km/s; equation (1), 1.5 < vp < 8.5."""
    return _value(vp, _DENSITY)


def density_derivative(vp: Any) -> Array:
    """d density / d vp of equation (1), g/cm3 per km/s."""
    return _value(vp, _DENSITY_SLOPE)


def vs_from_vp(vp: Any) -> Array:
    """vs, km/s, from vp, km/s; equation (6), 1.5 < vp < 8."""
    return _value(vp, _VS)


def vs_derivative(vp: Any) -> Array:
    """d vs / d vp of equation (6)."""
    return _value(vp, _VS_SLOPE)


def vp_from_vs(vs: Any) -> Array:
    """vp, km/s, from vs, km/s; equation (9), 0 < vs < 4.5."""
    return _value(vs, _VP)


def vp_derivative(vs: Any) -> Array:
    """d vp / d vs of equation (9)."""
    return _value(vs, _VP_SLOPE)


def _value(x: Any, coefficients: tuple[float, ...]) -> Array:
    """Horner's rule; numpy's polyval is the same to the last bit, and ten times as slow on a model's few layers."""
    at = np.asarray(x, dtype=np.float64)
    value = np.full_like(at, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        value = coefficient + value * at
    return value
