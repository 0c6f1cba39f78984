"""(e) The published protocol against the strict one."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.questions.marks import known, log_numbers

CAPTION = (
    "The same Vs kernels by two protocols: strict relative L2 error against the cosine of smoothed, normalised "
    "profiles, a symbol for each network, test set, wave and band, coloured by its strict verdict. Left: the same "
    "quantity on both sides; right: the two quantities that were compared as published, where the engine itself "
    "lies in the grey band and a perfect network with it. Above the dashed line a kernel is called physical."
)
_INKS = {
    "CANNOT JUDGE": ("#999999", "."),
    "PASS": ("#0072B2", "o"),
    "MARGINAL": ("#B8860B", "s"),
    "FAIL": ("#D55E00", "^"),
}
_LEAST = 1e-5
_MANY = 2500
"""From so many points on symbols are smaller, and a picture rather than as many outlines."""


def plot(numbers: Mapping[str, Any]) -> Figure:
    """Corrected on the left, as published on the right."""
    figure = new_figure(PAGE, 4.4)
    grid = figure.subplots(1, 2, sharex=True, sharey=True)
    for axes, name, title in zip(grid, ("paper", "published"), ("corrected", "as published"), strict=True):
        _panel(axes, numbers, name)
        axes.set_title(title, fontsize="medium", loc="left")
    grid[0].set_ylabel("Cosine by the published protocol")
    handles, labels = grid[1].get_legend_handles_labels()
    if handles:
        figure.legend(
            handles,
            labels,
            loc="outside lower center",
            ncols=len(handles),
            frameon=False,
            markerscale=1.8 if len(numbers["points"]) > _MANY else 1,
        )
    return figure


def _panel(axes: Axes, numbers: Mapping[str, Any], name: str) -> None:
    points, ceiling = numbers["points"], numbers["ceiling"]
    if name == "published" and ceiling["median"] is not None:
        low, high = (max(1 - ceiling[end], _LEAST) for end in ("high", "low"))
        axes.axhspan(low, high, color="#dddddd", linewidth=0, zorder=0, label="the engine itself")
    for verdict, (ink, marker) in _INKS.items():
        own = [each for each in points if each["verdict"] == verdict]
        x, y = known([each["strict"] for each in own]), 1 - known([each[name] for each in own])
        many = len(points) > _MANY
        look: dict[str, Any] = {"markersize": 1.6 if many else 3, "alpha": 0.4 if many else 0.6, "rasterized": many}
        axes.plot(x, np.maximum(y, _LEAST), marker, color=ink, label=verdict.lower(), linestyle="", **look)
    if not points:
        axes.set_xlim(0.01, 1.0)
        axes.text(0.5, 0.5, "none scored", transform=axes.transAxes, ha="center", fontsize="small")
    axes.axhline(1 - numbers["high"], color="#222222", linewidth=0.9, linestyle=(0, (4, 2)))
    log_numbers(axes, "x")
    axes.set_yscale("log")
    axes.set_ylim(2.2, _LEAST * 0.7)
    ticks = [1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5]
    axes.set_yticks(ticks, ["0", "0.9", "0.99", "0.999", "0.9999", "0.99999"])
    axes.set_xlabel("Strict error (relative $L_2$)")
    plain(axes)
