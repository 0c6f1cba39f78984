"""Q, decay with distance and velocities of attenuating modes against log period."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from surfgrad.records import Attenuation
from surfgrad.report.axes import INK, WAVE_COLOURS, log_periods, new_figure, plain

_WIDTHS = (1.8, 1.2, 0.8)
"""Line widths of modes 0, 1, and 2 and above."""


def plot_attenuation(curves: Sequence[Attenuation], *, title: str = "") -> Figure:
    """Three panels over one another against log period (s): Q in time (solid) and in space (dashed); decay of amplitude
    (1/km); phase (solid) and group (dashed) velocity with physical dispersion (km/s).

    Each curve's arrays are (T,). Colour for the wave, thinner lines for higher modes; gaps where there is no mode.
    """
    figure = new_figure(8.0, 8.0)
    panels = figure.subplots(3, 1, sharex=True)
    labels = ("Quality factor $Q$", r"Decay $\gamma$ (1/km)", "Velocity (km/s)")
    fields = (("quality", "spatial_quality"), ("gamma",), ("velocity", "group"))
    for axes, label, names in zip(panels, labels, fields, strict=True):
        for curve in curves:
            for name, dashes in zip(names, ("-", "--"), strict=False):
                _draw(axes, curve, name, dashes)
        axes.set_ylabel(label)
        plain(axes)
    panels[1].set_yscale("log")
    periods = np.concatenate([curve.periods for curve in curves])
    log_periods(panels[2], float(periods.min()), float(periods.max()))
    for axes in panels[:2]:
        axes.set_xlabel("")
    panels[0].set_title(" ".join(title.split()), loc="left", fontsize="medium")
    _explain(panels[0], curves, ("in time", "in space"))
    _explain(panels[2], (), ("phase", "group"))
    return figure


def _draw(axes: Axes, curve: Attenuation, name: str, dashes: str) -> None:
    order = np.argsort(curve.periods, kind="stable")
    values = np.asarray(getattr(curve, name))[order]
    values = np.where(np.isfinite(values), values, np.nan)
    marker = "." if len(order) < 3 else ""
    width = _WIDTHS[min(curve.mode, len(_WIDTHS) - 1)]
    axes.plot(curve.periods[order], values, dashes, color=WAVE_COLOURS[curve.wave], linewidth=width, marker=marker)


def _explain(axes: Axes, curves: Sequence[Attenuation], dashes: tuple[str, str]) -> None:
    handles = [
        Line2D([], [], color=WAVE_COLOURS[curve.wave], linewidth=_WIDTHS[min(curve.mode, len(_WIDTHS) - 1)],
               label=f"{curve.wave.capitalize()} {curve.mode}")
        for curve in curves
    ]  # fmt: skip
    handles += [
        Line2D([], [], color=INK, linestyle="-", label=dashes[0]),
        Line2D([], [], color=INK, linestyle="--", label=dashes[1]),
    ]
    axes.legend(handles=handles, frameon=False, fontsize="small", loc="upper left", bbox_to_anchor=(1.0, 1.0))
