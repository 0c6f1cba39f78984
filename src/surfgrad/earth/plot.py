"""Models drawn as staircases over depth."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.earth.model import EarthModel

_AXES = (("vp", "vp (km/s)"), ("vs", "vs (km/s)"), ("rho", "density (g/cm³)"))


def plot_models(models: Sequence["EarthModel"], depth: float | None = None) -> "Figure":
    """Staircases of vp, vs and rho over depth, km, positive down; up to five models in colour, more in thin grey.

    `depth`: where the drawing ends, km; default: a fifth below the deepest half-space's top. Returns the figure.
    """
    from matplotlib.figure import Figure

    bottom = depth or 1.2 * max(float(model.depth_top[-1]) for model in models) or 1.0
    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.subplots(1, 3, sharey=True)
    few = len(models) <= 5
    style = {"lw": 1.6} if few else {"lw": 0.7, "color": "0.35", "alpha": 0.7}
    for axis, (field, label) in zip(axes, _AXES, strict=True):
        for model in models:
            edges = np.append(model.depth_top, max(bottom, float(model.depth_top[-1])))
            values = getattr(model, field)
            axis.stairs(values, edges, orientation="horizontal", baseline=None, label=model.name, **style)
        axis.set_xlabel(label)
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("depth (km)")
    axes[0].set_ylim(bottom, 0.0)
    if few and any(model.name for model in models):
        axes[0].legend(frameon=False)
    return figure
