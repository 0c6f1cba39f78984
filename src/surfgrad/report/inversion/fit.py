"""Data and what the models make of them: a column a curve, residuals beneath."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from surfgrad.report.abscissa import abscissa, axis_label
from surfgrad.report.axes import INK, WAVE_COLOURS, log_axis, new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.inversion.looks import BAND, OPTIMUM, warn
from surfgrad.report.inversion.reading import InversionRecord

if TYPE_CHECKING:
    import xarray as xr

MOST_COLUMNS = 4
MANY = 60
"""Data of one curve above which error bars are drawn faint."""


def plot_fit(record: InversionRecord) -> Figure:
    """Each curve's data with error bars, the optimum, and 5 to 95 % of what the draws predict; residuals in sigma."""
    observed = record.groups["observed_data"]
    keys = list(dict.fromkeys(zip(*(observed[name].values.tolist() for name in ("wave", "kind", "mode")), strict=True)))
    rows = -(-len(keys) // MOST_COLUMNS)
    columns = min(len(keys), MOST_COLUMNS)
    figure = new_figure(max(PAGE * columns / 2.2, 5.4) if columns < 3 else PAGE * columns / 3, 5.0 * rows)
    grid = figure.subplots(2 * rows, columns, squeeze=False, height_ratios=[2.4, 1] * rows)
    places = [grid[2 * row : 2 * row + 2, column] for row in range(rows) for column in range(columns)]
    for axes in (each for place in places[len(keys) :] for each in place):
        axes.set_visible(False)
    for (above, below), key in zip(places, keys, strict=False):
        _draw_curve(record, above, below, key)
    figure.legend(
        handles=_handles(record),
        frameon=False,
        loc="outside lower center",
        ncols=4 if columns > 1 else 2,
        fontsize="small",
    )
    warn(figure, record.doubtful)
    return figure


def _draw_curve(record: InversionRecord, above: Axes, below: Axes, key: tuple[str, str, int]) -> None:
    observed, predicted = record.groups["observed_data"], record.groups["posterior_predictive"]
    chosen = np.ones(observed.sizes["datum"], dtype=bool)
    for name, wanted in zip(("wave", "kind", "mode"), key, strict=True):
        chosen &= observed[name].values == wanted
    at = np.flatnonzero(chosen)
    at = at[np.argsort(observed["period"].values[at], kind="stable")]
    factor = 1.0 if key[1] == "ellipticity" else record.units.factor
    x = abscissa(observed["period"].values[at], record.axis)
    _draw_data(above, x, factor, observed.isel(datum=at), predicted.isel(datum=at), key[0])
    _draw_residuals(below, x, observed.isel(datum=at), predicted.isel(datum=at), key[0])
    label = axis_label(record.axis, record.units)
    for axes in (above, below):
        log_axis(axes, float(x.min()), float(x.max()), label)
        plain(axes)
    above.set_xlabel("")
    above.tick_params(labelbottom=False)
    what = "Ellipticity H/V" if key[1] == "ellipticity" else f"{key[1].capitalize()} velocity ({record.units.velocity})"
    above.set_ylabel(what)
    below.set_ylabel("Residual (σ)")
    above.set_title(f"{key[0].capitalize()}, {key[1]}, mode {key[2]}", fontsize="medium", loc="left")


def _draw_data(
    axes: Axes, x: np.ndarray, factor: float, observed: "xr.Dataset", predicted: "xr.Dataset", wave: str
) -> None:
    if "value" in predicted:
        # Draws of one period would zigzag: the band stands on distinct periods.
        places, first = np.unique(x, return_index=True)
        for name, alpha in (("value", 0.35), ("mean_value", 0.9)):
            low, high = np.nanquantile(predicted[name].values[:, first], (0.05, 0.95), axis=0)
            axes.fill_between(places, factor * low, factor * high, color=BAND, alpha=alpha, linewidth=0)
    many = len(x) > MANY
    axes.errorbar(
        x,
        factor * observed["value"].values,
        factor * observed["sigma"].values,
        fmt="o",
        markersize=2.2 if many else 3.5,
        color=WAVE_COLOURS[wave],
        ecolor=WAVE_COLOURS[wave],
        elinewidth=0.4 if many else 0.9,
        alpha=0.45 if many else 0.9,
    )
    axes.plot(x, factor * predicted["optimum"].values, color=OPTIMUM, linewidth=1.6, zorder=5)
    _keep_the_data_in_view(axes, factor * observed["value"].values, factor * predicted["optimum"].values)


def _keep_the_data_in_view(axes: Axes, *shown: np.ndarray) -> None:
    """Limits by values, not by the largest error bar."""
    low, high = min(float(each.min()) for each in shown), max(float(each.max()) for each in shown)
    margin = 0.15 * (high - low) or 0.1 * abs(high)
    axes.set_ylim(low - margin, high + margin)


def _draw_residuals(axes: Axes, x: np.ndarray, observed: "xr.Dataset", predicted: "xr.Dataset", wave: str) -> None:
    residual = (observed["value"].values - predicted["optimum"].values) / observed["sigma"].values
    axes.axhspan(-1, 1, color="#eeeeee", zorder=0)
    axes.axhline(0, color=INK, linewidth=0.7)
    axes.plot(x, residual, "o", markersize=2.2 if len(x) > MANY else 3.5, color=WAVE_COLOURS[wave], alpha=0.8)
    reach = max(2.5, 1.1 * float(np.abs(residual).max()))
    axes.set_ylim(-reach, reach)


def _handles(record: InversionRecord) -> list[Line2D | Patch]:
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=INK, marker="o", linestyle="", markersize=4, label="observed, ± σ"),
        Line2D([], [], color=OPTIMUM, label="optimum (MAP), exact engine"),
    ]
    if "value" in record.groups["posterior_predictive"]:
        handles.append(Patch(color=BAND, alpha=0.9, label="draws, 5 to 95 %"))
        handles.append(Patch(color=BAND, alpha=0.35, label="with noise (predictive)"))
    return handles
