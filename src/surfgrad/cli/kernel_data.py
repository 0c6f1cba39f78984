"""Kernels of one model as a labelled dataset: the NetCDF file's schema."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.cli.dataset_parts import (
    BRANCHES,
    depths_of_layers,
    model_variables,
    origin,
    stacked,
    velocity_and_status,
)
from surfgrad.records import Kernels

if TYPE_CHECKING:
    import xarray as xr

    from surfgrad.earth.model import EarthModel

DIMENSIONS = (*BRANCHES, "layer")
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
    data = velocity_and_status(kernels, kind)
    for parameter in parameters:
        data[f"kernel_{parameter}"] = (
            DIMENSIONS,
            stacked(kernels, parameter),
            _kernel_attributes(parameter, per, kind),
        )
    data |= model_variables(model)
    coordinates = {
        "wave": ("wave", np.array(waves, dtype=object), {"long_name": "wave type"}),
        "mode": ("mode", np.array(modes, dtype=np.int32), {"long_name": "mode number, 0 the fundamental"}),
        "period": ("period", np.array(periods, dtype=float), {"units": "s", "long_name": "period"}),
        **depths_of_layers(model),
    }
    return xr.Dataset(data, coordinates, _file_attributes(model, per, kind, earth))


def _kernel_attributes(parameter: str, per: str, kind: str) -> dict[str, str]:
    meaning = {
        "layer": f"d({kind} velocity)/d({parameter} of the layer)",
        "km": f"d({kind} velocity)/d({parameter} of the layer), per km of its thickness",
        "log": f"dln({kind} velocity)/dln({parameter} of the layer)",
    }[per]
    if parameter == "thickness" and per == "km":
        meaning = f"d({kind} velocity)/d(thickness of the layer)"
    return {"units": KERNEL_UNITS[per][parameter], "long_name": meaning}


def _file_attributes(model: "EarthModel", per: str, kind: str, earth: str) -> dict[str, str]:
    return {
        "title": f"{kind.capitalize()}-velocity sensitivity kernels",
        "kind": kind,
        "per": per,
        **origin(model, earth),
        "comment": "Other parameters fixed; a thickness kernel moves everything below. NaN where there is no mode.",
    }
