"""Where in depth the kernels of an audit err."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.audit.ink import FILL, LEARNED, NAMES
from surfgrad.report.axes import plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.panels import label_below, panel_grid
from surfgrad.report.figures.staircase import staircase
from surfgrad.report.names import SYMBOLS

if TYPE_CHECKING:
    import xarray as xr

_WIDEST = 3.1
_NOTHING = 1e-6


def plot_error_by_depth(arrays: "xr.Dataset") -> Figure:
    """Median size of the error by layer, over the band's largest median kernel; grey: the exact kernel likewise."""
    waves, parameters = (arrays[name].values.astype(str) for name in ("wave", "parameter"))
    pairs = [(wave, parameter) for wave in waves for parameter in parameters if _has_any(arrays, wave, parameter)]
    counts = arrays["depth_count"]
    bands = [b for b in arrays["band"].values.astype(str) if int(counts.sel(band=b).sum()) > 0]
    steps = arrays["depth_top"].values
    figure, grid = panel_grid(max(len(pairs), 1), max(len(bands), 1), 1.5, top=0.7, sharex=True, sharey=True)
    for row, (wave, parameter) in enumerate(pairs):
        for column, band in enumerate(bands):
            one = arrays.sel(wave=wave, parameter=parameter, band=band).isel(layer=slice(None, -1))
            _draw(grid[row, column], one["depth_signal"].values, one["depth_error"].values, steps)
        grid[row, 0].set_ylabel(f"{NAMES[wave]} {SYMBOLS[parameter]}\nDepth (km)")
    for column, band in enumerate(bands):
        grid[0, column].set_title(f"{band} s", fontsize="medium")
    root_depth(grid[0, 0], float(steps[-1]))
    shown = arrays["depth_error"].isel(layer=slice(None, -1)).values
    widest = float(np.nanmax(shown)) if np.isfinite(shown).any() else 1.0
    grid[0, 0].set_xlim(0, min(max(1.05, 1.05 * widest), _WIDEST))
    grid[0, 0].xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    label_below(figure, "Share of the band’s largest exact kernel")
    handles, labels = grid[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper center", ncols=2, frameon=False)
    return figure


def _has_any(arrays: "xr.Dataset", wave: str, parameter: str) -> bool:
    """Not where both sides are nothing: Love waves do not see vp."""
    one = arrays[["depth_error", "depth_signal"]].sel(wave=wave, parameter=parameter)
    return bool(max(float(one[name].max()) for name in one) > _NOTHING)


def _draw(axes: Axes, signal: np.ndarray, error: np.ndarray, steps: np.ndarray) -> None:
    staircase(axes, signal, steps, fill=True, baseline=0, color=FILL, label="exact kernel, median size")
    staircase(axes, error, steps, color=LEARNED, linewidth=1.1, label="error, median size")
    if not np.isfinite(error).any():
        axes.text(0.5, 0.5, "none judged", transform=axes.transAxes, ha="center", fontsize="small")
    axes.tick_params(labelsize="small")
    plain(axes)
