"""(c) What taught kernels and wider priors change."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.questions.marks import legend_below, levels_of, log_numbers, names, way

CAPTION = (
    "What removes the imprint. Error with the remedy over error without, same seed on both sides: geometric mean and "
    "95 % interval over seeds. Left of the line the remedy helps. Above: kernels taught beside values (own prior; all "
    "other test sets). Below: a wide prior in place of a strong one, on test sets of no prior."
)
Title = Callable[[Mapping[str, Any]], str]
_WHAT = {
    "vs": ("Vs kernels", "o", "#0072B2"),
    "off_manifold": ("kernels off the manifold", "D", "#D55E00"),
    "value": ("velocities", "s", "#777777"),
}


def plot(numbers: Mapping[str, Any]) -> Figure:
    """Losses above, priors below, a column for each architecture."""
    losses, priors = ([each for each in numbers[name] if each["ratio"] is not None] for name in ("losses", "priors"))
    parts = ((losses, _loss_title), (priors, _prior_title))
    architectures = levels_of([*losses, *priors]) or ["no network"]
    rows = [max(len(_titles(entries, title)), 1) for entries, title in parts]
    figure = new_figure(PAGE, 1.8 + 0.34 * sum(rows))
    ratios = [each + 0.8 for each in rows]
    grid = figure.subplots(2, len(architectures), sharex=True, sharey="row", squeeze=False, height_ratios=ratios)
    for line, (entries, title) in zip(grid, parts, strict=True):
        for axes, name in zip(line, architectures, strict=True):
            _forest(axes, [each for each in entries if each["architecture"] == name], _titles(entries, title), title)
    for above, below, name in zip(*grid, architectures, strict=True):
        above.set_title(name, fontsize="medium", loc="left")
        below.set_xlabel("Error with the remedy over error without", fontsize="small")
    for axes, label in zip(grid[:, 0], ("taught kernels", "wide prior"), strict=True):
        axes.set_ylabel(label)
    legend_below(figure, [Line2D([], [], marker=m, color=c, linestyle="", label=what) for what, m, c in _WHAT.values()])
    return figure


def _titles(entries: Sequence[Mapping[str, Any]], title: Title) -> list[str]:
    return list(dict.fromkeys(title(each) for each in entries))


def _forest(axes: Axes, entries: Sequence[Mapping[str, Any]], titles: Sequence[str], title: Title) -> None:
    for number, (what, (_, shape, ink)) in enumerate(_WHAT.items()):
        own = [each for each in entries if each["what"] == what]
        at = [titles.index(title(each)) + 0.22 * (number - 1) for each in own]
        for y, each in zip(at, own, strict=True):
            if each["low"] is not None:
                axes.hlines(y, each["low"], each["high"], color=ink, linewidth=1.5)
        axes.plot([each["ratio"] for each in own], at, shape, color=ink, markersize=5, linestyle="")
    if not titles:
        axes.text(0.5, 0.5, "not tried in this study", transform=axes.transAxes, ha="center", fontsize="small")
    axes.axvline(1.0, color="#222222", linewidth=0.9)
    log_numbers(axes, "x")
    plain(axes)
    names(axes, titles)


def _loss_title(entry: Mapping[str, Any]) -> str:
    return f"{entry['prior']}: {entry['where']}"


def _prior_title(entry: Mapping[str, Any]) -> str:
    return f"{entry['wide']} for {entry['strong']}, {way(entry)}"
