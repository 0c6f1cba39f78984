"""vs over depth: what the posterior allows, the acceptable optima, and where the data have a say."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from surfgrad.earth.grid import tops
from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.figures.staircase import staircase
from surfgrad.report.inversion.looks import BAND, MEDIAN, OPTIMUM, PRIOR, depth_ticks, warn
from surfgrad.report.inversion.reading import InversionRecord
from surfgrad.units import Units

if TYPE_CHECKING:
    import xarray as xr

MOST_OPTIMA = 40


def plot_profile(record: InversionRecord) -> Figure:
    """Three panels over depth: density of vs with median and 5 to 95 %; optima; width of posterior over prior.

    Without draws the first shows the optimum over the prior's 5 to 95 %, and there is no third.
    """
    profile, optimum, units = record.groups["profile"], record.groups["optimum"], record.units
    drawn = "vs" in profile
    figure = new_figure(PAGE, 5.6)
    panels = figure.subplots(1, 3 if drawn else 2, sharey=True, width_ratios=(1.25, 1, 0.8) if drawn else (1.1, 1))
    _draw_posterior(figure, panels[0], profile, units)
    _draw_optima(panels[1], optimum, profile, units)
    if drawn:
        _draw_widths(panels[2], profile, units)
    depths = units.factor * profile["depth"].values
    root_depth(panels[0], float(depths[-1]), depth_ticks(float(depths[-1])))
    panels[0].set_ylabel(f"Depth ({units.length})")
    low, high = _limits(profile, units)
    for axes in panels[:2]:
        axes.set_xlim(low, high)
        axes.set_xlabel(f"$V_S$ ({units.velocity})")
    for axes in panels:
        axes.xaxis.set_major_locator(MaxNLocator(5))
        plain(axes)
    warn(figure, record.doubtful)
    return figure


def _limits(profile: "xr.Dataset", units: Units) -> tuple[float, float]:
    shown = [profile["optimum_vs"].values, *(profile["vs"].values[[0, -1]] if "vs" in profile else ())]
    if "vs" not in profile:
        shown += list(profile["prior_vs"].values[[0, -1]])
    low, high = float(np.min(shown)), float(np.max(shown))
    margin = 0.08 * (high - low) or 0.1 * high
    return units.factor * max(low - margin, 0.0), units.factor * (high + margin)


def _draw_posterior(figure: Figure, axes: Axes, profile: "xr.Dataset", units: Units) -> None:
    from cmcrameri import cm

    depths = units.factor * profile["depth"].values
    prior = units.factor * profile["prior_vs"].values
    handles = [Line2D([], [], color=PRIOR, linestyle=":", label="prior, 5 to 95 %")]
    if "vs" in profile:
        density, bins = profile["vs_density"].values, units.factor * profile["vs_bin"].values
        peak = density.max(axis=1, keepdims=True)
        mesh = axes.pcolormesh(
            bins, depths, density / np.where(peak > 0, peak, 1), cmap=cm.grayC_r, vmin=0, vmax=1, rasterized=True
        )
        figure.colorbar(mesh, ax=axes, label="Density of $V_S$, over its largest at a depth", location="top", aspect=40)
        bands = units.factor * profile["vs"].values
        for each, style in ((bands[0], "--"), (bands[2], "-"), (bands[-1], "--")):
            axes.plot(each, depths, color=MEDIAN, linestyle=style, linewidth=1.4)
        handles[:0] = [
            Line2D([], [], color=MEDIAN, label="median"),
            Line2D([], [], color=MEDIAN, linestyle="--", label="5 and 95 %"),
        ]
    axes.plot(units.factor * profile["optimum_vs"].values, depths, color=OPTIMUM, linewidth=1.1)
    handles.append(Line2D([], [], color=OPTIMUM, label="optimum (MAP)"))
    for each in (prior[0], prior[-1]):
        axes.plot(each, depths, color=PRIOR, linestyle=":", linewidth=1.1)
    axes.legend(handles=handles, frameon=False, fontsize="small", loc="lower left")


def _draw_optima(axes: Axes, optimum: "xr.Dataset", profile: "xr.Dataset", units: Units) -> None:
    deepest = units.factor * float(profile["depth"].values[-1])
    accepted = np.flatnonzero(optimum["start_acceptable"].values)
    order = accepted[np.argsort(-optimum["start_log_density"].values[accepted])][:MOST_OPTIMA]
    for row in order[::-1]:
        _draw_model(axes, optimum["start_thickness"].values[row], optimum["start_vs"].values[row], deepest, units, BAND)
    _draw_model(axes, optimum["thickness"].values, optimum["vs"].values, deepest, units, OPTIMUM, 1.8)
    count, total = accepted.size, optimum.sizes["start"]
    axes.set_title(f"{count} acceptable optima from {total} starts", fontsize="medium", loc="left")


def _draw_model(
    axes: Axes, thickness: np.ndarray, vs: np.ndarray, deepest: float, units: Units, ink: str, width: float = 1.0
) -> None:
    top = units.factor * tops(thickness)
    solid = vs > 0
    edges = np.append(top, max(1.01 * deepest, 1.01 * top[-1] + 1e-9))
    first = int(np.argmax(solid))
    staircase(axes, units.factor * vs[first:], edges[first:], color=ink, linewidth=width)


def _draw_widths(axes: Axes, profile: "xr.Dataset", units: Units) -> None:
    posterior, prior = (np.log(np.maximum(profile[name].values, 1e-6)) for name in ("vs", "prior_vs"))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (posterior[-1] - posterior[0]) / (prior[-1] - prior[0])
    axes.plot(ratio, units.factor * profile["depth"].values, color=MEDIAN, linewidth=1.6)
    axes.axvline(1.0, color=PRIOR, linestyle=":")
    axes.set_xlim(0, max(1.1, 1.05 * float(np.nanmax(np.where(np.isfinite(ratio), ratio, np.nan)))))
    axes.set_xlabel("Width of 5 to 95 %,\nposterior over prior")
    axes.set_title("1: the data say nothing", fontsize="medium", loc="left")
