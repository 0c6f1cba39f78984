"""Dispersion curves against log period, frequency or wavelength."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from surfgrad.records import Dispersion
from surfgrad.report.abscissa import abscissa, span_abscissa
from surfgrad.report.axes import WAVE_COLOURS, new_figure, plain
from surfgrad.status import Status
from surfgrad.units import unit_system

_Dashes = Literal["-"] | tuple[int, tuple[float, ...]]
_LINE_STYLES: tuple[_Dashes, ...] = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1, 2)), (0, (6, 2, 1, 2, 1, 2)))
_MOST_MARKERS = 12
"""Curves of at most this many periods show each as a dot: the line between is only a guide."""


def plot_curves(
    curves: Sequence[Dispersion],
    *,
    title: str = "",
    axis: str = "period",
    units: str = "km",
    phase: Sequence[np.ndarray] | None = None,
) -> Figure:
    """Velocity of each curve against log `axis`: colour for the wave, dashes for the mode, thin for group.

    Each curve's `velocity` is (T,). Periods without a mode are gaps; CLOSE_MODES and MULTIPLE are ringed. `axis`:
    "period" (s), "frequency" (Hz) or "wavelength". `units`: "km" (km/s, km) or "si" (m/s, m). `phase`: (T,) of phase
    velocity, km/s, for each curve, which group curves need on a wavelength axis. Raises UsageError for other words.
    """
    factor = unit_system(units).factor
    figure = new_figure(7.0, 4.4)
    axes = figure.add_subplot()
    places = []
    for number, curve in enumerate(curves):
        own = curve.velocity if curve.kind == "phase" else None
        places.append(abscissa(curve.periods, axis, units, own if phase is None else phase[number]))
        _draw(axes, curve, places[-1], factor)
    span_abscissa(axes, places, axis, units)
    kinds = {curve.kind for curve in curves}
    unit = unit_system(units).velocity
    axes.set_ylabel(f"{kinds.pop().capitalize()} velocity ({unit})" if len(kinds) == 1 else f"Velocity ({unit})")
    axes.set_title(" ".join(title.split()), loc="left", fontsize="medium")
    plain(axes)
    if not any(np.isfinite(curve.velocity).any() for curve in curves):
        axes.text(0.5, 0.5, "no mode at these periods", transform=axes.transAxes, ha="center")
        axes.set_yticks([])
    _legend(axes, curves)
    return figure


def _draw(axes: Axes, curve: Dispersion, places: np.ndarray, factor: float) -> None:
    order = np.argsort(curve.periods, kind="stable")
    x, velocity, status = places[order], factor * curve.velocity[order], np.asarray(curve.status)[order]
    colour = WAVE_COLOURS[curve.wave]
    marker = "o" if len(x) <= _MOST_MARKERS else ""
    axes.plot(x, velocity, color=colour, **_line(curve), marker=marker, markersize=4)
    finite = np.isfinite(velocity)
    alone = finite & ~np.r_[False, finite[:-1]] & ~np.r_[finite[1:], False]
    if not marker:
        axes.plot(x[alone], velocity[alone], ".", color=colour)  # a line through one point is invisible
    noted = finite & (status != Status.OK)
    axes.plot(x[noted], velocity[noted], "o", color=colour, markerfacecolor="none", markersize=6)


def _line(curve: Dispersion) -> dict[str, Any]:
    dashes = _LINE_STYLES[min(curve.mode, len(_LINE_STYLES) - 1)]
    return {"linestyle": dashes, "linewidth": 0.9 if curve.kind == "group" else 1.8}


def _legend(axes: Axes, curves: Sequence[Dispersion]) -> None:
    """Every curve by name, with its kind where the axis does not say it; one that has no velocity at all says so."""
    handles, both = [], len({curve.kind for curve in curves}) > 1
    for curve in curves:
        missing = "" if np.isfinite(curve.velocity).any() else " (none)"
        kind = f", {curve.kind}" if both else ""
        label = f"{curve.wave.capitalize()}, mode {curve.mode}{kind}{missing}"
        handles.append(Line2D([], [], color=WAVE_COLOURS[curve.wave], **_line(curve), label=label))
    noted = sorted({int(s) for c in curves for s in np.ravel(c.status) if Status(int(s)).has_value} - {int(Status.OK)})
    if noted:
        label = " / ".join(Status(code).name for code in noted)
        handles.append(Line2D([], [], color="k", linestyle="", marker="o", markerfacecolor="none", label=label))
    axes.legend(handles=handles, frameon=False, fontsize="small")
