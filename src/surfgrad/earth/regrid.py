"""A layered model on another grid of layers."""

from typing import Any

import numpy as np

from surfgrad.earth.grid import DEFAULT_GRID
from surfgrad.earth.model import EarthModel
from surfgrad.earth.profile import Profile
from surfgrad.earth.reference import mantle_profile
from surfgrad.errors import ModelError


def regrid(model: EarthModel, thickness: Any = DEFAULT_GRID, below: Profile | str | None = "ak135") -> EarthModel:
    """The model on a grid of layers of `thickness` (L,), km, half-space last, with `below` under its own base.

    Each layer keeps the mass (rho is the thickness-weighted mean) and the vertical P and S travel times (slowness is
    the thickness-weighted mean) of what it replaces; the half-space has the values just below its top. `below`: a
    Profile, or "ak135" or "prem": the reference's mantle, continued upwards where the base is shallower than its Moho,
    takes the place of the model's half-space; None keeps the half-space. Raises ModelError for a bad grid or water.
    """
    grid = np.asarray(thickness, dtype=np.float64)
    if grid.ndim != 1 or grid.size == 0 or not np.all(grid[:-1] > 0) or not np.all(np.isfinite(grid[:-1])):
        raise ModelError("thickness: a grid with layers that are not above 0 km given; (L,) above 0 km is allowed")
    profile = Profile.from_model(model)
    if below is not None:
        profile = profile.replaced_below(
            float(model.depth_top[-1]), mantle_profile(below) if isinstance(below, str) else below
        )
    return EarthModel(np.append(grid[:-1], 0.0), *profile.layers(grid), name=model.name)
