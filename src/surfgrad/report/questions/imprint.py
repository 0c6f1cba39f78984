"""(b) What priors leave: on and off their manifold, in depth, and between one another."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.palette import PAGE, PARAMETER_NAMES
from surfgrad.report.questions.marks import bar, dashes, ink, key, limits_ground, log_numbers, names, short_title

CAPTION = (
    "What the prior leaves. Upper left: error of the log kernels along the directions that training models vary in "
    "(filled) "
    "and off them (open), own prior, median and range over seeds. Upper right: how far networks of two priors are "
    "apart, "
    "in units of how far seeds are (1: the prior leaves nothing); {glyphs}. Below: error of the kernels by depth, own "
    "prior, as a share of the exact kernel there; dashed: kernels were taught. Dotted lines are depths that a prior "
    "likes interfaces at, in its colour."
).format(glyphs="circle Vs, square Vp, diamond density")
_GLYPHS = {"vs": "o", "vp": "s", "rho": "D"}
_BOTTOM = 127.5


def plot(numbers: Mapping[str, Any]) -> Figure:
    """Two panels above, one for each parameter below."""
    cells, pairs = numbers["cells"], numbers["pairs"]
    split = [each for each in cells if each["on"]["median"] is not None or each["off"]["median"] is not None]
    rows = max(len(split), len(pairs), 4)
    figure = new_figure(PAGE, 1.0 + 0.24 * rows + 3.9)
    parts: Any = figure.subfigures(2, 1, height_ratios=[1.0 + 0.24 * rows, 3.9])
    above, below = parts
    left, right = above.subplots(1, 2)
    _split(left, split, numbers["limits"].get("off_manifold"))
    _pairs(right, pairs, numbers["chance"])
    panels = below.subplots(1, 3, sharey=True)
    for axes, parameter in zip(panels, PARAMETER_NAMES, strict=True):
        _depths(axes, cells, parameter)
    panels[0].set_ylabel("Depth (km)")
    key(below, cells)
    return figure


def _split(axes: Axes, cells: Sequence[Mapping[str, Any]], limit: Mapping[str, Any] | None) -> None:
    if limit:
        limits_ground(axes, limit["good"], limit["fair"], across=True, least=1e-6)
    for row, cell in enumerate(cells):
        ends = [cell[side]["median"] for side in ("on", "off")]
        if None not in ends:
            axes.hlines(row, min(ends), max(ends), color="#bbbbbb", linewidth=1)
        bar(axes, cell["on"], row, cell)
        bar(axes, cell["off"], row, cell, filled=False)
    found = [each for cell in cells for side in ("on", "off") if (each := cell[side]["low"])]
    log_numbers(axes, "x")
    axes.set_xlim(left=0.6 * min([0.05, *found]))
    axes.set_xlabel("Error along (filled) and off (open) training models")
    plain(axes)
    names(axes, [short_title(each) for each in cells])


def _pairs(axes: Axes, pairs: Sequence[Mapping[str, Any]], chance: float) -> None:
    axes.axvspan(0.5, chance, color="#eeeeee", linewidth=0)
    for row, pair in enumerate(pairs):
        for entry in pair["parameters"]:
            if entry["ratio"] is not None:
                axes.plot(
                    [entry["ratio"]], [row], _GLYPHS[entry["parameter"]], color="#444444", markersize=5, alpha=0.85
                )
    if not pairs:
        axes.text(0.5, 0.5, "no two priors compared", transform=axes.transAxes, ha="center", fontsize="small")
    log_numbers(axes, "x")
    axes.set_xlim(left=0.8)
    axes.set_xlabel("Difference of priors over that of seeds")
    plain(axes)
    names(axes, [_pair_title(each) for each in pairs])


def _pair_title(pair: Mapping[str, Any]) -> str:
    way = "taught" if pair["loss"] == "sobolev" else "values"
    return f"{pair['architecture']}, {way}:\n{' and '.join(pair['priors'])}"


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
    root_depth(axes, _BOTTOM)
    axes.set_xlabel("Error over exact kernel")
    axes.set_title(PARAMETER_NAMES[parameter], fontsize="medium", loc="left")
    plain(axes)
