"""A real curve against the models of the study."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import log_periods, new_figure, plain
from surfgrad.report.figures.depth_axis import edges
from surfgrad.report.figures.palette import EXACT, PAGE, colour, dashes
from surfgrad.report.networks import kinds_of

if TYPE_CHECKING:
    import xarray as xr


def plot_observed(record: "xr.Dataset", titles: Mapping[str, str]) -> Figure:
    """Left: the observed curve over each set's 5 to 95 %; middle: the nearest model; right: its profile.

    `record`: observed.nc: `observed_velocity` (observed_period), `velocity_low`, `velocity_high` (set, period), `exact`
    (period), `predicted` (surrogate, period), `vs` and `depth_top` (layer); Rayleigh phase velocities, km/s.
    """
    entries = max(record.sizes["set"] + 1, len(kinds_of(map(str, record["surrogate"].values))) + 2)
    figure = new_figure(PAGE, 3.6 + 0.16 * -(-entries // 2))
    left, middle, right = figure.subplots(1, 3, width_ratios=[1.15, 1.15, 0.7])
    _draw_sets(left, record, titles)
    _draw_nearest(middle, record)
    for axes in (left, middle):
        look = {"frameon": False, "fontsize": "x-small", "ncols": 2}
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), **look)
    top = record["depth_top"].values
    bottom = float(top[-1]) * 1.03
    right.stairs(record["vs"].values, edges(top, bottom), orientation="horizontal", baseline=None, color=EXACT)
    right.set_ylim(bottom, 0)
    right.set_xlabel("$V_S$ (km/s)")
    right.set_ylabel("Depth (km)")
    right.set_title("Its profile", fontsize="medium", loc="left")
    plain(right)
    return figure


def _draw_sets(axes: Axes, record: "xr.Dataset", titles: Mapping[str, str]) -> None:
    periods = record["period"].values
    hatches = ("", "///", "...")
    for number, name in enumerate(record["set"].values):
        one = record.sel(set=name)
        look: dict[str, Any] = {
            "facecolor": colour(str(name)),
            "alpha": 0.2,
            "hatch": hatches[number % 3],
            "edgecolor": "white",
        }
        label = titles.get(str(name), str(name))
        axes.fill_between(periods, one["velocity_low"], one["velocity_high"], label=label, linewidth=0.0, **look)
        for edge in ("velocity_low", "velocity_high"):
            axes.plot(periods, one[edge], color=colour(str(name)), linewidth=0.8)
    _draw_observed(axes, record)
    axes.set_ylabel("Rayleigh phase velocity (km/s)")
    axes.set_title("5 to 95 % of each test set", fontsize="medium", loc="left")


def _draw_nearest(axes: Axes, record: "xr.Dataset") -> None:
    periods = record["period"].values
    axes.plot(periods, record["exact"], color=EXACT, linewidth=1.4, label="exact")
    for kind, names in kinds_of(map(str, record["surrogate"].values)).items():
        lines = record["predicted"].sel(surrogate=names).values.T
        look: dict[str, Any] = {"color": colour(kind.prior), "linestyle": dashes(kind.loss), "linewidth": 1.2}
        labels = [kind.title, *[""] * (len(names) - 1)]
        axes.plot(periods, lines, label=labels, **look)
    _draw_observed(axes, record)
    axes.set_title("The nearest model of them", fontsize="medium", loc="left")


def _draw_observed(axes: Axes, record: "xr.Dataset") -> None:
    look: dict[str, Any] = {
        "color": EXACT,
        "markerfacecolor": "white",
        "markersize": 4.5,
        "linestyle": "",
        "marker": "o",
    }
    axes.plot(record["observed_period"], record["observed_velocity"], label="observed", zorder=5, **look)
    both = np.concatenate([record["period"].values, record["observed_period"].values])
    log_periods(axes, float(both.min()), float(both.max()))
    plain(axes)
