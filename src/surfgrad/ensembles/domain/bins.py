"""Any layered model as a few numbers: averages of its logarithms over fixed bins of depth, whatever its layers."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.earth.grid import tops

Array = np.ndarray

PARAMETERS = ("vs", "vp/vs", "rho")


@dataclass(frozen=True, eq=False)
class Binned:
    """Logarithms of vs, vp/vs, rho by depth bin, the half-space last: `mean` and `spread` (root mean square around the
    mean, inside the bin), (N, 3, B + 1). NaN for models with water or without a logarithm."""

    mean: Array
    spread: Array


def choose_edges(thickness: Any, bins: int = 64) -> Array:
    """(B + 1,), km, B <= `bins`: interfaces of the layers `thickness` (L,), km, about evenly spaced in log depth."""
    boundaries = np.unique(tops(np.asarray(thickness, dtype=np.float64)))
    if boundaries.size <= 2:
        return np.append(boundaries[:1], boundaries[-1] if boundaries.size == 2 else 1.0)
    wanted = np.geomspace(boundaries[1], boundaries[-1], bins)
    nearest = np.abs(boundaries[None, 1:] - wanted[:, None]).argmin(axis=1) + 1
    return np.concatenate(([0.0], boundaries[np.unique(nearest)]))


def bin_models(thickness: Array, vp: Array, vs: Array, rho: Array, edges: Array) -> Binned:
    """Models (N, L), km, km/s, km/s, g/cm3, averaged over the bins between `edges` (B + 1,), km.

    Below the last interface the half-space goes on; its own values are the last column.
    """
    logs = _logs(vp, vs, rho)
    broken = ~np.isfinite(logs).all(axis=(1, 2))
    logs[broken] = 0.0
    weights = _weights(thickness, edges)
    mean, square = logs @ weights, logs**2 @ weights
    last = logs[..., -1:]
    mean = np.concatenate((mean, last), axis=-1)
    spread = np.sqrt(np.maximum(np.concatenate((square, last**2), axis=-1) - mean**2, 0.0))
    mean[broken] = spread[broken] = np.nan
    return Binned(mean, spread)


def _logs(vp: Array, vs: Array, rho: Array) -> Array:
    """(N, 3, L)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(np.stack((vs, vp / vs, rho), axis=1))


def _weights(thickness: Array, edges: Array) -> Array:
    """(L, B) where all models have the same layers, else (N, L, B): the share of each layer in each bin."""
    if (thickness[:, :-1] == thickness[:1, :-1]).all():
        return _overlap(thickness[0], edges)
    return np.array([_overlap(row, edges) for row in thickness])


def _overlap(thickness: Array, edges: Array) -> Array:
    top = tops(thickness)
    bottom = np.append(top[1:], np.inf)
    inside = np.minimum(bottom[:, None], edges[1:]) - np.maximum(top[:, None], edges[:-1])
    return np.maximum(inside, 0.0) / np.diff(edges)
