"""What the sets look like: Vs profiles, and the range of their dispersion curves."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import log_periods, new_figure, plain
from surfgrad.report.figures.depth_axis import edges
from surfgrad.report.figures.palette import EXACT, PAGE, colour
from surfgrad.report.figures.staircase import staircase
from surfgrad.report.names import WAVES

if TYPE_CHECKING:
    import xarray as xr


_MOST = 6
"""Sets beside one another."""


def plot_profiles(record: "xr.Dataset", titles: Mapping[str, str]) -> Figure:
    """A column per set: single models with the median on top; below, median curves, and 5 to 95 % of Rayleigh.

    `record`: `vs` (set, sample, layer), `vs_median` (set, layer), `velocity_low`, `_median`, `_high` (set, wave,
    period), `depth_top` (layer), as the study writes profiles.nc. `titles`: set -> what to call it.
    """
    names = [str(name) for name in record["set"].values]
    blocks = -(-len(names) // _MOST)
    columns = -(-len(names) // blocks)
    figure = new_figure(PAGE, 6.4 if blocks == 1 else 5.0 * blocks)
    ratios = [1.75, 1] * blocks
    grid = figure.subplots(2 * blocks, columns, squeeze=False, sharey=False, height_ratios=ratios)
    bottom = float(record["depth_top"].values[-1]) * 1.03
    speeds = [record[name].values for name in ("velocity_low", "velocity_median", "velocity_high")]
    for number, name in enumerate(names):
        row, column = divmod(number, columns)
        above, below = grid[2 * row, column], grid[2 * row + 1, column]
        one = record.sel(set=name)
        _draw_models(above, one, colour(name))
        _draw_curves(below, one, colour(name))
        above.set_title(titles.get(name, name), fontsize="medium", loc="left")
        above.set_ylim(bottom, 0)
        above.set_xlim(_range(record["vs"].values))
        below.set_ylim(_range(np.stack(speeds)))
        for axes, label in ((above, "Depth (km)"), (below, "Phase velocity (km/s)")):
            axes.set_ylabel(label if column == 0 else "")
            axes.tick_params(axis="y", labelleft=column == 0)
    for axes in grid.ravel()[[not each.lines and not each.patches for each in grid.ravel()]]:
        axes.set_axis_off()
    grid[1, 0].legend(frameon=False, fontsize="small", loc="lower right")
    return figure


def _range(values: np.ndarray) -> tuple[float, float]:
    margin = 0.04 * (float(np.nanmax(values)) - float(np.nanmin(values)))
    return float(np.nanmin(values)) - margin, float(np.nanmax(values)) + margin


def _draw_models(axes: Axes, one: "xr.Dataset", ink: str) -> None:
    top = one["depth_top"].values
    steps = edges(top, float(top[-1]) * 1.03)
    for profile in one["vs"].values:
        if np.isfinite(profile).all():
            staircase(axes, profile, steps, color=ink, alpha=0.3, linewidth=0.6)
    median = one["vs_median"].values
    staircase(axes, median, steps, color=EXACT, linewidth=1.8)
    axes.set_xlabel("$V_S$ (km/s)")
    plain(axes)


def _draw_curves(axes: Axes, one: "xr.Dataset", ink: str) -> None:
    periods = one["period"].values
    for wave in one["wave"].values:
        curve = one.sel(wave=wave)
        style = "-" if wave == "rayleigh" else (0, (4, 2))
        if wave == "rayleigh":
            axes.fill_between(
                periods, curve["velocity_low"], curve["velocity_high"], color=ink, alpha=0.18, linewidth=0
            )
        axes.plot(periods, curve["velocity_median"], color=ink, linestyle=style, linewidth=1.6, label=WAVES[wave])
    log_periods(axes, float(periods.min()), float(periods.max()))
    plain(axes)
