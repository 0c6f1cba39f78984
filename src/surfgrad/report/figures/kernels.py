"""Kernels of one model: the exact ones, and each surrogate's derivative on the same axes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from surfgrad.report.axes import plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.palette import DERIVATIVES, EXACT, FILL, colour, dashes
from surfgrad.report.figures.panels import label_below, panel_grid
from surfgrad.report.figures.staircase import staircase
from surfgrad.report.networks import WAYS, kind_of

if TYPE_CHECKING:
    import xarray as xr

_SAID = {"value": "values", "sobolev": "taught"}
_ROOM = 3.0
"""A surrogate's spikes may widen an axis to this many times the exact kernel's range; beyond, they are cut."""


def plot_kernels_side_by_side(record: "xr.Dataset", wave: str, parameter: str) -> Figure:
    """A row for the exact kernel, and one for each architecture and prior; a column per period; grey: the exact kernel.

    `record`: one set of kernels.nc: `kernel` (forward, wave, parameter, period, layer), `relative_l2` (forward, wave,
    parameter, period), `vs` and `depth_top` (layer). Each column has the same limits in every row. Networks that differ
    in what they were taught share a row. The half-space, judged apart, is not drawn: one layer without an end, it would
    dwarf the others.
    """
    kernels = record["kernel"].sel(wave=wave, parameter=parameter).isel(layer=slice(None, -1))
    marks = record["relative_l2"].sel(wave=wave, parameter=parameter)
    rows = _rows([str(name) for name in record["forward"].values])
    periods = record["period"].values
    steps = record["depth_top"].values
    height = 2.15 if len(rows) <= 5 else 1.6
    figure, grid = panel_grid(len(rows), len(periods), height, top=0.6, sharex="col", sharey=True)
    for line, (title, names) in zip(grid, rows.items(), strict=True):
        for axes, period in zip(line, periods, strict=True):
            _draw(axes, kernels.sel(period=period), names, steps)
            _mark(axes, [(name, float(marks.sel(forward=name, period=period))) for name in names])
        line[0].set_ylabel(f"{title}\nDepth (km)", fontsize="small")
    root_depth(grid[0, 0], float(steps[-1]))
    for axes, period in zip(grid[0], periods, strict=True):
        _limit(axes, kernels.sel(period=period).values)
        axes.set_title(f"T = {period:g} s", fontsize="medium")
    label_below(figure, DERIVATIVES[parameter])
    _key(figure, [name for names in rows.values() for name in names])
    return figure


def _rows(forwards: Sequence[str]) -> dict[str, list[str]]:
    """What a row is called -> its forwards."""
    rows: dict[str, list[str]] = {}
    for name in forwards:
        title = name if name == "exact" else f"{kind_of(name).architecture},\n{kind_of(name).prior}"
        rows.setdefault(title, []).append(name)
    return rows


def _key(figure: Figure, names: Sequence[str]) -> None:
    """What dashes stand for, above the grid."""
    ways = dict.fromkeys(kind_of(name).way for name in names if name != "exact")
    lines: dict[str, Any] = {WAYS["value"]: dashes("value"), WAYS["sobolev"]: dashes("sobolev")}
    handles = [Line2D([], [], color=EXACT, linestyle=lines.get(way, "-"), linewidth=1.1, label=way) for way in ways]
    figure.legend(handles=handles, loc="upper center", ncols=len(handles), frameon=False, fontsize="small")


def _draw(axes: Axes, kernels: "xr.DataArray", names: Sequence[str], steps: np.ndarray) -> None:
    staircase(axes, kernels.sel(forward="exact").values, steps, fill=True, baseline=0, color=FILL)
    for name in names:
        ink = EXACT if name == "exact" else colour(name)
        staircase(axes, kernels.sel(forward=name).values, steps, color=ink, linestyle=dashes(name), linewidth=1.1)
    axes.axvline(0, color=EXACT, linewidth=0.5)
    axes.tick_params(labelsize="small")
    plain(axes)
    if not np.isfinite(kernels.sel(forward=list(names)).values).any():
        axes.text(0.5, 0.5, "not trapped", transform=axes.transAxes, ha="center", fontsize="small")


def _mark(axes: Axes, errors: Sequence[tuple[str, float]]) -> None:
    """The errors in the corner: of several, each with the word for what was taught."""
    known = [(name, error) for name, error in errors if name != "exact" and np.isfinite(error)]
    words = [f"{error:.2f}" if error < 10 else f"{error:.0f}" for _, error in known]
    if len(errors) > 1:
        words = [f"{_SAID.get(kind_of(n).loss, '')} {each}" for (n, _), each in zip(known, words, strict=True)]
    if words:
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.0}
        axes.text(0.97, 0.03, "\n".join(words), transform=axes.transAxes, ha="right", fontsize="x-small", bbox=box)


def _limit(axes: Axes, kernels: np.ndarray) -> None:
    """Limits that hold the exact kernel (first row) and as much of the others as leaves it legible."""
    exact = kernels[0][np.isfinite(kernels[0])]
    every = kernels[np.isfinite(kernels)]
    if not exact.size or not np.ptp(every):
        return
    room = _ROOM * max(float(np.abs(exact).max()), 1e-12)
    low, high = max(float(every.min()), -room), min(float(every.max()), room)
    margin = 0.06 * (high - low)
    axes.set_xlim(low - margin, high + margin)
    axes.set_xticks([0.0, round_number(max(high, -low))])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")


def round_number(largest: float) -> float:
    """1, 2 or 5 times a power of ten, at most 0.9 of `largest`."""
    decade = 10.0 ** np.floor(np.log10(0.9 * largest))
    return float(decade * max(each for each in (1, 2, 5) if each * decade <= 0.9 * largest))
