"""Kernels of one model: the exact ones, and each surrogate's derivative on the same axes."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.palette import DERIVATIVES, EXACT, FILL, colour
from surfgrad.report.figures.panels import label_below, panel_grid
from surfgrad.report.figures.staircase import staircase

if TYPE_CHECKING:
    import xarray as xr

_ROOM = 3.0
"""A surrogate's spikes may widen an axis to this many times the exact kernel's range; beyond, they are cut."""


def plot_kernels_side_by_side(record: "xr.Dataset", wave: str, parameter: str) -> Figure:
    """A row per forward (the exact one first), a column per period; grey: the exact kernel, repeated.

    `record`: one set of kernels.nc: `kernel` (forward, wave, parameter, period, layer), `relative_l2` (forward, wave,
    parameter, period), `vs` and `depth_top` (layer). Each column has the same limits in every row.
    The half-space, judged apart, is not drawn: one layer without an end, it would dwarf the others.
    """
    kernels = record["kernel"].sel(wave=wave, parameter=parameter).isel(layer=slice(None, -1))
    marks = record["relative_l2"].sel(wave=wave, parameter=parameter)
    forwards = [str(name) for name in record["forward"].values]
    periods = record["period"].values
    steps = record["depth_top"].values
    figure, grid = panel_grid(len(forwards), len(periods), 2.15, sharex="col", sharey=True)
    for row, name in enumerate(forwards):
        for column, period in enumerate(periods):
            axes = grid[row, column]
            _draw(axes, kernels.sel(period=period), name, steps)
            _mark(axes, float(marks.sel(forward=name, period=period)), name)
        grid[row, 0].set_ylabel(f"{name}\nDepth (km)")
    root_depth(grid[0, 0], float(steps[-1]))
    for column, period in enumerate(periods):
        _limit(grid[0, column], kernels.sel(period=period).values)
        grid[0, column].set_title(f"T = {period:g} s", fontsize="medium")
    label_below(figure, DERIVATIVES[parameter])
    return figure


def _draw(axes: Axes, kernels: "xr.DataArray", name: str, steps: np.ndarray) -> None:
    exact = kernels.sel(forward="exact").values
    own = kernels.sel(forward=name).values
    staircase(axes, exact, steps, fill=True, baseline=0, color=FILL)
    ink = EXACT if name == "exact" else colour(name)
    staircase(axes, own, steps, color=ink, linewidth=1.1)
    axes.axvline(0, color=EXACT, linewidth=0.5)
    axes.tick_params(labelsize="small")
    plain(axes)
    if not np.isfinite(own).any():
        axes.text(0.5, 0.5, "not trapped", transform=axes.transAxes, ha="center", fontsize="small")


def _mark(axes: Axes, relative_l2: float, name: str) -> None:
    if name != "exact" and np.isfinite(relative_l2):
        words = f"{relative_l2:.2f}" if relative_l2 < 10 else f"{relative_l2:.0f}"
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.0}
        axes.text(0.97, 0.03, words, transform=axes.transAxes, ha="right", fontsize="small", bbox=box)


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
