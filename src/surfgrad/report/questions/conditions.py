"""(f) Errors foretold by a rule against errors measured, on models that the rule never saw."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.questions.marks import log_numbers

CAPTION = (
    "A rule fitted to half of the test models, on the other half: error foretold against error measured, of kernels "
    "(relative L2) and along singular vectors (distance of unit vectors). Right: its R² beyond the kind of network, "
    "with the 95 % interval over models; without the distance to the prior; and, the largest of twenty, with "
    "distances exchanged between models."
)
_TITLES = {"value": "values alone", "sobolev": "taught kernels"}
_ERRORS = {"kernel": "kernel", "direction": "singular vector"}
_INKS = {"kernel": "#0072B2", "direction": "#D55E00"}


def plot(numbers: Mapping[str, Any]) -> Figure:
    """A panel for each rule, and their scores."""
    rules = numbers["rules"]
    figure = new_figure(PAGE, 3.4)
    grid = figure.subplots(1, max(len(rules), 1) + 1, width_ratios=[1.0] * max(len(rules), 1) + [1.15])
    for axes, rule in zip(grid, rules, strict=False):
        _scatter(axes, rule)
    if not rules:
        grid[0].text(0.5, 0.5, "too few models", transform=grid[0].transAxes, ha="center", fontsize="small")
        grid[0].set_xlabel("Error, foretold", fontsize="small")
    grid[0].set_ylabel("Error, measured")
    _scores(grid[-1], rules)
    return figure


def _scatter(axes: Axes, rule: Mapping[str, Any]) -> None:
    foretold, measured = np.array(rule["points"]).T
    axes.plot(foretold, measured, "o", color=_INKS[rule["error"]], markersize=2.2, alpha=0.5, linestyle="")
    ends = [min(foretold.min(), measured.min()), max(foretold.max(), measured.max())]
    axes.plot(ends, ends, color="#222222", linewidth=0.9)
    log_numbers(axes, "x")
    log_numbers(axes, "y")
    axes.tick_params(labelsize="x-small")
    axes.set_xlabel("Error, foretold", fontsize="small")
    axes.set_title(f"{_ERRORS[rule['error']]},\n{_TITLES[rule['loss']]}", fontsize="small", loc="left")
    plain(axes)


def _scores(axes: Axes, rules: Any) -> None:
    for row, rule in enumerate(rules):
        ink, (low, high) = _INKS[rule["error"]], rule["r_squared"]["interval"]
        axes.hlines(row, low, high, color=ink, linewidth=1.5)
        marks = (
            (rule["r_squared"]["value"], "o", ink, "the rule"),
            (rule["blind"]["value"], "s", "white", "no distance"),
        )
        for value, marker, face, label in (*marks, (rule["permuted"], "x", ink, "distances exchanged")):
            axes.plot(
                [value], [row], marker, color=ink, markerfacecolor=face, markersize=5, label=label if row == 0 else None
            )
    axes.axvline(0.0, color="#222222", linewidth=0.9)
    axes.set_yticks(
        range(len(rules)), [f"{_ERRORS[r['error']]},\n{_TITLES[r['loss']]}" for r in rules], fontsize="x-small"
    )
    axes.set_ylim(len(rules) - 0.4, -0.6)
    axes.set_xlim(min([-0.1, *(rule["permuted"] - 0.05 for rule in rules)]), 1.0)
    axes.set_xlabel("R², unseen models", fontsize="small")
    if rules:
        axes.legend(fontsize="x-small", frameon=False, loc="lower left", bbox_to_anchor=(0, 1.0))
    plain(axes)
    axes.grid(False, axis="y")
