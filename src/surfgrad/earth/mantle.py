"""Density of mantle rock from vp, and one density for any rock."""

from typing import Any

import numpy as np

from surfgrad.earth.brocher import density_derivative, density_from_vp

Array = np.ndarray

ANCHOR_VP, ANCHOR_DENSITY = 8.04, 3.32
"""ak135 just below its Moho (Kennett, Engdahl & Buland 1995), km/s and g/cm3."""
EXPONENT = 0.3
"""d ln rho / d ln vp: the size that temperature alone gives (of the order of Karato 1993); a choice, not a fit."""
BLEND = (7.4, 8.0)
"""vp, km/s, over which `rock_density` passes from crust to mantle."""


def mantle_density(vp: Any) -> Array:
    """Density, g/cm3, of mantle rock of given vp, km/s: a power law through ak135's uppermost mantle."""
    return ANCHOR_DENSITY * (np.asarray(vp, dtype=np.float64) / ANCHOR_VP) ** EXPONENT


def rock_density(vp: Any) -> Array:
    """Density, g/cm3, from vp, km/s, where nobody says what rock it is.

    Brocher's (2005) equation (1) below 7.4 km/s, `mantle_density` above 8.0 km/s, a smooth step in between.
    """
    vp = np.asarray(vp, dtype=np.float64)
    x = np.clip((vp - BLEND[0]) / (BLEND[1] - BLEND[0]), 0.0, 1.0)
    step = x * x * (3.0 - 2.0 * x)
    return (1.0 - step) * density_from_vp(np.minimum(vp, BLEND[1])) + step * mantle_density(vp)


def rock_density_derivative(vp: Any) -> Array:
    """d density / d vp of `rock_density`, g/cm3 per km/s."""
    vp = np.asarray(vp, dtype=np.float64)
    width = BLEND[1] - BLEND[0]
    x = np.clip((vp - BLEND[0]) / width, 0.0, 1.0)
    step, slope = x * x * (3.0 - 2.0 * x), 6.0 * x * (1.0 - x) / width
    low = np.minimum(vp, BLEND[1])
    crust, mantle = density_from_vp(low), mantle_density(vp)
    by_vp = np.where(vp <= BLEND[1], density_derivative(low), 0.0)
    return (1.0 - step) * by_vp + step * EXPONENT * mantle / vp + slope * (mantle - crust)
