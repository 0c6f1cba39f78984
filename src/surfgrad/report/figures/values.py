"""How well a surrogate predicts velocities, by period."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import log_periods, new_figure, plain
from surfgrad.report.figures.palette import PAGE, colour, dashes
from surfgrad.report.names import WAVES
from surfgrad.report.networks import kind_of

if TYPE_CHECKING:
    import xarray as xr


def plot_values(record: "xr.Dataset", titles: Mapping[str, str], good: float) -> Figure:
    """Mean absolute error (km/s) against period: a column per test set, a row per architecture and wave, a line per
    surrogate.

    `record`: `value_mae` (surrogate, set, wave, period), km/s. `good`: the passing limit, drawn as a line.
    """
    sets = [str(name) for name in record["set"].values]
    names = [str(name) for name in record["surrogate"].values]
    architectures = list(dict.fromkeys(kind_of(name).architecture for name in names))
    rows = [(each, str(wave)) for each in architectures for wave in record["wave"].values]
    figure = new_figure(PAGE, 1.2 + (2.0 if len(rows) < 3 else 1.55) * len(rows))
    grid = figure.subplots(len(rows), len(sets), squeeze=False, sharex=True, sharey=True)
    periods = record["period"].values
    for line, (architecture, wave) in zip(grid, rows, strict=True):
        own = [name for name in names if kind_of(name).architecture == architecture]
        for axes, name in zip(line, sets, strict=True):
            _draw(axes, record["value_mae"].sel(set=name, wave=wave, surrogate=own), good)
            log_periods(axes, float(periods.min()), float(periods.max()))
            axes.set_xlabel("")
        line[0].set_ylabel(f"{architecture}, {WAVES[wave]}\nmean error (km/s)", fontsize="small")
    for above, below, name in zip(grid[0], grid[-1], sets, strict=True):
        above.set_title(titles.get(name, name), fontsize="medium", loc="left")
        below.set_xlabel("Period (s)")
    handles, labels = grid[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(len(handles), 3), frameon=False)
    return figure


def _draw(axes: Axes, errors: "xr.DataArray", good: float) -> None:
    periods = errors["period"].values
    for name in map(str, errors["surrogate"].values):
        kind = kind_of(name)
        look: dict[str, Any] = {"color": colour(name), "linestyle": dashes(name), "linewidth": 1.6}
        axes.plot(periods, errors.sel(surrogate=name).values, label=f"{kind.prior} prior, {kind.way}", **look)
    axes.axhline(good, color="#555555", linewidth=0.9, linestyle=(0, (1, 2)), label=f"passing limit, {good:g} km/s")
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    plain(axes)
