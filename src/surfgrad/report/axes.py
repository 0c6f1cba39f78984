"""How every figure looks: colours that colour-blind readers tell apart, sizes that suit a page."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, Locator, LogLocator, MaxNLocator, NullFormatter

INK = "#222222"
GRID = "#dddddd"
WAVE_COLOURS = {"rayleigh": "#0072B2", "love": "#D55E00"}
"""Blue and vermilion of Okabe & Ito (2008), distinct in every common colour blindness and in grey."""

_TWO_DECADES = 100.0
"""Highest over lowest value below which powers of ten would leave one label or none."""


def new_figure(width: float, height: float) -> Figure:
    """A figure of width x height inches at 150 dpi that belongs to no global state."""
    return Figure(figsize=(width, height), dpi=150, layout="constrained")


def plain(axes: Axes) -> None:
    """Light grid behind the data, no box above and to the right."""
    axes.set_axisbelow(True)
    axes.grid(True, color=GRID, linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def log_periods(axes: Axes, shortest: float, longest: float) -> None:
    """A logarithmic period axis."""
    log_axis(axes, shortest, longest, "Period (s)")


def log_axis(axes: Axes, lowest: float, highest: float, label: str) -> None:
    """A logarithmic axis with plain numbers at 1, 2, 5 and their decades."""
    axes.set_xscale("log")
    margin = 1.03 if highest > lowest else 1.3
    axes.set_xlim(lowest / margin, highest * margin)
    axes.xaxis.set_major_locator(log_locator(lowest / margin, highest * margin))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(LogLocator(subs=tuple(range(1, 10)), numticks=50))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(label)


def plain_log_values(axes: Axes) -> None:
    """A logarithmic axis of values over all that is drawn: plain numbers where they span less than two decades."""
    axes.set_yscale("log")
    lowest, highest = axes.get_ylim()
    if highest < _TWO_DECADES * lowest:
        axes.yaxis.set_major_locator(log_locator(lowest, highest))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())


def log_locator(lowest: float, highest: float) -> Locator:
    """Ticks at 1, 2, 5 and their decades, or, where fewer than two of them lie in the range, more."""
    decades = 10.0 ** np.arange(np.floor(np.log10(lowest)), np.ceil(np.log10(highest)) + 1)
    for subs in ((1.0, 2.0, 5.0), tuple(map(float, range(1, 10)))):
        ticks = np.multiply.outer(decades, subs)
        if ((ticks >= lowest) & (ticks <= highest)).sum() >= 2:
            return LogLocator(subs=subs, numticks=50)
    return MaxNLocator(4, steps=[1, 2, 5, 10])
