"""What the training prior left: error where its models vary and where not, near its interfaces and elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.audit.ink import NAMES, VERDICTS
from surfgrad.report.axes import new_figure, plain

Score = Mapping[str, Any]
_SIDES = {
    "on_manifold": ("along training models", "#0072B2"),
    "off_manifold": ("off them", "#D55E00"),
    "error_near": ("near liked interfaces, $V_S$", "#009E73"),
    "error_elsewhere": ("elsewhere, $V_S$", "#999999"),
}
_FLOOR = 1e-3


def plot_imprint(summary: Mapping[str, Any]) -> Figure:
    """Bars by band with their 95 % intervals, a row for each wave: on and off the manifold, near and elsewhere."""
    scores: Sequence[Score] = [each for each in summary["scores"] if each["part"] == "imprint"]
    waves, bands = summary["waves"], list(dict.fromkeys(each["where"] for each in scores))
    limits = summary["thresholds"]["metrics"]["off_manifold"]
    figure = new_figure(9.5, 0.9 + 2.1 * len(waves))
    grid = figure.subplots(len(waves), 2, squeeze=False, sharex=True, sharey=True)
    for row, wave in enumerate(waves):
        for column, names in enumerate((("on_manifold", "off_manifold"), ("error_near", "error_elsewhere"))):
            axes = grid[row, column]
            axes.axhspan(_FLOOR, limits["good"], color=VERDICTS["PASS"], linewidth=0, zorder=0)
            axes.axhspan(limits["good"], limits["fair"], color=VERDICTS["MARGINAL"], linewidth=0, zorder=0)
            for number, name in enumerate(names):
                _bars(axes, [_find(scores, wave, name, band) for band in bands], 0.38 * (number - 0.5), *_SIDES[name])
            axes.set_xticks(range(len(bands)), bands, fontsize="small")
            plain(axes)
            axes.grid(False, axis="x")
        grid[row, 0].set_ylabel(f"{NAMES[wave]}\nrelative error")
    grid[0, 0].set_yscale("log")
    grid[0, 0].yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    top = max([3.0, *(each["p95"] for each in scores if each["metric"] in _SIDES and each["p95"] is not None)])
    grid[0, 0].set_ylim(_FLOOR, min(1.2 * top, 1e3))
    for column in range(2):
        grid[-1, column].set_xlabel("Period band (s)")
        grid[0, column].legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False, fontsize="small")
    return figure


def _find(scores: Sequence[Score], wave: str, name: str, band: str) -> Score:
    wanted = ("all", "vs")
    return next(
        each
        for each in scores
        if (each["wave"], each["metric"], each["where"]) == (wave, name, band) and each["parameter"] in wanted
    )


def _bars(axes: Axes, found: Sequence[Score], shift: float, label: str, ink: str) -> None:
    at = np.arange(len(found)) + shift
    median = np.array([_number(each["median"]) for each in found])
    low, high = (np.array([_number(each["interval"][k]) for each in found]) for k in (0, 1))
    axes.bar(at, np.maximum(median, _FLOOR), 0.36, color=ink, label=label, alpha=0.85)
    axes.vlines(at, np.maximum(low, _FLOOR), np.maximum(high, _FLOOR), color="#222222", linewidth=1.2)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)
