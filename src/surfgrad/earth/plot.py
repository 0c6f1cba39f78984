"""Models drawn as staircases over depth."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.units import unit_system

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.earth.model import EarthModel


def plot_models(models: Sequence["EarthModel"], depth: float | None = None, *, units: str = "km") -> "Figure":
    """Staircases of vp, vs and rho over depth, positive down; up to five models in colour, more in thin grey.

    `units`: "km" (km, km/s, g/cm3) or "si" (m, m/s, kg/m3). `depth`: where the drawing ends, in that length; default: a
    fifth below the deepest half-space's top. Returns the figure; raises UsageError for other units.
    """
    from matplotlib.figure import Figure

    system = unit_system(units)
    bottom = depth or 1.2 * system.factor * max(float(model.depth_top[-1]) for model in models) or 1.0
    labels = {"vp": f"vp ({system.velocity})", "vs": f"vs ({system.velocity})", "rho": f"density ({system.density})"}
    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.subplots(1, 3, sharey=True)
    few = len(models) <= 5
    style = {"lw": 1.6} if few else {"lw": 0.7, "color": "0.35", "alpha": 0.7}
    for axis, (field, label) in zip(axes, labels.items(), strict=True):
        for model in models:
            tops = system.factor * model.depth_top
            edges = np.append(tops, max(bottom, float(tops[-1])))
            values = system.factor * getattr(model, field)
            axis.stairs(values, edges, orientation="horizontal", baseline=None, label=model.name, **style)
        axis.set_xlabel(label.replace("3)", "³)"))
        axis.grid(alpha=0.3)
    axes[0].set_ylabel(f"depth ({system.length})")
    axes[0].set_ylim(bottom, 0.0)
    if few and any(model.name for model in models):
        axes[0].legend(frameon=False)
    return figure
