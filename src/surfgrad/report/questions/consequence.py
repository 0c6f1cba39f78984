"""(d) What a network's error does to an inversion."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.questions.marks import (
    bar,
    filled_and_open,
    legend_below,
    levels_of,
    limits_ground,
    log_numbers,
    names,
    short_title,
)

CAPTION = (
    "Inversions through a network and through the exact engine, same data, same starts: exact misfit at the network’s "
    "optimum over the misfit that it believes; error of a Gauss-Newton step; shift of the posterior; its width over "
    "the exact one, either way. Colour: the prior. Median and range over seeds. Blue ground passes, yellow is marginal."
)
_SHOWN = {
    "misfit_ratio": "Exact over believed misfit",
    "step_error": "Error of a step over the step",
    "posterior_shift": "Posterior shift (std. deviations)",
    "posterior_width": "Posterior width, factor",
}


def plot(numbers: Mapping[str, Any]) -> Figure:
    """A panel for each metric, a row for each kind of network, a block for each architecture."""
    cells = numbers["cells"]
    blocks = {name: [each for each in cells if each["architecture"] == name] for name in levels_of(cells)}
    rows = [max(len(_titles(each)), 3) for each in blocks.values()] or [3]
    figure = new_figure(PAGE, 1.5 + 0.27 * sum(rows) + 0.3 * len(rows))
    grid = figure.subplots(len(rows), len(_SHOWN), sharey="row", sharex="col", height_ratios=rows, squeeze=False)
    for line, (name, own) in zip(grid, blocks.items(), strict=False):
        line[0].set_title(name, fontsize="medium", loc="left")
        for axes, metric in zip(line, _SHOWN, strict=True):
            _panel(axes, own, metric, numbers["limits"].get(metric))
    for axes, (metric, label) in zip(grid[-1], _SHOWN.items(), strict=True):
        axes.set_xlabel(label, fontsize="small")
        log_numbers(axes, "x")
        found = [each for cell in cells if (each := cell[metric]["low"])]
        axes.set_xlim(left=0.8 * min([1.0 if "ratio" in metric or "width" in metric else 0.1, *found]))
    legend_below(figure, filled_and_open("models of the own prior", "all other test sets"))
    return figure


def _titles(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(short_title(each) for each in cells))


def _panel(axes: Axes, cells: Sequence[Mapping[str, Any]], metric: str, limit: Mapping[str, Any] | None) -> None:
    titles = _titles(cells)
    if limit:
        limits_ground(axes, limit["good"], limit["fair"], across=True, least=1e-6)
    for cell in cells:
        home = cell["where"] == "own prior"
        bar(axes, cell[metric], titles.index(short_title(cell)) + (-0.14 if home else 0.14), cell, filled=home)
    log_numbers(axes, "x")
    axes.tick_params(axis="x", labelsize="small")
    plain(axes)
    names(axes, titles)
