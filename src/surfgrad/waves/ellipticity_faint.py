"""Ellipticity of modes that hardly reach the surface, from their eigenfunctions: exact where the minors lose digits."""

import numpy as np

from surfgrad.waves.modeshape import mode_shape
from surfgrad.waves.modeshape_solve import Model

FAINTEST = 1e-13
"""Displacement on top of the solid, over the largest anywhere, that still has digits (measured: 1e-12 are right)."""


def surface_ratio(model: Model, omega: float, c: float) -> float:
    """u_x/u_z on top of the solid of one model, four arrays (L,), at omega, rad/s, and its root c, km/s.

    NaN where the surface, to rounding, stands still.
    """
    shape = mode_shape("rayleigh", model, omega, c)
    solid = np.flatnonzero(model[2][shape.pieces.layer] > 0.0)
    top = shape.nodes[solid[0]] if solid.size and model[0].size > 1 else shape.decaying.sum(axis=1)
    # u_z = i r2.
    return float(top[0] / top[1]) if np.abs(top[:2]).max() > FAINTEST else np.nan
