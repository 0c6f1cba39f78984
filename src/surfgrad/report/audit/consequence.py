"""What the forward's error does to inversions."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.audit.ink import VERDICTS
from surfgrad.report.axes import new_figure, plain

Score = Mapping[str, Any]
_WORDS = {
    "step_error": "Gauss-Newton step: error / step",
    "misfit_ratio": "exact misfit / believed misfit",
    "misfit_excess": "exact misfit / misfit through the engine",
    "posterior_shift": "posterior shift / error bar",
    "posterior_width": "posterior width, factor off",
}
_RANGE = (1e-3, 1e3)


def plot_consequence(summary: Mapping[str, Any]) -> Figure:
    """A line for each number: 5 to 95 % of the inversions (thin), 95 % interval of the median (thick), the median."""
    scores = {each["metric"]: each for each in summary["scores"] if each["part"] == "consequence"}
    limits = summary["thresholds"]["metrics"]
    figure = new_figure(9.0, 3.2)
    axes = figure.subplots()
    axes.set_xscale("log")
    for row, name in enumerate(_WORDS):
        axes.fill_betweenx([row - 0.42, row + 0.42], _RANGE[0], limits[name]["good"], color=VERDICTS["PASS"], lw=0)
        ends = limits[name]["good"], limits[name]["fair"]
        axes.fill_betweenx([row - 0.42, row + 0.42], *ends, color=VERDICTS["MARGINAL"], lw=0)
        _line(axes, row, scores[name])
    shown = [_clip(scores[name][end]) for name in _WORDS for end in ("p5", "p95")]
    kept = [each for each in shown if np.isfinite(each)]
    axes.set_xlim(min([0.02, *kept]) / 1.5, max([3.0, *kept]) * 1.5)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_yticks(range(len(_WORDS)), list(_WORDS.values()))
    axes.set_ylim(len(_WORDS) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("Ratio")
    plain(axes)
    axes.grid(False, axis="y")
    count = max(each["n_models"] for each in scores.values())
    title = f"{count} models inverted: median, its 95 % interval (thick), 5 to 95 % (thin)"
    axes.set_title(title, loc="left", fontsize="medium")
    return figure


def _line(axes: Axes, row: int, score: Score) -> None:
    if score["median"] is None:
        axes.text(0.5, row, "none judged", transform=axes.get_yaxis_transform(), ha="center", va="center")
        return
    for ends, width in (((score["p5"], score["p95"]), 1.2), (score["interval"], 4.0)):
        low, high = (_clip(each) for each in ends)
        axes.hlines(row, low, high, color="#222222", linewidth=width)
    axes.plot(_clip(score["median"]), row, "o", color="#D55E00", markersize=8)


def _clip(value: float | None) -> float:
    return np.nan if value is None else float(np.clip(value, *_RANGE))


def has_inversions(summary: Mapping[str, Any]) -> bool:
    """Whether any inversion was judged."""
    scores: Sequence[Score] = summary["scores"]
    return any(each["part"] == "consequence" and each["n"] for each in scores)
