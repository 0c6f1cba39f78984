"""A profile over depth as the staircase that it is."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import StepPatch


def staircase(axes: Axes, values: np.ndarray, edges: np.ndarray, **look: Any) -> StepPatch:
    """Draw `values` (n,) between `edges` (n + 1,), depth along y, as `Axes.stairs` would without a baseline.

    The axes' limits are the caller's: finding them from hundreds of steps takes longer than drawing these.
    """
    look = {"baseline": None, "fill": False, **look}
    patch = StepPatch(values, edges, orientation="horizontal", **look)
    axes.add_artist(patch)
    return patch
