"""Singular values of the whitened Jacobian, and how well the learned one follows along each direction."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from surfgrad.report.audit.ink import EXACT, LEARNED, NAMES, limits_behind
from surfgrad.report.axes import new_figure, plain

if TYPE_CHECKING:
    import xarray as xr

_LEAST = 0.05
"""Smallest singular value drawn, over the noise."""


def plot_spectrum(summary: Mapping[str, Any], arrays: "xr.Dataset") -> Figure:
    """A column for each wave; above: signal to noise by rank, below: cosine along the exact singular vector."""
    waves = [str(wave) for wave in arrays["wave"].values]
    figure = new_figure(9.0, 5.2)
    grid = figure.subplots(2, len(waves), squeeze=False, sharex=True, sharey="row")
    rank = 1 + np.arange(arrays.sizes["rank"])
    limits = summary["thresholds"]["metrics"]["spectral_cosine"]
    noise = summary["further"]["options"]["noise"]
    for column, wave in enumerate(waves):
        one = arrays.sel(wave=wave)
        above, below = grid[0, column], grid[1, column]
        above.plot(rank, one["rank_singular"], "-", color=EXACT, label="exact")
        above.plot(rank, one["rank_learned_singular"], "o", color=LEARNED, markersize=3.5, label="under judgement")
        above.axhline(1.0, color="#777777", linewidth=1, linestyle=(0, (4, 2)), label=f"noise, {100 * noise:g} % of c")
        above.set_yscale("log")
        above.set_title(NAMES[wave], loc="left", fontsize="medium")
        below.plot(rank, one["rank_spectral_cosine"], "o", color=LEARNED, markersize=4)
        below.set_xlabel("Direction, most informative first")
        plain(above)
        plain(below)
    shown = int((arrays["rank_singular"].values > _LEAST).sum(axis=1).max())
    grid[0, 0].set_xlim(0.5, max(shown, 4) + 0.5)
    grid[0, 0].xaxis.set_major_locator(MaxNLocator(integer=True))
    largest = float(np.nanmax(arrays["rank_singular"].values, initial=10.0))
    grid[0, 0].set_ylim(_LEAST, 3 * largest)
    grid[0, 0].set_ylabel("Singular value / noise")
    cosines = arrays["rank_spectral_cosine"].values
    grid[1, 0].set_ylim(min(0.9, float(np.nanmin(cosines, initial=1.0)) - 0.02), 1.005)
    grid[1, 0].set_ylabel("Median cosine of $\\hat J v$ and $J v$")
    for axes in grid[1]:
        limits_behind(axes, limits["good"], limits["fair"], below=False)
    grid[0, 0].legend(frameon=False, fontsize="small")
    return figure
