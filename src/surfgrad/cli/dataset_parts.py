"""What the datasets of several commands have in common: velocities, the model, its layers, where they come from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad import __version__
from surfgrad.contracts import PARAMETERS
from surfgrad.records import Eigenfunctions, Kernels
from surfgrad.status import Status

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

BRANCHES = ("wave", "mode", "period")
_UNITS = {"thickness": "km", "vp": "km/s", "vs": "km/s", "rho": "g/cm3"}
Records = Sequence[Sequence[Kernels | Eigenfunctions]]
"""A row of modes for each wave, arrays by period first."""


def stacked(records: Records, name: str) -> np.ndarray:
    """(wave, mode, ...): one array of every record."""
    return np.array([[getattr(record, name) for record in row] for row in records])


def velocity_and_status(records: Records, kind: str) -> dict[str, Any]:
    """Variables `velocity`, km/s, and `status` on (wave, mode, period); the flags are CF's: no reader needs a table."""
    flags = {
        "long_name": "status of the velocity",
        "flag_values": np.array([int(code) for code in Status], dtype=np.int8),
        "flag_meanings": " ".join(code.name for code in Status),
    }
    return {
        "velocity": (BRANCHES, stacked(records, "velocity"), {"units": "km/s", "long_name": f"{kind} velocity"}),
        "status": (BRANCHES, stacked(records, "status").astype(np.int8), flags),
    }


def model_variables(model: "EarthModel") -> dict[str, Any]:
    """Variables `model_<parameter>` on layer."""
    return {
        f"model_{parameter}": (
            "layer",
            getattr(model, parameter),
            {"units": _UNITS[parameter], "long_name": f"{parameter} of the layer"},
        )
        for parameter in PARAMETERS
    }


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


def origin(model: "EarthModel", earth: str) -> dict[str, str]:
    """Attributes that say what the numbers are of and what made them."""
    return {
        "model": model.name or "",
        "earth": earth,
        "source": f"surfgrad {__version__}, exact engine, {earth} Earth",
        "surfgrad_version": __version__,
    }
