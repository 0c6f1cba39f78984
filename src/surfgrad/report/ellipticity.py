"""Ellipticity against log period, frequency or wavelength."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from surfgrad.records import Ellipticity
from surfgrad.report.abscissa import abscissa, span_abscissa
from surfgrad.report.axes import new_figure, plain, plain_log_values

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000")
"""Okabe-Ito, one a mode."""


def plot_ellipticity(
    curves: Sequence[Ellipticity],
    *,
    title: str = "",
    axis: str = "period",
    units: str = "km",
    phase: Sequence[np.ndarray] | None = None,
) -> Figure:
    """|H/V| (log scale) of each curve against log `axis`: solid where retrograde, dotted where prograde.

    Each curve's `ellipticity` is (T,). Zeros and poles are where the line changes between the two. `axis`: "period"
    (s), "frequency" (Hz) or "wavelength" (km, or m for `units="si"`), which needs `phase`, the (T,) phase velocity of
    each curve, km/s. Raises UsageError for other words.
    """
    figure = new_figure(7.0, 4.4)
    axes = figure.add_subplot()
    places = [abscissa(c.periods, axis, units, None if phase is None else phase[i]) for i, c in enumerate(curves)]
    for curve, place in zip(curves, places, strict=True):
        order = np.argsort(curve.periods, kind="stable")
        x, value = place[order], curve.ellipticity[order]
        colour = COLOURS[min(curve.mode, len(COLOURS) - 1)]
        retrograde, prograde = np.where(value > 0, value, np.nan), np.where(value < 0, -value, np.nan)
        marker = "." if len(x) < 3 else ""
        axes.plot(x, retrograde, color=colour, marker=marker, label=f"mode {curve.mode}, retrograde")
        if np.isfinite(prograde).any():
            axes.plot(x, prograde, ":", color=colour, marker=marker, label=f"mode {curve.mode}, prograde")
    span_abscissa(axes, places, axis, units)
    plain_log_values(axes)
    axes.set_ylabel("Ellipticity |H/V|")
    axes.set_title(" ".join(title.split()), loc="left", fontsize="medium")
    plain(axes)
    axes.legend(frameon=False, fontsize="small")
    return figure
