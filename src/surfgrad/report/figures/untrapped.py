"""How many models have no fundamental mode below the half-space's vs, by period."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from surfgrad.report.axes import log_periods, new_figure, plain
from surfgrad.report.figures.palette import PAGE, colour
from surfgrad.report.names import WAVES

if TYPE_CHECKING:
    import xarray as xr

_STYLES: tuple[str | tuple[int, tuple[float, ...]], ...] = (
    "-",
    (0, (5, 1.5)),
    (0, (1.5, 1.2)),
    (0, (6, 1.5, 1.5, 1.5)),
)


def plot_untrapped(record: "xr.Dataset", titles: Mapping[str, str]) -> Figure:
    """Share of models without a trapped mode against period: a panel per wave, a line per set.

    `record`: `no_mode` (set, wave, period), shares of 1, as the study writes profiles.nc.
    """
    waves = [str(wave) for wave in record["wave"].values]
    figure = new_figure(PAGE, 2.8 + 0.22 * -(-record.sizes["set"] // 5))
    grid = figure.subplots(1, len(waves), squeeze=False, sharey=True)[0]
    periods = record["period"].values
    for axes, wave in zip(grid, waves, strict=True):
        for number, name in enumerate(record["set"].values):
            share = 100 * record["no_mode"].sel(set=name, wave=wave).values
            label, style = titles.get(str(name), str(name)), _STYLES[number % len(_STYLES)]
            axes.plot(periods, share, color=colour(str(name)), linestyle=style, linewidth=1.6, label=label)
        log_periods(axes, float(periods.min()), float(periods.max()))
        axes.set_title(WAVES[wave], fontsize="medium", loc="left")
        plain(axes)
    grid[0].set_ylabel("Models without the mode (%)")
    top = max(grid[0].get_ylim()[1], 1.0)
    grid[0].set_ylim(-0.03 * top, top)  # a line of zeros is seen, too
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(len(handles), 5), frameon=False)
    return figure
