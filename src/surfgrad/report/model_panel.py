"""The panel beside depth profiles: the model's vs, and what panels over depth share."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from surfgrad.report.axes import INK, plain
from surfgrad.units import Units, unit_system

if TYPE_CHECKING:
    import xarray as xr


def units_of(data: "xr.Dataset") -> Units:
    """The system of units that a dataset says it is written in; kilometres where it says nothing."""
    return unit_system(str(data.attrs.get("unit_system", "km")))


def layer_edges(data: "xr.Dataset", bottom: float) -> np.ndarray:
    """Depths of the layers' edges (L + 1,); the half-space is drawn down to below the panel's end."""
    top = data["depth_top"].values
    return np.append(top, max(2 * bottom, 2 * float(top[-1])))


def draw_model(axes: Axes, data: "xr.Dataset", bottom: float) -> None:
    """The model's vs as a staircase, down to the depth `bottom`."""
    axes.stairs(data["model_vs"].values, layer_edges(data, bottom), orientation="horizontal", baseline=None, color=INK)
    visible = data["model_vs"].values[data["depth_top"].values < bottom]
    margin = 0.08 * float(np.ptp(visible)) or 0.1 * float(visible[0])
    axes.set_xlim(float(visible.min()) - margin, float(visible.max()) + margin)
    axes.set_xlabel(f"$V_S$ ({units_of(data).velocity})")
    finish_panel(axes, data, bottom)
    half_space = float(data["depth_top"].values[-1])
    if half_space < 0.97 * bottom:
        axes.annotate("half-space", (0.03, half_space), (0, -3), axes.get_yaxis_transform(), "offset points",
                      va="top", fontsize="x-small", color=INK)  # fmt: skip


def finish_panel(axes: Axes, data: "xr.Dataset", bottom: float) -> None:
    """Grid, few ticks, and the half-space shaded."""
    plain(axes)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    half_space = float(data["depth_top"].values[-1])
    if half_space < bottom:
        axes.axhspan(half_space, bottom, color="#f0f0f0", zorder=0)
