"""Q, decay with distance and velocities of attenuating modes against log period, frequency or wavelength."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from surfgrad.records import Attenuation
from surfgrad.report.abscissa import abscissa, span_abscissa
from surfgrad.report.axes import INK, WAVE_COLOURS, new_figure, plain
from surfgrad.units import unit_system

_WIDTHS = (1.8, 1.2, 0.8)
"""Line widths of modes 0, 1, and 2 and above."""


def plot_attenuation(
    curves: Sequence[Attenuation], *, title: str = "", axis: str = "period", units: str = "km"
) -> Figure:
    """Three panels over one another against log `axis`: Q in time (solid) and in space (dashed); decay of amplitude
    (1/km); phase (solid) and group (dashed) velocity with physical dispersion (km/s).

    Each curve's arrays are (T,). Colour for the wave, thinner lines for higher modes; gaps where there is no mode.
    `axis`: "period" (s), "frequency" (Hz) or "wavelength". `units`: "km", or "si" for m and m/s. Raises UsageError for
    other words.
    """
    system = unit_system(units)
    figure = new_figure(8.0, 8.0)
    panels = figure.subplots(3, 1, sharex=True)
    labels = ("Quality factor $Q$", rf"Decay $\gamma$ (1/{system.length})", f"Velocity ({system.velocity})")
    fields = (("quality", "spatial_quality"), ("gamma",), ("velocity", "group"))
    factors = (1.0, 1.0 / system.factor, system.factor)
    places = [abscissa(curve.periods, axis, units, curve.velocity) for curve in curves]
    for axes, label, names, factor in zip(panels, labels, fields, factors, strict=True):
        for curve, place in zip(curves, places, strict=True):
            for name, dashes in zip(names, ("-", "--"), strict=False):
                _draw(axes, curve, place, name, dashes, factor)
        axes.set_ylabel(label)
        plain(axes)
    panels[1].set_yscale("log")
    span_abscissa(panels[2], places, axis, units)
    for axes in panels[:2]:
        axes.set_xlabel("")
    panels[0].set_title(" ".join(title.split()), loc="left", fontsize="medium")
    _explain(panels[0], curves, ("Q in time", "Q in space"))
    _explain(panels[2], (), ("phase", "group"))
    return figure


def _draw(axes: Axes, curve: Attenuation, places: np.ndarray, name: str, dashes: str, factor: float) -> None:
    order = np.argsort(curve.periods, kind="stable")
    values = factor * np.asarray(getattr(curve, name))[order]
    values = np.where(np.isfinite(values), values, np.nan)
    marker = "." if len(order) < 3 else ""
    width = _WIDTHS[min(curve.mode, len(_WIDTHS) - 1)]
    axes.plot(places[order], values, dashes, color=WAVE_COLOURS[curve.wave], linewidth=width, marker=marker)


def _explain(axes: Axes, curves: Sequence[Attenuation], dashes: tuple[str, str]) -> None:
    handles = [
        Line2D([], [], color=WAVE_COLOURS[curve.wave], linewidth=_WIDTHS[min(curve.mode, len(_WIDTHS) - 1)],
               label=f"{curve.wave.capitalize()}, mode {curve.mode}")
        for curve in curves
    ]  # fmt: skip
    handles += [
        Line2D([], [], color=INK, linestyle="-", label=dashes[0]),
        Line2D([], [], color=INK, linestyle="--", label=dashes[1]),
    ]
    axes.legend(handles=handles, frameon=False, fontsize="small", loc="upper left", bbox_to_anchor=(1.0, 1.0))
