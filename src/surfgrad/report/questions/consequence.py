"""(d) What a network's error does to an inversion."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.questions.marks import bar, limits_ground, log_numbers, names, short_title

CAPTION = (
    "Inversions through a network and through the exact engine, same data, same starts: exact misfit at the network’s "
    "optimum over the misfit that it believes; error of a Gauss-Newton step; shift of the posterior; its width over "
    "the exact one, either way. Filled: models of the own prior; open: all others. Median and range over seeds. Blue "
    "ground passes, yellow is marginal."
)
_SHOWN = {
    "misfit_ratio": "Exact over believed misfit",
    "step_error": "Error of a step over the step",
    "posterior_shift": "Posterior shift (std. deviations)",
    "posterior_width": "Posterior width, factor",
}


def plot(numbers: Mapping[str, Any]) -> Figure:
    """A panel for each metric, a row for each kind of network."""
    cells = numbers["cells"]
    titles = list(dict.fromkeys(short_title(each) for each in cells))
    figure = new_figure(PAGE, 1.4 + 0.27 * max(len(titles), 3))
    grid = figure.subplots(1, len(_SHOWN), sharey=True)
    for axes, (metric, label) in zip(grid, _SHOWN.items(), strict=True):
        _panel(axes, cells, titles, metric, numbers["limits"].get(metric))
        axes.set_xlabel(label, fontsize="small")
    return figure


def _panel(
    axes: Axes, cells: Sequence[Mapping[str, Any]], titles: Sequence[str], metric: str, limit: Mapping[str, Any] | None
) -> None:
    if limit:
        limits_ground(axes, limit["good"], limit["fair"], across=True, least=1e-6)
    found = [each for cell in cells if (each := cell[metric]["low"])]
    for cell in cells:
        home = cell["where"] == "own prior"
        bar(axes, cell[metric], titles.index(short_title(cell)) + (-0.14 if home else 0.14), cell, filled=home)
    log_numbers(axes, "x")
    axes.set_xlim(left=0.8 * min([1.0 if "ratio" in metric or "width" in metric else 0.1, *found]))
    axes.tick_params(axis="x", labelsize="small")
    plain(axes)
    names(axes, titles)
