"""A depth axis that leaves room for shallow layers: depth downwards, spaced as its square root."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

_TICKS = (0, 1, 5, 10, 20, 40, 80, 120, 200, 400)


def root_depth(axes: Axes, bottom: float, ticks: Sequence[float] = _TICKS) -> None:
    """Depth from 0 to `bottom`, km; short periods see kilometres where long ones see a hundred."""
    axes.set_yscale("function", functions=(_root, np.square))
    axes.set_ylim(bottom, 0)
    axes.set_yticks([tick for tick in ticks if tick <= bottom], minor=False)
    axes.set_yticks([], minor=True)
    axes.yaxis.set_major_formatter(lambda depth, _: f"{depth:g}")


def edges(depth_top: np.ndarray, bottom: float) -> np.ndarray:
    """Edges (L + 1,) of staircases; the half-space is drawn down to `bottom`."""
    return np.append(depth_top, max(bottom, float(depth_top[-1]) * 1.03))


def _root(depth: np.ndarray) -> np.ndarray:
    return np.sqrt(np.maximum(depth, 0.0))
