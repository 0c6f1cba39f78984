"""Layered models as a network on depth nodes sees them, and derivatives by node carried back to the layers.

Every node stands for a cell of depth, and has the cell's average: slowness for vp and vs, so that vertical travel times
are kept, and the mean for density, so that the mass is kept (as in `surfgrad.earth.regrid`). Both are linear in the
share that each layer has of the cell, so the chain rule is exact:

    1 / v_node = sum_i share_i / v_i      d v_node / d v_i = share_i (v_node / v_i)^2
    rho_node = sum_i share_i rho_i        d rho_node / d rho_i = share_i

Thicknesses are left out: where an interface lies on the edge of a cell, as it does on a network's own grid, moving it
up and moving it down have different derivatives.
"""

from typing import Any

import numpy as np

from surfgrad.earth.grid import tops
from surfgrad.errors import UsageError

Array = np.ndarray
Three = tuple[Array, Array, Array]

AVERAGES = ("below", "around", "point")
"""Cells of the nodes: from each node down to the next (a node is the top of a layer), half-way to the neighbours on
either side, or no cell at all but the value just below the node."""


def check_nodes(depth: Any, average: str) -> Array:
    """The nodes as (D,) float64, km; raises UsageError unless they rise from 0 km or below and `average` is known."""
    try:
        nodes = np.array(depth, dtype=np.float64)
    except (TypeError, ValueError):
        nodes = np.zeros(0)
    if nodes.ndim != 1 or nodes.size < 2 or not np.isfinite(nodes).all() or nodes[0] < 0 or (np.diff(nodes) <= 0).any():
        raise UsageError("depth: two or more nodes in km are allowed, rising, the first at 0 or below the surface")
    if average not in AVERAGES:
        raise UsageError(f"average: {average!r} given; allowed are {', '.join(AVERAGES)}")
    return nodes


def node_shares(thickness: Array, depth: Array, average: str) -> Array:
    """(N, D, L): the share of each layer in the cell of each node; every row adds up to 1.

    `thickness`: (N, L), km, the last the half-space, whose thickness is ignored. `depth`, `average`: as `check_nodes`
    lets pass. The first cell begins at the surface. The last is the value just below its node where cells reach
    down ("below"); otherwise it reaches as far below its node as above.
    """
    top = tops(thickness)[:, None]
    bottom = np.concatenate([top[..., 1:], np.full_like(top[..., :1], np.inf)], axis=-1)
    upper, lower = _cells(depth, average)
    overlap = np.minimum(bottom, lower[:, None]) - np.maximum(top, upper[:, None])
    inside = (top <= upper[:, None]) & (upper[:, None] < bottom)
    width = (lower - upper)[:, None]
    return np.where(width > 0, np.maximum(overlap, 0.0) / np.where(width > 0, width, 1.0), inside)


def _cells(depth: Array, average: str) -> tuple[Array, Array]:
    """Upper and lower ends (D,) of the cells, km; equal where a node has the value just below it."""
    if average == "point":
        return depth, depth
    if average == "below":
        return np.append(0.0, depth[1:]), np.append(depth[1:], depth[-1])
    middle = 0.5 * (depth[1:] + depth[:-1])
    return np.append(0.0, middle), np.append(middle, 2.0 * depth[-1] - middle[-1])


def at_nodes(vp: Array, vs: Array, rho: Array, shares: Array) -> Three:
    """vp, vs, rho at the nodes, (N, D) each, of models (N, L) without water; `shares`: (N, D, L), or (1, D, L)."""
    return 1.0 / _shared(shares, 1.0 / vp), 1.0 / _shared(shares, 1.0 / vs), _shared(shares, rho)


def to_layers(by_node: Three, vp: Array, vs: Array, shares: Array) -> Three:
    """Derivatives with respect to the layers' vp, vs, rho, (N, ..., L), from those with respect to the nodes'.

    `by_node`: three arrays (N, ..., D). `vp`, `vs`: (N, L), the layers' own. `shares`: (N, D, L), or (1, D, L).
    """
    slopes = [shares / (_shared(shares, 1.0 / v)[:, :, None] * v[:, None, :]) ** 2 for v in (vp, vs)]
    d_vp, d_vs, d_rho = (_carried(each, slope) for each, slope in zip(by_node, (*slopes, shares), strict=True))
    return d_vp, d_vs, d_rho


def _shared(shares: Array, values: Array) -> Array:
    return (shares @ values[..., None])[..., 0]


def _carried(by_node: Array, slope: Array) -> Array:
    flat = by_node.reshape(len(by_node), -1, by_node.shape[-1]) @ slope
    return flat.reshape(*by_node.shape[:-1], slope.shape[-1])
