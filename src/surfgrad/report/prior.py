"""What a prior draws: profiles over depth, and how its variance is spread over directions."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.depth_axis import edges, root_depth
from surfgrad.report.figures.palette import EXACT, FILL, PAGE
from surfgrad.report.figures.staircase import staircase

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
"""Of Okabe & Ito (2008): one a model."""
_LABELS = ("$V_S$ (km/s)", "$V_P/V_S$", r"$\rho$ (g/cm$^3$)")
_METRES_BELOW = 2.0
"""Columns shallower than this, km, are drawn in metres."""
_WIDE = 12.0
"""A value that varies by more than this factor gets a logarithmic axis."""


def plot_prior(
    depth_top: np.ndarray,
    profiles: Sequence[np.ndarray],
    variance: np.ndarray,
    shares: Sequence[float],
    *,
    title: str = "",
) -> Figure:
    """Four draws, the range of all and their median for vs, vp/vs and density; and the spectrum of the variance.

    `depth_top`: (L,), km. `profiles`: vs, vp/vs and rho, (N, L) each. `variance`: (D,) along principal directions,
    largest first. `shares`: shares of the whole whose directions are marked.
    """
    figure = new_figure(PAGE, 5.2)
    *axes, last = figure.subplots(1, 4, width_ratios=(1, 1, 1, 1.15))
    metres = depth_top[-1] < _METRES_BELOW
    tops = depth_top * (1000.0 if metres else 1.0)
    bottom = float(tops[-1]) * 1.03 or 1.0
    steps = edges(tops, bottom)
    for axis, values, label in zip(axes, profiles, _LABELS, strict=True):
        _draw_profiles(axis, values, steps)
        axis.set_xlabel(label)
        root_depth(axis, bottom)
        plain(axis)
    axes[0].set_ylabel(f"Depth ({'m' if metres else 'km'})")
    for axis in axes[1:]:
        axis.tick_params(labelleft=False)
    _draw_spectrum(last, variance, shares)
    figure.suptitle(" ".join(title.split()), x=0.01, ha="left", fontsize="medium")
    return figure


def _draw_profiles(axes: Axes, values: np.ndarray, steps: np.ndarray) -> None:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), axis=0)
    # A band of steps: each layer from its top to its bottom.
    twice = np.repeat(steps, 2)[1:-1]
    axes.fill_betweenx(twice, np.repeat(low, 2), np.repeat(high, 2), color=FILL, linewidth=0, label="5 to 95 %")
    for profile, colour in zip(values, _COLOURS, strict=False):
        staircase(axes, profile, steps, color=colour, linewidth=0.9)
    staircase(axes, middle, steps, color=EXACT, linewidth=1.6, linestyle="--")
    shown = np.concatenate((low, high, values[: len(_COLOURS)].ravel()))
    least, most = float(shown.min()), float(shown.max())
    if most > _WIDE * least:
        axes.set_xscale("log")
        axes.set_xlim(least / 1.1, most * 1.1)
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.xaxis.set_minor_formatter(NullFormatter())
    else:
        margin = 0.04 * (most - least) or 0.1
        axes.set_xlim(least - margin, most + margin)


def _draw_spectrum(axes: Axes, variance: np.ndarray, shares: Sequence[float]) -> None:
    """The share of the variance that the first k directions leave out, against k."""
    left = np.maximum(1.0 - np.cumsum(variance) / variance.sum(), 1e-16)
    number = np.arange(1, variance.size + 1)
    axes.loglog(number, left, color=EXACT, linewidth=1.6)
    for share in shares:
        first = int(np.argmax(left <= (1.0 - share) * (1 + 1e-9)))
        axes.plot(number[first], left[first], "o", color=_COLOURS[1], markersize=5)
        axes.annotate(
            f"{number[first]}: {100 * share:g} %",
            (number[first], left[first]),
            xytext=(-7, -4),
            textcoords="offset points",
            ha="right",
            fontsize="small",
        )
    axes.set_ylim(1e-6, 1.0)
    axes.set_xlabel("Directions kept")
    axes.set_ylabel("Share of the variance left out")
    plain(axes)
