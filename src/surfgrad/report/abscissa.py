"""What a curve is drawn against: period, frequency or wavelength, always on a logarithmic axis."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from surfgrad.errors import UsageError
from surfgrad.report.axes import log_axis
from surfgrad.units import Units, unit_system

AXES = ("period", "frequency", "wavelength")


def abscissa(periods: Any, axis: str, units: str = "km", phase: Any = None) -> np.ndarray:
    """(T,) places of `periods`, s, along `axis`: s, Hz, or km or m of wavelength.

    `phase`: (T,) phase velocity, km/s, whose product with the period is the wavelength; NaN gives no place. Raises
    UsageError for another axis or units, or a wavelength without `phase`.
    """
    seconds = np.asarray(periods, dtype=np.float64)
    if axis not in AXES:
        raise UsageError(f"axis: {axis!r} given; {', '.join(AXES)} are allowed")
    if axis != "wavelength":
        return seconds if axis == "period" else 1.0 / seconds
    if phase is None:
        raise UsageError("axis: 'wavelength' given without phase velocities; give them, or another axis")
    return seconds * np.asarray(phase, dtype=np.float64) * unit_system(units).factor


def axis_label(axis: str, units: Units) -> str:
    """The axis's name and unit."""
    return {"period": "Period (s)", "frequency": "Frequency (Hz)", "wavelength": f"Wavelength ({units.length})"}[axis]


def span_abscissa(axes: Axes, places: Sequence[np.ndarray], axis: str, units: str) -> None:
    """Set up the axis over all curves' `places`; where none is finite (no mode has a wavelength) it shows a decade."""
    finite = np.concatenate([each[np.isfinite(each)] for each in places])
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (1.0, 10.0)
    log_axis(axes, low, high, axis_label(axis, unit_system(units)))
