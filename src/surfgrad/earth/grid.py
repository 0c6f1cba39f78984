"""The depth grid that priors, regridded columns and grid networks share."""

import numpy as np

Array = np.ndarray

LAYER = 0.5
"""Thickness of each layer of the default grid, km."""
LAYERS = 256
"""Layers of the default grid, the half-space included."""


def _default_grid() -> Array:
    grid = np.full(LAYERS, LAYER)
    grid[-1] = 0.0
    grid.flags.writeable = False
    return grid


DEFAULT_GRID = _default_grid()
"""(256,), km: 255 layers of 0.5 km over a half-space at 127.5 km, whose thickness is stored as 0; read-only."""


def tops(thickness: Array) -> Array:
    """(..., L): depth of the top of each layer, the half-space's included, of thicknesses (..., L) in any unit.

    The half-space's own thickness is ignored.
    """
    return np.concatenate((np.zeros((*thickness.shape[:-1], 1)), np.cumsum(thickness[..., :-1], axis=-1)), axis=-1)


def middles(thickness: Array) -> Array:
    """(L,), km: depth at the middle of each layer; for the half-space its top, which is all that is said of it."""
    return tops(thickness) + 0.5 * np.append(thickness[:-1], 0.0)
