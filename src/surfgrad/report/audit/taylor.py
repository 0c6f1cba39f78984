"""Taylor's test: what a step leaves of exact values when the learned slope is taken off."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from surfgrad.report.audit.ink import EXACT, LEARNED, NAMES
from surfgrad.report.axes import new_figure, plain

if TYPE_CHECKING:
    import xarray as xr


def plot_taylor(arrays: "xr.Dataset") -> Figure:
    """A panel for each wave: remainder over step with the learned and the exact slope, and guides of slope 1 and 2."""
    waves = [str(wave) for wave in arrays["wave"].values]
    figure = new_figure(9.0, 3.6)
    grid = figure.subplots(1, len(waves), squeeze=False, sharex=True, sharey=True)[0]
    step = arrays["taylor_step"].values
    for axes, wave in zip(grid, waves, strict=True):
        one = arrays.sel(wave=wave)
        floor = one["taylor_floor"].values
        for power, style in ((1, (0, (1, 2))), (2, (0, (5, 2)))):
            guide = floor[-1] * (step / step[-1]) ** power
            axes.plot(step, guide, color="#999999", linewidth=0.9, linestyle=style, label=f"slope {power}")
        axes.plot(step, floor, "-", color=EXACT, label="exact slope")
        axes.plot(
            step, one["taylor_remainder"].values, "o-", color=LEARNED, markersize=4, label="slope under judgement"
        )
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_title(NAMES[wave], loc="left", fontsize="medium")
        axes.set_xlabel("Step in ln $V_S$")
        plain(axes)
    shown = np.concatenate([arrays["taylor_floor"].values.ravel(), arrays["taylor_remainder"].values.ravel()])
    shown = shown[np.isfinite(shown) & (shown > 0)]
    if shown.size:
        grid[0].set_ylim(0.4 * float(shown.min()), 3 * float(shown.max()))
    grid[0].set_ylabel("Median remainder / $|J v|$")
    grid[0].legend(frameon=False, fontsize="small")
    return figure
