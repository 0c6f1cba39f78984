"""Whether numbers look like those of other units: a hint in a refusal, never a guess.

No ground is as fast as 20 km/s or as slow as 20 m/s in vp, nor as heavy as 30 g/cm3 or as light as 30 kg/m3, and no
curve as a whole is as fast or as slow: a file whose largest value lies beyond is in other units than was said. Nor do
layers reach deeper than the Earth's centre.
"""

from surfgrad.units import KM, SI, Units

VELOCITY, DENSITY = 20.0, 30.0
EARTH_RADIUS = 6371.0
"""km"""


def velocity_doubt(name: str, largest: float, units: Units) -> str | None:
    """What to say where a file's largest velocity, km/s, cannot be right in `units`; else None."""
    return _doubt(name, largest, VELOCITY, units, "velocity")


def density_doubt(name: str, largest: float, units: Units) -> str | None:
    """What to say where a file's largest density, g/cm3, cannot be right in `units`; else None."""
    return _doubt(name, largest, DENSITY, units, "density")


def depth_doubt(deepest: float, units: Units) -> str | None:
    """What to say where the half-space begins at a depth, km, that cannot be; else None."""
    if deepest <= EARTH_RADIUS:
        return None
    given, most = (f"{depth * units.factor:g} {units.length}" for depth in (deepest, EARTH_RADIUS))
    hint = " (these look like m: mend them, or the unit that is said)" if units == KM else ""
    return f"layers reach down to {given}; at most {most} is allowed{hint}"


def _doubt(name: str, largest: float, limit: float, units: Units, quantity: str) -> str | None:
    looks, given = (SI if units == KM else KM), largest * units.factor
    if (given <= limit) if units == KM else (given >= limit):
        return None
    unit, other = getattr(units, quantity), getattr(looks, quantity)
    words = f"{name} is {given:g} {unit}, the largest there; at {'most' if units == KM else 'least'} {limit:g} {unit}"
    return f"{words} is allowed (these look like {other}: mend them, or the unit that is said)"
