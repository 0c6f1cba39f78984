"""What water in the pores does to soil.

Gassmann (1951, Vierteljahrsschr. Naturforsch. Ges. Zuerich 96, 1-23), as in Mavko, Mukerji & Dvorkin (2009, The Rock
Physics Handbook, section 6.3): water leaves the shear modulus as it is and stiffens the bulk. Soft soil so has a vp of
about 1.5 km/s as soon as it is saturated, whatever its vs (Foti, Lai & Lancellotta 2002, Geotechnique 52, 359-373).
"""

from typing import Any

import numpy as np

Array = np.ndarray

WATER_DENSITY, WATER_BULK = 1.0, 2.2
"""g/cm3 and GPa: fresh water at 15 degrees Celsius, 1.48 km/s."""
GRAIN_BULK = 36.6
"""GPa: quartz (Mavko et al. 2009, appendix A.4)."""


def dry_bulk(shear: Any, poisson: Any) -> Array:
    """Bulk modulus, GPa, of a skeleton of `shear` modulus, GPa, and Poisson's ratio `poisson`."""
    return np.asarray(2.0 * shear * (1.0 + poisson) / (3.0 * (1.0 - 2.0 * poisson)))


def saturated_bulk(dry: Any, porosity: Any, fluid: float = WATER_BULK, grain: float = GRAIN_BULK) -> Array:
    """Bulk modulus, GPa, of a skeleton of bulk modulus `dry`, GPa, whose pores (share `porosity`) are full of `fluid`.

    Gassmann's K = K_dry + a^2 / ((a - n) / K_grain + n / K_fluid), a = 1 - K_dry / K_grain.
    """
    biot = 1.0 - dry / grain
    return np.asarray(dry + biot**2 / ((biot - porosity) / grain + porosity / fluid))


def p_velocity(bulk: Any, shear: Any, density: Any) -> Array:
    """vp, km/s, from moduli, GPa, and density, g/cm3."""
    return np.sqrt((bulk + 4.0 / 3.0 * shear) / density)
