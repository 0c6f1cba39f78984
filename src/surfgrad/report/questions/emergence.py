"""(a) Value error against kernel error while networks learn, and where kernels emerge."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.names import WAVES
from surfgrad.report.questions.marks import (
    dashes,
    filled_and_open,
    ink,
    key,
    known,
    levels_of,
    limits_ground,
    log_numbers,
    marker,
)

CAPTION = (
    "Do kernels emerge? Above: held-out velocity error against the median relative L2 error of held-out Vs kernels, a "
    "line for each seed from the first judgement to the last (symbol). Below: Vs kernel error on the own prior by band "
    "after learning from values alone, median and range over seeds. Blue ground passes, yellow is marginal."
)


def plot(numbers: Mapping[str, Any]) -> Figure:
    """A column for each architecture."""
    architectures = levels_of(numbers["curves"]) or ["no network"]
    figure = new_figure(PAGE, 6.6)
    grid = figure.subplots(2, len(architectures), squeeze=False, sharey="row", sharex="row")
    for column, name in enumerate(architectures):
        _curves(grid[0, column], [each for each in numbers["curves"] if each["architecture"] == name], numbers)
        _bands(grid[1, column], [each for each in numbers["cells"] if each["architecture"] == name], numbers)
        grid[0, column].set_title(name, fontsize="medium", loc="left")
    grid[0, 0].set_ylabel("Vs kernel error,\nheld out (relative $L_2$)")
    grid[1, 0].set_ylabel("Vs kernel error,\nown prior (relative $L_2$)")
    for axes, found in ((grid[0, 0], _kernel_errors(numbers)), (grid[1, 0], _band_errors(numbers))):
        axes.set_ylim(bottom=0.7 * min([0.03, *found]))
    waves = filled_and_open("Rayleigh (below)", "Love (below)")
    key(figure, numbers["curves"], *waves, factors=("prior", "loss"))
    return figure


def _kernel_errors(numbers: Mapping[str, Any]) -> list[float]:
    return [each for cell in numbers["curves"] for seed in cell["seeds"] for each in seed["kernel"] if each > 0]


def _band_errors(numbers: Mapping[str, Any]) -> list[float]:
    places = (each for cell in numbers["cells"] for each in cell["places"] if each["parameter"] == "vs")
    return [low for each in places if (low := each["error"]["low"])]


def _curves(axes: Axes, curves: Sequence[Mapping[str, Any]], numbers: Mapping[str, Any]) -> None:
    limits_ground(axes, numbers["good"], numbers["fair"], across=False, least=1e-6)
    known_steps = [(cell, seed) for cell in curves for seed in cell["seeds"] if seed["step"]]
    for cell, seed in known_steps:
        axes.plot(seed["value"], seed["kernel"], color=ink(cell), linestyle=dashes(cell), linewidth=1.1)
        axes.plot(seed["value"][-1:], seed["kernel"][-1:], marker(cell), color=ink(cell), markersize=5)
    if not known_steps:
        axes.text(0.5, 0.5, "no kernels held out", transform=axes.transAxes, ha="center", fontsize="small")
    log_numbers(axes, "x")
    log_numbers(axes, "y")
    axes.set_xlabel("Mean velocity error, held out (km/s)")
    plain(axes)


def _bands(axes: Axes, cells: Sequence[Mapping[str, Any]], numbers: Mapping[str, Any]) -> None:
    limits_ground(axes, numbers["good"], numbers["fair"], across=False, least=1e-6)
    places = [each for cell in cells for each in cell["places"]]
    bands = list(dict.fromkeys(each["band"] for each in places))
    for number, cell in enumerate(cells):
        for wave in WAVES:
            rows = {e["band"]: e["error"] for e in cell["places"] if (e["wave"], e["parameter"]) == (wave, "vs")}
            found = [rows.get(band, {"median": None, "low": None, "high": None}) for band in bands]
            at = [
                k + 0.16 * (number - 0.5 * (len(cells) - 1)) + (0.05 if wave == "love" else 0)
                for k in range(len(bands))
            ]
            median, low, high = (known([each[name] for each in found]) for name in ("median", "low", "high"))
            face = ink(cell) if wave == "rayleigh" else "white"
            axes.vlines(at, low, high, color=ink(cell), linewidth=1.2)
            axes.plot(at, median, marker(cell), color=ink(cell), markerfacecolor=face, markersize=4.5)
    log_numbers(axes, "y")
    axes.set_xticks(range(len(bands)), bands)
    axes.tick_params(axis="x", labelsize="small")
    axes.set_xlabel("Period band (s)")
    plain(axes)
    axes.grid(False, axis="x")
