"""How well a surrogate predicts velocities, by period."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import log_periods, new_figure, plain
from surfgrad.report.figures.palette import PAGE, WAVE_NAMES, colour, dashes

if TYPE_CHECKING:
    import xarray as xr


def plot_values(record: "xr.Dataset", titles: Mapping[str, str], good: float) -> Figure:
    """Mean absolute error (km/s) against period: a column per test set, a row per wave, a line per surrogate.

    `record`: `value_mae` (surrogate, set, wave, period), km/s. `good`: the passing limit, drawn as a line.
    """
    sets = [str(name) for name in record["set"].values]
    waves = [str(wave) for wave in record["wave"].values]
    figure = new_figure(PAGE, 1.0 + 2.0 * len(waves))
    grid = figure.subplots(len(waves), len(sets), squeeze=False, sharex=True, sharey=True)
    periods = record["period"].values
    for row, wave in enumerate(waves):
        for column, name in enumerate(sets):
            _draw(grid[row, column], record["value_mae"].sel(set=name, wave=wave), good)
            log_periods(grid[row, column], float(periods.min()), float(periods.max()))
            if row < len(waves) - 1:
                grid[row, column].set_xlabel("")
        grid[row, 0].set_ylabel(f"{WAVE_NAMES[wave]}\nmean error (km/s)")
    for column, name in enumerate(sets):
        grid[0, column].set_title(titles.get(name, name), fontsize="medium", loc="left")
    handles, labels = grid[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(handles), frameon=False)
    return figure


def _draw(axes: Axes, errors: "xr.DataArray", good: float) -> None:
    periods = errors["period"].values
    for name in errors["surrogate"].values:
        line = errors.sel(surrogate=name).values
        ink, style = colour(str(name)), dashes(str(name))
        axes.plot(periods, line, color=ink, linestyle=style, linewidth=1.6, label=f"{name}")
    axes.axhline(good, color="#555555", linewidth=0.9, linestyle=(0, (1, 2)), label=f"passing limit, {good:g} km/s")
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    plain(axes)
