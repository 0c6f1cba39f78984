"""Ellipticity against log period."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from surfgrad.records import Ellipticity
from surfgrad.report.axes import log_periods, new_figure, plain

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000")
"""Okabe-Ito, one a mode."""


def plot_ellipticity(curves: Sequence[Ellipticity], *, title: str = "") -> Figure:
    """|H/V| (log scale) of each curve against log period (s): solid where retrograde, dotted where prograde.

    Each curve's `ellipticity` is (T,). Zeros and poles are where the line changes between the two.
    """
    figure = new_figure(7.0, 4.4)
    axes = figure.add_subplot()
    for curve in curves:
        order = np.argsort(curve.periods, kind="stable")
        periods, value = curve.periods[order], curve.ellipticity[order]
        colour = COLOURS[min(curve.mode, len(COLOURS) - 1)]
        retrograde, prograde = np.where(value > 0, value, np.nan), np.where(value < 0, -value, np.nan)
        marker = "." if len(periods) < 3 else ""
        axes.plot(periods, retrograde, color=colour, marker=marker, label=f"mode {curve.mode}, retrograde")
        if np.isfinite(prograde).any():
            axes.plot(periods, prograde, ":", color=colour, marker=marker, label=f"mode {curve.mode}, prograde")
    periods = np.concatenate([curve.periods for curve in curves])
    log_periods(axes, float(periods.min()), float(periods.max()))
    axes.set_yscale("log")
    axes.set_ylabel("Ellipticity |H/V|")
    axes.set_title(" ".join(title.split()), loc="left", fontsize="medium")
    plain(axes)
    axes.legend(frameon=False, fontsize="small")
    return figure
