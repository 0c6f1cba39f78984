"""Whether a model's numbers look like those of other units: a hint in a refusal, never a guess.

No ground is as fast as 20 km/s or as slow as 20 m/s in vp, nor as heavy as 30 g/cm3 or as light as 30 kg/m3: a model
whose largest value lies beyond is written in other units than was said, or is none.
"""

import numpy as np

from surfgrad.units import KM, SI, Units

VELOCITY, DENSITY = 20.0, 30.0


def other_units(vp: np.ndarray, rho: np.ndarray, units: Units) -> tuple[int, str] | None:
    """(row, what is wrong) where the largest of vp or rho, (L,) km/s and g/cm3, is beyond what ground can be."""
    looks = SI if units == KM else KM
    for name, values, limit, unit, other in (
        ("vp", vp, VELOCITY, units.velocity, looks.velocity),
        ("rho", rho, DENSITY, units.density, looks.density),
    ):
        row = int(np.argmax(values))
        given = float(values[row]) * units.factor
        if (given > limit) if units == KM else (given < limit):
            side = "at most" if units == KM else "at least"
            words = f"{name} is {given:g} {unit}, the largest there; {side} {limit:g} {unit} is allowed"
            return row, f"{words} (these numbers look like {other}: units={looks.name!r}, or mend them)"
    return None
