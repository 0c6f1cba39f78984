"""A labelled dataset of a command in SI, and with what its figure is coloured by."""

from typing import TYPE_CHECKING

import numpy as np

from surfgrad.cli.phases import phase_velocities
from surfgrad.cli.times import Times
from surfgrad.decimals import shifted
from surfgrad.units import SI, Units

if TYPE_CHECKING:
    import xarray as xr

    from surfgrad.earth.model import EarthModel

_TO_SI = {
    "km": (3, "m"),
    "km/s": (3, "m/s"),
    "g/cm3": (3, "kg/m3"),
    "1/km": (-3, "1/m"),
    "(km/s)/(g/cm3)": (0, "(m/s)/(kg/m3)"),
    "(km/s)/(g/cm3)/km": (-3, "(m/s)/(kg/m3)/m"),
    "GPa/km": (6, "Pa/m"),
    "1": (0, "1"),
    "s": (0, "s"),
    "1/s": (0, "1/s"),
}
"""Unit that a command writes -> the power of ten of the SI unit that it is, and that unit's name."""


def finished(data: "xr.Dataset", ground: "EarthModel", times: Times, units: Units, axis: str) -> "xr.Dataset":
    """The dataset as it is written and drawn: with wavelengths where `axis` asks for them, and in `units`."""
    if axis == "wavelength":
        data = with_wavelengths(data, ground)
    return in_si(data, times) if units == SI else data


def in_si(data: "xr.Dataset", times: Times) -> "xr.Dataset":
    """The dataset with every variable and coordinate in SI by its `units`, frequencies (Hz) beside its periods.

    A unit that is not known is an error of the program, not a number left as it is.
    """
    scaled = data.copy()
    for name, variable in data.variables.items():
        if "units" in variable.attrs:
            power, unit = _TO_SI[variable.attrs["units"]]
            words = str(variable.attrs.get("long_name", "")).replace("per km", "per m")
            attributes = {**variable.attrs, "units": unit, "long_name": words}
            scaled[name] = (variable.dims, _times_ten_to(variable.values, power), attributes)
    hertz = ("period", np.array(times.frequencies), {"units": "Hz", "long_name": "frequency"})
    scaled = scaled.assign_coords(frequency=hertz).assign_attrs(unit_system="si")
    return scaled.assign_attrs(per="m") if data.attrs.get("per") == "km" else scaled


def _times_ten_to(values: np.ndarray, power: int) -> np.ndarray:
    """Models and depths, which have few values, in decimal: 0.3483 km/s is 348.3 m/s, in binary not quite."""
    if power == 0:
        return values
    if values.ndim > 1:
        return values * 10.0**power
    return np.array([shifted(repr(value), power) if np.isfinite(value) else value for value in values.tolist()])


def with_wavelengths(data: "xr.Dataset", ground: "EarthModel") -> "xr.Dataset":
    """The dataset, still in km, with `wavelength` (wave, mode, period): phase velocity times period; NaN: no mode."""
    periods = data["period"].values
    branches = [(str(wave), int(mode)) for wave in data["wave"].values for mode in data["mode"].values]
    phase = np.array(phase_velocities(ground, branches, periods, str(data.attrs["earth"]), "wavelength"))
    values = (phase * periods).reshape(data.sizes["wave"], data.sizes["mode"], periods.size)
    words = {"units": "km", "long_name": "phase velocity times period"}
    return data.assign(wavelength=(("wave", "mode", "period"), values, words))
