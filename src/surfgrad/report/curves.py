"""Dispersion curves against log period."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from surfgrad.records import Dispersion
from surfgrad.report.axes import WAVE_COLOURS, log_periods, new_figure, plain
from surfgrad.status import Status

_Dashes = Literal["-"] | tuple[int, tuple[float, ...]]
_LINE_STYLES: tuple[_Dashes, ...] = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1, 2)), (0, (6, 2, 1, 2, 1, 2)))
_MOST_MARKERS = 12
"""Curves of at most this many periods show each as a dot: the line between is only a guide."""


def plot_curves(curves: Sequence[Dispersion], *, title: str = "") -> Figure:
    """Velocity (km/s) of each curve against log period (s): colour for the wave, dashes for the mode, thin for group.

    Each curve's `velocity` is (T,). Periods without a mode are gaps; CLOSE_MODES and MULTIPLE are ringed.
    """
    figure = new_figure(7.0, 4.4)
    axes = figure.add_subplot()
    for curve in curves:
        _draw(axes, curve)
    periods = np.concatenate([curve.periods for curve in curves])
    log_periods(axes, float(periods.min()), float(periods.max()))
    kinds = {curve.kind for curve in curves}
    axes.set_ylabel(f"{kinds.pop().capitalize()} velocity (km/s)" if len(kinds) == 1 else "Velocity (km/s)")
    axes.set_title(" ".join(title.split()), loc="left", fontsize="medium")
    plain(axes)
    if not any(np.isfinite(curve.velocity).any() for curve in curves):
        axes.text(0.5, 0.5, "no mode at these periods", transform=axes.transAxes, ha="center")
        axes.set_yticks([])
    _legend(axes, curves)
    return figure


def _draw(axes: Axes, curve: Dispersion) -> None:
    order = np.argsort(curve.periods, kind="stable")
    periods, velocity, status = curve.periods[order], curve.velocity[order], np.asarray(curve.status)[order]
    colour = WAVE_COLOURS[curve.wave]
    marker = "o" if len(periods) <= _MOST_MARKERS else ""
    axes.plot(periods, velocity, color=colour, **_line(curve), marker=marker, markersize=4)
    finite = np.isfinite(velocity)
    alone = finite & ~np.r_[False, finite[:-1]] & ~np.r_[finite[1:], False]
    if not marker:
        axes.plot(periods[alone], velocity[alone], ".", color=colour)  # a line through one point is invisible
    noted = finite & (status != Status.OK)
    axes.plot(periods[noted], velocity[noted], "o", color=colour, markerfacecolor="none", markersize=6)


def _line(curve: Dispersion) -> dict[str, Any]:
    dashes = _LINE_STYLES[min(curve.mode, len(_LINE_STYLES) - 1)]
    return {"linestyle": dashes, "linewidth": 0.9 if curve.kind == "group" else 1.8}


def _legend(axes: Axes, curves: Sequence[Dispersion]) -> None:
    """Every curve by name; one that has no velocity at all says so."""
    handles = []
    for curve in curves:
        missing = "" if np.isfinite(curve.velocity).any() else " (none)"
        group = ", group" if curve.kind == "group" else ""
        label = f"{curve.wave.capitalize()}, mode {curve.mode}{group}{missing}"
        handles.append(Line2D([], [], color=WAVE_COLOURS[curve.wave], **_line(curve), label=label))
    noted = sorted({int(s) for c in curves for s in np.ravel(c.status) if Status(int(s)).has_value} - {int(Status.OK)})
    if noted:
        label = " / ".join(Status(code).name for code in noted)
        handles.append(Line2D([], [], color="k", linestyle="", marker="o", markerfacecolor="none", label=label))
    axes.legend(handles=handles, frameon=False, fontsize="small")
