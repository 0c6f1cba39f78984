"""Phase velocities beside other quantities, for those who ask for wavelengths."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from surfgrad.earth.model import EarthModel


def phase_velocities(
    ground: "EarthModel", branches: Sequence[tuple[str, int]], periods: "np.ndarray", earth: str, axis: str
) -> "list[np.ndarray] | None":
    """(T,) phase velocities, km/s, of each (wave, mode) at `periods`, s; None where `axis` needs no wavelength."""
    if axis != "wavelength":
        return None
    from surfgrad.waves.phase import phase_velocity

    return [phase_velocity(*ground.arrays, periods, wave=wave, mode=mode, earth=earth) for wave, mode in branches]
