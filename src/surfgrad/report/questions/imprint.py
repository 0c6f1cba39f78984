"""(b) What priors leave: on and off their manifold, in depth, and between one another."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.names import PARAMETERS, SYMBOLS
from surfgrad.report.questions.marks import (
    bar,
    dashes,
    filled_and_open,
    ink,
    key,
    legend_below,
    levels_of,
    limits_ground,
    log_numbers,
    names,
    short_title,
    symbol,
    taught,
)

CAPTION = (
    "What the prior leaves. Upper left: error of the log kernels along the directions that training models vary in "
    "and off them, own prior, median and range over seeds. Blue ground passes, yellow is marginal. Upper right: how "
    "far networks of two priors are apart, in units of how far seeds are (1: the prior leaves nothing; grey ground: no "
    "more than chance). Below: error of the kernels by depth, own prior, as a share of the exact kernel there. Dotted "
    "lines are depths that a prior likes interfaces at, in its colour."
)
_GLYPHS = {"vs": "o", "vp": "s", "rho": "D"}
_BOTTOM = 127.5


def plot(numbers: Mapping[str, Any]) -> Figure:
    """A line for each architecture: two panels above, one for each parameter below."""
    cells, pairs = numbers["cells"], numbers["pairs"]
    split = [each for each in cells if each["on"]["median"] is not None or each["off"]["median"] is not None]
    architectures = levels_of([*cells, *pairs]) or ["no network"]
    rows = [max(len(_of(split, each)), len(_titles(_of(pairs, each))), 3) for each in architectures]
    heights = [0.9 + sum(0.5 + 0.24 * each for each in rows), 1.2 + max(2.15 * len(rows), 2.7)]
    figure = new_figure(PAGE, sum(heights))
    parts: Any = figure.subfigures(2, 1, height_ratios=heights)
    above = parts[0].subplots(len(rows), 2, squeeze=False, sharex="col", height_ratios=rows)
    below = parts[1].subplots(len(rows), 3, squeeze=False, sharex="col", sharey=True)
    for (left, right), panels, name in zip(above, below, architectures, strict=True):
        _split(left, _of(split, name), numbers["limits"].get("off_manifold"))
        _pairs(right, _of(pairs, name), numbers["chance"])
        for axes, parameter in zip(panels, SYMBOLS, strict=True):
            _depths(axes, _of(cells, name), parameter)
            axes.set_title(f"{name}, {SYMBOLS[parameter]}", fontsize="medium", loc="left")
        left.set_title(name, fontsize="medium", loc="left")
        right.set_title(name, fontsize="medium", loc="left")
        panels[0].set_ylabel("Depth (km)")
    _label(above[-1], below[-1], [*(each[side]["low"] for each in split for side in ("on", "off"))])
    legend_below(parts[0], _above_key(pairs))
    key(parts[1], cells, factors=("prior", "loss"))
    return figure


def _of(entries: Sequence[Mapping[str, Any]], architecture: str) -> list[Mapping[str, Any]]:
    return [each for each in entries if each["architecture"] == architecture]


def _label(above: Sequence[Axes], below: Sequence[Axes], lowest: Sequence[float | None]) -> None:
    left, right = above
    left.set_xlabel("Error along and off training models")
    left.set_xlim(left=0.6 * min([0.05, *(each for each in lowest if each)]))
    right.set_xlabel("Difference of priors over that of seeds")
    right.set_xlim(left=0.8)
    for axes in below:
        axes.set_xlabel("Error over exact kernel")
    root_depth(below[0], _BOTTOM)


def _above_key(pairs: Sequence[Mapping[str, Any]]) -> list[Line2D]:
    found = [*filled_and_open("along training models", "off them")]
    if pairs:
        found += [symbol(shape, f"{PARAMETERS[name]} (right)") for name, shape in _GLYPHS.items()]
    if len(levels_of(pairs, "loss")) > 1:
        found.append(symbol("o", "kernels taught (right)", filled=False))
    return found


def _split(axes: Axes, cells: Sequence[Mapping[str, Any]], limit: Mapping[str, Any] | None) -> None:
    if limit:
        limits_ground(axes, limit["good"], limit["fair"], across=True, least=1e-6)
    for row, cell in enumerate(cells):
        ends = [cell[side]["median"] for side in ("on", "off")]
        if None not in ends:
            axes.hlines(row, min(ends), max(ends), color="#bbbbbb", linewidth=1)
        bar(axes, cell["on"], row, cell)
        bar(axes, cell["off"], row, cell, filled=False)
    log_numbers(axes, "x")
    plain(axes)
    names(axes, [short_title(each) for each in cells])


def _pairs(axes: Axes, pairs: Sequence[Mapping[str, Any]], chance: float) -> None:
    """A row for each two priors: what values alone leave, filled, above what is left of it when kernels are taught."""
    axes.axvspan(0.5, chance, color="#eeeeee", linewidth=0)
    titles = _titles(pairs)
    both = len(levels_of(pairs, "loss")) > 1
    for pair in pairs:
        hollow = taught(pair)
        row = titles.index(_pair_title(pair)) + (0.17 if hollow else -0.17) * both
        for entry in pair["parameters"]:
            if entry["ratio"] is not None:
                look: dict[str, Any] = {
                    "color": "#444444",
                    "markerfacecolor": "white" if hollow and both else "#444444",
                }
                axes.plot([entry["ratio"]], [row], _GLYPHS[entry["parameter"]], markersize=5, alpha=0.85, **look)
    if not pairs:
        axes.text(0.5, 0.5, "no two priors compared", transform=axes.transAxes, ha="center", fontsize="small")
    log_numbers(axes, "x")
    plain(axes)
    names(axes, titles)


def _titles(pairs: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(_pair_title(each) for each in pairs))


def _pair_title(pair: Mapping[str, Any]) -> str:
    return ", ".join(pair["priors"])


def _depths(axes: Axes, cells: Sequence[Mapping[str, Any]], parameter: str) -> None:
    for cell in cells:
        rows = [
            each for each in cell["depths"] if each["parameter"] == parameter and each["error"]["median"] is not None
        ]
        if rows:
            edges = np.array([each["top_km"] for each in rows] + [rows[-1]["bottom_km"] or _BOTTOM])
            axes.stairs(
                [each["error"]["median"] for each in rows],
                edges,
                orientation="horizontal",
                baseline=None,
                color=ink(cell),
                linestyle=dashes(cell),
                linewidth=1.3,
            )
        for top, bottom in cell["liked_km"]:
            for depth in (top, bottom):
                axes.axhline(depth, color=ink(cell), linewidth=0.6, linestyle=(0, (1, 3)))
    log_numbers(axes, "x")
    plain(axes)
