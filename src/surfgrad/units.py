"""The two systems of units that people write and read: the engine's kilometres, and SI for the near surface."""

from dataclasses import dataclass

from surfgrad.errors import UsageError


@dataclass(frozen=True)
class Units:
    """Names of the units of length, velocity and density, and what one of the engine's is in them.

    `factor`: 1 km is `factor` lengths; the same number turns km/s into velocities and g/cm3 into densities.
    """

    name: str
    length: str
    velocity: str
    density: str
    factor: float

    def column(self, quantity: str, unit: str) -> str:
        """The name of a table's column: quantity and unit, `velocity_km_s` or `thickness_m`."""
        return f"{quantity}_{unit.replace('/', '_')}"


KM = Units("km", length="km", velocity="km/s", density="g/cm3", factor=1.0)
SI = Units("si", length="m", velocity="m/s", density="kg/m3", factor=1000.0)
_SYSTEMS = {units.name: units for units in (KM, SI)}
NAMES = tuple(_SYSTEMS)


def unit_system(name: str) -> Units:
    """The system called "km" or "si"; raises UsageError for any other name. Nothing is guessed from numbers."""
    if name not in _SYSTEMS:
        raise UsageError(f"units: {name!r} given; {' or '.join(NAMES)} is allowed")
    return _SYSTEMS[name]
