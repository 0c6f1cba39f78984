"""Kernels of one model as a labelled dataset: the NetCDF file's schema."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad import __version__
from surfgrad.contracts import PARAMETERS
from surfgrad.records import Kernels
from surfgrad.status import Status

if TYPE_CHECKING:
    import xarray as xr

    from surfgrad.earth.model import EarthModel

DIMENSIONS = ("wave", "mode", "period", "layer")
PARAMETER_UNITS = {"thickness": "km", "vp": "km/s", "vs": "km/s", "rho": "g/cm3"}
KERNEL_UNITS = {
    "layer": {"thickness": "1/s", "vp": "1", "vs": "1", "rho": "(km/s)/(g/cm3)"},
    "km": {"thickness": "1/s", "vp": "1/km", "vs": "1/km", "rho": "(km/s)/(g/cm3)/km"},
    "log": {"thickness": "1", "vp": "1", "vs": "1", "rho": "1"},
}


def kernel_dataset(
    model: "EarthModel",
    periods: Sequence[float],
    kernels: Sequence[Sequence[Kernels]],
    *,
    waves: Sequence[str],
    modes: Sequence[int],
    parameters: Sequence[str],
    kind: str = "phase",
    earth: str = "flat",
) -> "xr.Dataset":
    """Kernels (one record per wave and mode, arrays (T, L)) on dimensions (wave, mode, period, layer).

    `kind`: "phase" or "group", the velocity that they are kernels of. `earth`: "flat" or "spherical".

    Variables: `velocity` and `status` (wave, mode, period); `kernel_<parameter>` (wave, mode, period, layer); the model
    itself as `model_<parameter>` (layer). Coordinates `depth_top`, `depth_bottom` (layer), km; the half-space's bottom
    is infinite.
    """
    import xarray as xr

    per = kernels[0][0].per
    data: dict[str, Any] = {
        "velocity": (DIMENSIONS[:3], _stack(kernels, "velocity"), {"units": "km/s", "long_name": f"{kind} velocity"}),
        "status": (DIMENSIONS[:3], _stack(kernels, "status").astype(np.int8), status_attributes()),
    }
    for parameter in parameters:
        data[f"kernel_{parameter}"] = (DIMENSIONS, _stack(kernels, parameter), _kernel_attributes(parameter, per, kind))
    for parameter in PARAMETERS:
        attributes = {"units": PARAMETER_UNITS[parameter], "long_name": f"{parameter} of the layer"}
        data[f"model_{parameter}"] = ("layer", getattr(model, parameter), attributes)
    coordinates = {
        "wave": ("wave", np.array(waves, dtype=object), {"long_name": "wave type"}),
        "mode": ("mode", np.array(modes, dtype=np.int32), {"long_name": "mode number, 0 the fundamental"}),
        "period": ("period", np.array(periods, dtype=float), {"units": "s", "long_name": "period"}),
        **depths_of_layers(model),
    }
    return xr.Dataset(data, coordinates, _file_attributes(model, per, kind, earth))


def _stack(kernels: Sequence[Sequence[Kernels]], name: str) -> np.ndarray:
    return np.array([[getattr(record, name) for record in row] for row in kernels])


def depths_of_layers(model: "EarthModel") -> dict[str, Any]:
    """Coordinates of a dataset on layers: their number, and the depth of their tops and bottoms, km."""
    bottom = np.cumsum(model.thickness)
    top = bottom - model.thickness
    bottom[-1] = np.inf
    return {
        "layer": (
            "layer",
            np.arange(len(top), dtype=np.int32),
            {"long_name": "layer; the last is the half-space"},
        ),
        "depth_top": ("layer", top, {"units": "km", "positive": "down", "long_name": "depth of the layer's top"}),
        "depth_bottom": ("layer", bottom, {"units": "km", "positive": "down", "long_name": "depth of its bottom"}),
    }


def _kernel_attributes(parameter: str, per: str, kind: str) -> dict[str, str]:
    meaning = {
        "layer": f"d({kind} velocity)/d({parameter} of the layer)",
        "km": f"d({kind} velocity)/d({parameter} of the layer), per km of its thickness",
        "log": f"dln({kind} velocity)/dln({parameter} of the layer)",
    }[per]
    if parameter == "thickness" and per == "km":
        meaning = f"d({kind} velocity)/d(thickness of the layer)"
    return {"units": KERNEL_UNITS[per][parameter], "long_name": meaning}


def status_attributes() -> dict[str, Any]:
    """CF flags, so that a reader of the file needs no table."""
    return {
        "long_name": "status of the velocity",
        "flag_values": np.array([int(code) for code in Status], dtype=np.int8),
        "flag_meanings": " ".join(code.name for code in Status),
    }


def _file_attributes(model: "EarthModel", per: str, kind: str, earth: str) -> dict[str, str]:
    return {
        "title": f"{kind.capitalize()}-velocity sensitivity kernels",
        "kind": kind,
        "model": model.name or "",
        "per": per,
        "source": f"surfgrad {__version__}, exact engine, {earth} Earth",
        "earth": earth,
        "surfgrad_version": __version__,
        "comment": "Other parameters fixed; a thickness kernel moves everything below. NaN where there is no mode.",
    }
