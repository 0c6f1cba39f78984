"""Kernels of one model, exact and learned."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.earth.grid import tops
from surfgrad.report.audit.ink import EXACT, FILL, LEARNED, NAMES
from surfgrad.report.axes import plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.kernels import round_number
from surfgrad.report.figures.panels import label_below, panel_grid
from surfgrad.report.figures.staircase import staircase
from surfgrad.report.names import SYMBOLS

if TYPE_CHECKING:
    import xarray as xr

_ROOM = 3.0
"""A learned kernel's spikes may widen an axis to this many times the exact one's largest value, and no further."""


def plot_example(arrays: "xr.Dataset", example: int) -> Figure:
    """A row for each wave and parameter that has a kernel, a column for each period; grey: exact.

    `arrays`: arrays.nc of an audit, of which `example` (by position) is drawn. The half-space, judged apart, is not.
    """
    one = arrays.isel(example=example)
    real = one["example_mask"].values.astype(bool)
    steps = tops(one["example_thickness"].values[real])
    rows = [
        (wave, parameter)
        for wave in arrays["wave"].values.astype(str)
        for parameter in arrays["parameter"].values.astype(str)
        if np.abs(_kernel(one, "exact_kernel", wave, parameter, real)).max(initial=0.0) > 0
    ]
    periods = arrays["example_period"].values
    figure, grid = panel_grid(len(rows), len(periods), 1.7, top=0.7, between=0.32, sharey=True)
    for line, (wave, parameter) in enumerate(rows):
        exact, learned = (_kernel(one, name, wave, parameter, real) for name in ("exact_kernel", "kernel"))
        errors = one["example_relative_l2"].sel(wave=wave, parameter=parameter).values
        for column, period in enumerate(periods):
            _draw(grid[line, column], exact[column], learned[column], steps, float(errors[column]))
            if line == 0:
                grid[line, column].set_title(f"T = {period:g} s", fontsize="medium")
        grid[line, 0].set_ylabel(f"{NAMES[wave]} {SYMBOLS[parameter]}\nDepth (km)")
    root_depth(grid[0, 0], float(steps[-1]))
    label_below(figure, "Kernel per layer: velocity per km/s ($V_S$, $V_P$) or per g/cm$^3$ (density)")
    handles, labels = grid[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper center", ncols=2, frameon=False)
    return figure


def _kernel(one: "xr.Dataset", name: str, wave: str, parameter: str, real: np.ndarray) -> np.ndarray:
    """(Q, L - 1), NaN as 0 where all of a kernel is missing is drawn as nothing."""
    kernel = one[f"example_{name}"].sel(wave=wave, parameter=parameter).values[:, real][:, :-1]
    return np.nan_to_num(kernel) if name == "exact_kernel" else kernel


def _largest_tick(low: float, high: float) -> float:
    """A round number on the longer side of zero."""
    size = max(high, -low)
    return 1.0 if size <= 0 else round_number(size) * (1.0 if high >= -low else -1.0)


def _draw(axes: Axes, exact: np.ndarray, learned: np.ndarray, steps: np.ndarray, error: float) -> None:
    staircase(axes, exact, steps, fill=True, baseline=0, color=FILL, label="exact")
    staircase(axes, learned, steps, color=LEARNED, linewidth=1.1, label="under judgement")
    axes.axvline(0, color=EXACT, linewidth=0.5)
    axes.tick_params(labelsize="x-small")
    plain(axes)
    room = _ROOM * max(float(np.abs(exact).max()), 1e-12)
    shown = np.concatenate([exact, learned[np.isfinite(learned)], [0.0]])
    low, high = max(float(shown.min()), -room), min(float(shown.max()), room)
    margin = 0.06 * max(high - low, 1e-12)
    axes.set_xlim(low - margin, high + margin)
    axes.set_xticks([0.0, _largest_tick(low, high)])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    words = "none" if not np.isfinite(learned).any() else f"{error:.2f}" if np.isfinite(error) else ""
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.0}
    axes.text(0.97, 0.04, words, transform=axes.transAxes, ha="right", fontsize="small", bbox=box)
