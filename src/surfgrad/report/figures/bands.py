"""Relative L2 error of the kernels by period band."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import plain
from surfgrad.report.figures.palette import colour
from surfgrad.report.figures.panels import legend_above, legend_room, panel_grid
from surfgrad.report.names import SYMBOLS, WAVES
from surfgrad.report.networks import apart

Row = Mapping[str, Any]
_LIMITS = (0.003, 120.0)
"""Drawn range; an error beyond it is drawn at the edge as an arrow."""


def plot_bands(rows: Sequence[Row], titles: Mapping[str, str], limits: tuple[float, float]) -> Figure:
    """Median (dot) to 95th percentile (bar end): a row per wave and parameter, a column per test set.

    `rows`: the summary's rows. `titles`: set -> what to call it. `limits`: passing and marginal relative L2.
    """
    pairs = _ordered((row["wave"], row["parameter"]) for row in rows if row["relative_l2"]["median"] is not None)
    sets = [name for name in titles if any(row["test_set"] == name for row in rows)]
    surrogates = _ordered(row["surrogate"] for row in rows)
    bands = _ordered(row["band"] for row in rows)
    top = 0.32 + legend_room(len(surrogates), most=3)
    figure, grid = panel_grid(max(len(pairs), 1), len(sets), 1.15, top=top, sharex=True, sharey=True)
    for line, (wave, parameter) in enumerate(pairs):
        for column, name in enumerate(sets):
            chosen = [r for r in rows if (r["wave"], r["parameter"], r["test_set"]) == (wave, parameter, name)]
            _draw(grid[line, column], chosen, surrogates, bands, limits)
        grid[line, 0].set_ylabel(f"{WAVES[wave]} {SYMBOLS[parameter]}\nrelative $L_2$")
    for column, name in enumerate(sets):
        grid[0, column].set_title(titles[name], fontsize="medium", loc="left")
        grid[-1, column].set_xlabel("Period band (s)")
    legend_above(figure, grid[0, 0], most=3)
    return figure


def _ordered(items: Any) -> list[Any]:
    return list(dict.fromkeys(items))


def _draw(
    axes: Axes, rows: Sequence[Row], surrogates: Sequence[str], bands: Sequence[str], limits: tuple[float, float]
) -> None:
    axes.axhspan(_LIMITS[0], limits[0], color="#dbe8f4", linewidth=0, zorder=0)
    axes.axhspan(limits[0], limits[1], color="#faf0d2", linewidth=0, zorder=0)
    for number, (name, words) in enumerate(apart(surrogates).items()):
        shift = min(0.26, 0.8 / len(surrogates)) * (number - 0.5 * (len(surrogates) - 1))
        own = {row["band"]: row["relative_l2"] for row in rows if row["surrogate"] == name}
        found = [own.get(band, {"median": None, "p95": None}) for band in bands]
        median, high = (np.array([_number(each[key]) for each in found]) for key in ("median", "p95"))
        look = {"marker": "os^D"[number % 4], "color": colour(name), "label": words}
        _draw_bars(axes, np.arange(len(bands)) + shift, median, high, look)
    axes.set_yscale("log")
    axes.set_ylim(*_LIMITS)
    axes.set_yticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    axes.set_xticks(range(len(bands)), bands, fontsize="small")
    axes.tick_params(axis="x", which="both", length=0)
    plain(axes)
    axes.grid(False, axis="x")


def _draw_bars(axes: Axes, at: np.ndarray, median: np.ndarray, high: np.ndarray, look: Mapping[str, Any]) -> None:
    ink = look["color"]
    axes.vlines(at, np.clip(median, *_LIMITS), np.clip(high, *_LIMITS), color=ink, linewidth=1.5)
    axes.plot(at, np.clip(median, *_LIMITS), linestyle="none", markersize=4.5, **look)
    beyond = high > _LIMITS[1]
    axes.plot(at[beyond], np.full(int(beyond.sum()), _LIMITS[1] * 0.85), "^", color=ink, markersize=3.5)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)
