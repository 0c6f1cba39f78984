"""Wavelengths of a measured curve, and the depths that they can speak of."""

from typing import Any, NamedTuple

import numpy as np

from surfgrad.errors import UsageError


class WavelengthRange(NamedTuple):
    """Shortest and longest wavelength of a curve, in one unit of length."""

    shortest: float
    longest: float

    def thinnest(self, divisor: float = 3.0) -> float:
        """The thinnest layer that the curve resolves: its shortest wavelength over 2 ... 3 (Cox & Teague 2016)."""
        return self.shortest / divisor

    def resolution(self, divisor: float = 2.0) -> float:
        """The depth down to which the curve resolves: its longest wavelength over 2 ... 3 (Cox & Teague 2016)."""
        return self.longest / divisor


def wavelength_range(periods: Any, velocity: Any) -> WavelengthRange:
    """The range of c T over a phase-velocity curve.

    `periods`, `velocity`: (T,), s and any unit of velocity, whose unit of length is the result's; NaN (no mode) is
    left out. Raises UsageError where nothing is left, or an entry is not above 0.
    """
    period, phase = np.asarray(periods, dtype=np.float64), np.asarray(velocity, dtype=np.float64)
    if period.shape != phase.shape:
        raise UsageError(f"velocity: shape {phase.shape} given beside periods {period.shape}; one shape is allowed")
    wavelengths = (period * phase)[np.isfinite(phase)]
    if wavelengths.size == 0:
        raise UsageError("velocity: no value given; a curve with one phase velocity or more is allowed")
    if not (np.isfinite(wavelengths) & (wavelengths > 0.0)).all():
        raise UsageError("wavelength: periods and velocities of 0 or below given; finite ones above 0 are allowed")
    return WavelengthRange(float(wavelengths.min()), float(wavelengths.max()))
