"""(g) Spectra of the Fisher information, exact and learned, and the cosine along each direction."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import EXACT, PAGE
from surfgrad.report.names import WAVES
from surfgrad.report.questions.marks import dashes, ink, key, known, levels_of, log_numbers, marker

CAPTION = (
    "Fisher information of a curve. Above: singular values of the whitened Jacobian over the noise (their squares are "
    "the spectrum of the Fisher information), exact in black, by the networks in colour; below 1 (grey) the noise "
    "hides a direction. Below: cosine of the learned and the exact response along each exact direction, by "
    "architecture (scales differ); it ends where the noise hides all. Medians over models, sets and seeds."
)
_PLACES = ("own prior", "elsewhere")


def plot(numbers: Mapping[str, Any]) -> Figure:
    """A column for each wave on the own prior and elsewhere; singular values, and cosines by architecture."""
    cells = numbers["cells"]
    columns = [(where, wave) for where in _PLACES for wave in WAVES]
    architectures = levels_of(cells) or ["no network"]
    figure = new_figure(PAGE, 3.2 + 2.1 * len(architectures))
    grid = figure.subplots(1 + len(architectures), len(columns), sharex=True, sharey="row", squeeze=False)
    for column, (where, wave) in enumerate(columns):
        own = [each for each in cells if (each["where"], each["wave"]) == (where, wave)]
        _singular(grid[0, column], own)
        for axes, name in zip(grid[1:, column], architectures, strict=True):
            _cosine(axes, [each for each in own if each["architecture"] == name], numbers["same"])
        grid[-1, column].xaxis.set_major_locator(MaxNLocator(5, integer=True))
        grid[-1, column].set_xlim(0.5, 1.5 + max([5, *(each["heard"] for each in cells)]))
        grid[0, column].set_title(f"{WAVES[wave]}, {where}", fontsize="medium", loc="left")
        grid[-1, column].set_xlabel("Direction, best told first")
    grid[0, 0].set_ylabel("Singular value\nover the noise")
    for axes, name in zip(grid[1:, 0], architectures, strict=True):
        axes.set_ylabel(f"{name}: cosine along\nthe exact direction" if cells else "Cosine along\nthe exact direction")
        axes.set_ylim(*_cosines([each for each in cells if each["architecture"] == name]))
    if cells:
        exact = Line2D([], [], color=EXACT, linewidth=1.8, label="exact (above)")
        key(figure, cells, exact, factors=("prior", "loss"))
    return figure


def _cosines(cells: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Limits of an axis."""
    lowest = [each for cell in cells for each in cell["spectral_cosine"] if each is not None]
    return max(min([0.9, *lowest]) - 0.04, -1.05), 1.04


def _singular(axes: Axes, cells: Sequence[Mapping[str, Any]]) -> None:
    axes.axhspan(1e-9, 1.0, color="#eeeeee", linewidth=0)
    # The exact ones last, so that no network hides them.
    for name in ("learned_singular", "singular"):
        for cell in cells:
            values = known(cell[name])
            exact = name == "singular"
            look = {"color": EXACT, "linestyle": "-"} if exact else {"color": ink(cell), "linestyle": dashes(cell)}
            axes.plot(1 + np.arange(values.size), values, linewidth=0.9 if exact else 1.2, **look)
    log_numbers(axes, "y")
    axes.set_ylim(bottom=0.1)
    plain(axes)


def _cosine(axes: Axes, cells: Sequence[Mapping[str, Any]], same: float) -> None:
    axes.axhline(same, color="#222222", linewidth=0.8, linestyle=(0, (1, 2)))
    for cell in cells:
        values = known(cell["spectral_cosine"])
        axes.plot(
            1 + np.arange(values.size),
            values,
            marker=marker(cell),
            markersize=3,
            color=ink(cell),
            linestyle=dashes(cell),
            linewidth=1.1,
        )
    plain(axes)
