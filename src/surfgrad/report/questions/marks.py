"""What a kind of network looks like in these figures: colour its prior, marker its architecture, dashes taught."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullFormatter

from surfgrad.report.audit.ink import VERDICTS
from surfgrad.report.figures.palette import colour
from surfgrad.report.networks import WAYS

_MARKERS = {"grid": "s", "paper": "D", "scale-free": "o"}
_GREY = "#444444"
FACTORS = ("prior", "architecture", "loss")
NUMBER = float | None


def ink(cell: Mapping[str, Any]) -> str:
    """The prior's colour."""
    return colour(str(cell["prior"]))


def marker(cell: Mapping[str, Any]) -> str:
    """The architecture's."""
    return _MARKERS.get(str(cell["architecture"]), "^")


def taught(cell: Mapping[str, Any]) -> bool:
    """Whether exact kernels were part of the loss."""
    return cell["loss"] == "sobolev"


def dashes(cell: Mapping[str, Any]) -> Any:
    """Dashed where kernels were taught."""
    return (0, (4, 1.6)) if taught(cell) else "-"


def key(
    figure: Figure | SubFigure, cells: Sequence[Mapping[str, Any]], *further: Line2D, factors: Sequence[str] = FACTORS
) -> None:
    """A legend below the figure: the levels that the factors have among the cells, and what else is given."""
    levels = ((name, level) for name in factors for level in levels_of(cells, name))
    legend_below(figure, [*(_handle(name, level) for name, level in levels), *further])


def legend_below(figure: Figure | SubFigure, handles: Sequence[Line2D]) -> None:
    """A legend in one line, or, of more than six, in as few equal ones as hold them."""
    lines = -(-len(handles) // 6)
    if handles:
        columns = -(-len(handles) // lines)
        figure.legend(handles=handles, loc="outside lower center", ncols=columns, frameon=False, fontsize="small")


def symbol(shape: str, label: str, *, filled: bool = True) -> Line2D:
    """A line of a legend: a grey symbol, filled or open."""
    face = _GREY if filled else "white"
    return Line2D([], [], linestyle="", marker=shape, color=_GREY, markerfacecolor=face, markersize=5, label=label)


def filled_and_open(filled: str, hollow: str) -> tuple[Line2D, Line2D]:
    """Two lines of a legend."""
    return symbol("o", filled), symbol("o", hollow, filled=False)


def _handle(factor: str, level: str) -> Line2D:
    if factor == "prior":
        return Line2D([], [], color=colour(level), linewidth=2.2, label=f"{level} prior")
    if factor == "architecture":
        return symbol(marker({"architecture": level}), level)
    return Line2D([], [], color=_GREY, linestyle=dashes({"loss": level}), label=WAYS.get(level, level))


def levels_of(cells: Sequence[Mapping[str, Any]], factor: str = "architecture") -> list[str]:
    """Levels of a factor, in the study's order."""
    return list(dict.fromkeys(str(each[factor]) for each in cells))


def dot(axes: Axes, x: float, y: float, cell: Mapping[str, Any], *, filled: bool = True, size: float = 5.5) -> None:
    """One cell's symbol; not filled where that says something."""
    face = ink(cell) if filled else "white"
    axes.plot([x], [y], marker(cell), color=ink(cell), markerfacecolor=face, markersize=size, zorder=3)


def bar(axes: Axes, found: Mapping[str, Any], y: float, cell: Mapping[str, Any], *, filled: bool = True) -> None:
    """A horizontal line from the smallest to the largest seed, and the symbol at the median."""
    middle = found.get("median", found.get("ratio"))
    if middle is None:
        return
    if found["low"] is not None:
        axes.hlines(y, found["low"], found["high"], color=ink(cell), linewidth=1.4, zorder=2)
    dot(axes, middle, y, cell, filled=filled)


def names(axes: Axes, titles: Sequence[str]) -> None:
    """Rows of a table of symbols, the first on top."""
    axes.set_yticks(range(len(titles)), titles, fontsize="small")
    axes.set_ylim(len(titles) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(False, axis="y")


def short_title(cell: Mapping[str, Any]) -> str:
    """`weak, taught`: what tells kinds of one architecture apart."""
    return f"{cell['prior']}, {way(cell)}"


def way(cell: Mapping[str, Any]) -> str:
    """The loss in a word."""
    return "taught" if taught(cell) else "values"


def limits_ground(axes: Axes, good: NUMBER, fair: NUMBER, *, across: bool, least: float) -> None:
    """The ground of what passes and what is marginal: over y, or, `across`, over x."""
    if good is None or fair is None:
        return
    span = axes.axvspan if across else axes.axhspan
    span(least, good, color=VERDICTS["PASS"], linewidth=0, zorder=0)
    span(good, fair, color=VERDICTS["MARGINAL"], linewidth=0, zorder=0)


def known(values: Sequence[NUMBER]) -> np.ndarray:
    """NaN for a number that does not exist."""
    return np.array([np.nan if each is None else each for each in values], dtype=np.float64)


def log_numbers(axes: Axes, which: str) -> None:
    """A logarithmic axis with plain numbers, at its decades or, where they are few, at 1, 2, 5 and theirs."""
    getattr(axes, f"set_{which}scale")("log")
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(_Decades())
    axis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set_minor_formatter(NullFormatter())


class _Decades(LogLocator):
    """Decides when it draws, since data and limits come later."""

    def tick_values(self, vmin: float, vmax: float) -> Sequence[float]:
        if vmin <= 0:  # an axis without data
            return []
        wide = np.log10(vmax / vmin) > 2.2
        self.set_params(subs=(1.0,) if wide else (1.0, 2.0, 5.0))
        return super().tick_values(vmin, vmax)
