"""Which models and periods a forward may be asked for, by its own word."""

from dataclasses import dataclass

import numpy as np

from surfgrad.contracts import Domain
from surfgrad.records import Array

SLACK = 1e-9
"""Relative slack at a domain's ends: 60 s written as 60.0000000001 is still 60 s."""
GRID_TOLERANCE = 1e-6
"""km: a millimetre, far below any layer."""


@dataclass(frozen=True, eq=False)
class Reach:
    """What lies inside a domain: `models` (N,), by range and grid; `grid` (N,), by grid alone; `periods` (T,), bool."""

    models: Array
    grid: Array
    periods: Array


def reach(domain: Domain, thickness: Array, vs: Array, mask: Array, periods: Array) -> Reach:
    """Compare models (N, L), km and km/s, and `periods` (T,), s, with `domain`; `mask` (N, L) marks real layers."""
    slow, fast = domain.vs
    inside = ((vs >= slow * (1 - SLACK)) & (vs <= fast * (1 + SLACK))) | ~mask
    grid = _same_grid(domain.thickness, thickness, mask)
    short, long = domain.periods
    return Reach(
        models=inside.all(axis=1) & grid,
        grid=grid,
        periods=(periods >= short * (1 - SLACK)) & (periods <= long * (1 + SLACK)),
    )


def _same_grid(grid: tuple[float, ...] | None, thickness: Array, mask: Array) -> Array:
    if grid is None:
        return np.ones(thickness.shape[0], dtype=bool)
    wanted = np.asarray(grid, dtype=np.float64)
    if wanted.size != thickness.shape[1]:
        return np.zeros(thickness.shape[0], dtype=bool)
    close = np.isclose(thickness[:, :-1], wanted[:-1], rtol=0.0, atol=GRID_TOLERANCE)
    return close.all(axis=1) & mask.all(axis=1)
