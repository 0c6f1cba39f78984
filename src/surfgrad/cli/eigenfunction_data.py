"""Eigenfunctions of one model as a labelled dataset: the NetCDF file's schema."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.cli.dataset_parts import depths_of_layers, model_variables, origin, velocity_and_status
from surfgrad.records import Eigenfunctions

if TYPE_CHECKING:
    import xarray as xr

    from surfgrad.earth.model import EarthModel

FUNCTIONS = {
    "rayleigh": {
        "r1": "horizontal displacement",
        "r2": "vertical displacement, times i, down",
        "r3": "shear stress zx",
        "r4": "normal stress zz, times i",
    },
    "love": {"l1": "transverse displacement", "l2": "shear stress zy"},
}
"""Wave -> function -> what it is (Aki & Richards 2002, section 7.2)."""


def eigenfunction_dataset(
    model: "EarthModel", records: Sequence[Sequence[Eigenfunctions]], *, normalise: str, earth: str
) -> "xr.Dataset":
    """Records, a row of modes for each wave, all at the same periods and depths.

    Variables: r1 ... r4 and l1, l2, as far as the wave is there, on (mode, period, depth), stresses in GPa/km;
    `velocity` and `status` on (wave, mode, period); the model as `model_<parameter>` on layer.
    """
    import xarray as xr

    first = records[0][0]
    data = velocity_and_status(records, "phase")
    for row in records:
        for name, meaning in FUNCTIONS[row[0].wave].items():
            attributes = {"units": "GPa/km" if "stress" in meaning else "1", "long_name": meaning}
            data[name] = (("mode", "period", "depth"), np.array([record[name] for record in row]), attributes)
    data |= model_variables(model)
    coordinates = {
        "wave": ("wave", np.array([row[0].wave for row in records], dtype=object), {"long_name": "wave type"}),
        "mode": (
            "mode",
            np.array([record.mode for record in records[0]], dtype=np.int32),
            {"long_name": "mode number"},
        ),
        "period": ("period", first.periods, {"units": "s", "long_name": "period"}),
        "depth": ("depth", first.depths, {"units": "km", "positive": "down", "long_name": "depth"}),
        **depths_of_layers(model),
    }
    return xr.Dataset(data, coordinates, _file_attributes(model, normalise, earth))


def _file_attributes(model: "EarthModel", normalise: str, earth: str) -> dict[str, str]:
    return {
        "title": "Eigenfunctions of surface waves",
        "normalise": normalise,
        **origin(model, earth),
        "comment": "Aki & Richards (2002), section 7.2, z down: u_x = r1, u_z = i r2, tau_zx = r3, tau_zz = i r4; "
        "u_y = l1, tau_yz = l2. At an interface the layer above it is meant. NaN where there is no mode.",
    }
