"""(c) What taught kernels and wider priors change."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.questions.marks import log_numbers, names

CAPTION = (
    "What removes the imprint. Error with the remedy over error without, same seed on both sides: geometric mean and "
    "95 % interval over seeds. Left of the line the remedy helps. Above: kernels taught beside values (own prior; all "
    "other test sets). Below: a wide prior in place of a strong one, on test sets of neither."
)
_WHAT = {
    "vs": ("Vs kernels", "o", "#0072B2"),
    "off_manifold": ("kernels off the manifold", "D", "#D55E00"),
    "value": ("velocities", "s", "#777777"),
}


def plot(numbers: Mapping[str, Any]) -> Figure:
    """Losses above, priors below."""
    losses, priors = ([each for each in numbers[name] if each["ratio"] is not None] for name in ("losses", "priors"))
    parts = [(losses, _loss_title), (priors, _prior_title)]
    rows = [max(len({title(each) for each in entries}), 1) for entries, title in parts]
    figure = new_figure(PAGE, 1.8 + 0.34 * sum(rows))
    grid = figure.subplots(2, 1, sharex=True, height_ratios=[each + 0.8 for each in rows])
    for axes, (entries, title) in zip(grid, parts, strict=True):
        _forest(axes, entries, title)
    grid[1].set_xlabel("Error with the remedy over error without")
    handles, labels = grid[0].get_legend_handles_labels()
    if not handles:
        handles, labels = grid[1].get_legend_handles_labels()
    if handles:
        figure.legend(handles, labels, loc="outside lower center", ncols=len(handles), frameon=False)
    return figure


def _forest(axes: Axes, entries: Sequence[Mapping[str, Any]], title: Any) -> None:
    titles = list(dict.fromkeys(title(each) for each in entries))
    for number, (what, (label, marker, ink)) in enumerate(_WHAT.items()):
        own = [each for each in entries if each["what"] == what]
        at = [titles.index(title(each)) + 0.22 * (number - 1) for each in own]
        for y, each in zip(at, own, strict=True):
            if each["low"] is not None:
                axes.hlines(y, each["low"], each["high"], color=ink, linewidth=1.5)
        axes.plot([each["ratio"] for each in own], at, marker, color=ink, markersize=5, label=label, linestyle="")
    if not titles:
        axes.text(0.5, 0.5, "not tried in this study", transform=axes.transAxes, ha="center", fontsize="small")
    axes.axvline(1.0, color="#222222", linewidth=0.9)
    log_numbers(axes, "x")
    plain(axes)
    names(axes, titles)


def _loss_title(entry: Mapping[str, Any]) -> str:
    return f"{entry['architecture']}, {entry['prior']}: {entry['where']}"


def _prior_title(entry: Mapping[str, Any]) -> str:
    way = "taught" if entry["loss"] == "sobolev" else "values"
    return f"{entry['architecture']}, {way}: {entry['wide']} for {entry['strong']}"
