"""Where in depth the kernels err."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.palette import EXACT, FILL, colour, dashes
from surfgrad.report.figures.panels import label_below, legend_above, legend_room, panel_grid
from surfgrad.report.figures.staircase import staircase
from surfgrad.report.networks import apart

if TYPE_CHECKING:
    import xarray as xr

_WIDEST = 3.1


def plot_depth(record: "xr.Dataset", wave: str, parameter: str, titles: Mapping[str, str]) -> Figure:
    """Median size of the error by layer over the band's largest median kernel: a row per set, a column per band.

    `record`: depth.nc: `error`, `signal` (surrogate, set, wave, parameter, band, layer), `depth_top` (layer). Grey is
    the exact kernel itself, at the same scale. The half-space, judged apart, is not drawn.
    """
    one = record.sel(wave=wave, parameter=parameter).isel(layer=slice(None, -1))
    sets = [str(name) for name in record["set"].values]
    bands = [str(band) for band in record["band"].values]
    steps = record["depth_top"].values
    top = 0.32 + legend_room(1 + record.sizes["surrogate"], most=3)
    figure, grid = panel_grid(len(sets), len(bands), 2.15, top=top, sharex=True, sharey=True)
    for row, name in enumerate(sets):
        for column, band in enumerate(bands):
            _draw(grid[row, column], one.sel(set=name, band=band), steps)
        grid[row, 0].set_ylabel(f"{titles.get(name, name)}\nDepth (km)")
    for column, band in enumerate(bands):
        grid[0, column].set_title(f"{band} s", fontsize="medium")
    root_depth(grid[0, 0], float(steps[-1]))
    shown = one["error"].values
    widest = float(np.nanmax(shown)) if np.isfinite(shown).any() else 1.0
    limit = min(max(1.05, 1.05 * widest), _WIDEST)
    grid[0, 0].set_xlim(0, limit)
    grid[0, 0].set_xticks(range(int(limit) + 1))
    label_below(figure, "Share of the band’s largest exact kernel")
    legend_above(figure, grid[0, 0], most=3)
    return figure


def _draw(axes: Axes, one: "xr.Dataset", steps: np.ndarray) -> None:
    signal = one["signal"].values[0]
    staircase(axes, signal, steps, fill=True, baseline=0, color=FILL, label="exact kernel, median size")
    for number, (name, words) in enumerate(apart(map(str, one["surrogate"].values)).items()):
        error = one["error"].values[number]
        look: dict[str, Any] = {"color": colour(name), "linestyle": dashes(name), "linewidth": 1.0}
        staircase(axes, error, steps, label=f"error: {words}", **look)
    if not np.isfinite(one["error"].values).any():
        axes.text(0.5, 0.5, "none judged", transform=axes.transAxes, ha="center", fontsize="small", color=EXACT)
    axes.tick_params(labelsize="small")
    plain(axes)
