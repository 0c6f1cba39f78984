"""Many layered models as bands over depth."""

import numpy as np

from surfgrad.earth.grid import tops
from surfgrad.inversion.earth.layered_prior import Models
from surfgrad.records import Array

SHARES = (0.05, 0.16, 0.5, 0.84, 0.95)
DEPTHS, BINS = 240, 120
BELOW = 1.15
"""Profiles are drawn so much deeper than interfaces may lie, so that the half-space is seen."""


def depths_to(deepest: float, scale: float) -> Array:
    """(DEPTHS,), km: even in ln(1 + z / scale), to `BELOW` times the deepest."""
    return np.asarray(scale * np.expm1(np.linspace(0.0, np.log1p(BELOW * deepest / scale), DEPTHS)))


def vs_at(models: Models, depths: Array) -> Array:
    """(B, Z): vs, km/s, of models (B, L) at depths (Z,), km; at an interface that of the layer below."""
    layer = np.stack([np.searchsorted(each, depths, side="right") - 1 for each in tops(models[0])])
    return np.take_along_axis(models[2], layer, axis=1)


def shares_of(values: Array) -> Array:
    """(5, Z): quantiles at `SHARES` over the first axis."""
    return np.quantile(values, SHARES, axis=0)


def density_of(values: Array) -> tuple[Array, Array]:
    """(BINS,) centres and (Z, BINS) shares of models (B, Z) in each bin of vs: a histogram a depth."""
    low, high = np.quantile(values, (0.001, 0.999))
    margin = 0.02 * (high - low) + 1e-9
    edges = np.linspace(low - margin, high + margin, BINS + 1)
    counts = np.stack([np.histogram(column, edges)[0] for column in values.T])
    return 0.5 * (edges[1:] + edges[:-1]), counts / len(values)
