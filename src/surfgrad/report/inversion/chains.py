"""Whether chains agree: traces and rank histograms of the coordinates that mix worst."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import INK, new_figure, plain
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.inversion.looks import warn
from surfgrad.report.inversion.reading import InversionRecord

if TYPE_CHECKING:
    import xarray as xr

_INKS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
WORST = 3
"""Coordinates that are drawn beside the log density."""


def plot_chains(record: InversionRecord) -> Figure:
    """Rows: the log density and the coordinates of largest R-hat. Left: draws in order; right: ranks, by chain."""
    chains, posterior = record.groups["chains"], record.groups["posterior"]
    names = [str(name) for name in chains["quantity"].values]
    scale = np.nan_to_num(chains["r_hat"].values[:-1], nan=np.inf)
    worst = np.argsort(-scale, kind="stable")[:WORST]
    figure = new_figure(PAGE, 1.0 + 1.7 * (1 + worst.size))
    grid = figure.subplots(1 + worst.size, 2, squeeze=False, width_ratios=(2.2, 1))
    for (left, right), place in zip(grid, [len(names) - 1, *worst.tolist()], strict=True):
        values = record.groups["sample_stats"]["lp"] if place == len(names) - 1 else posterior["x"][:, :, place]
        _draw_trace(left, values)
        _draw_ranks(right, chains["rank_counts"].values[:, place])
        r_hat, ess = float(chains["r_hat"][place]), float(chains["ess_bulk"][place])
        left.set_title(f"{names[place]}: R-hat {r_hat:.4f}, bulk ESS {ess:.0f}", fontsize="medium", loc="left")
    grid[-1, 0].set_xlabel("Draw")
    grid[-1, 1].set_xlabel("Rank among all draws")
    grid[0, 1].set_title("Alike in all chains: level", fontsize="medium", loc="left")
    warn(figure, record.doubtful)
    return figure


def _draw_trace(axes: Axes, values: "xr.DataArray") -> None:
    for number, chain in enumerate(values.values):
        axes.plot(chain, color=_INKS[number % len(_INKS)], linewidth=0.5, alpha=0.8)
    axes.set_xlim(0, max(values.shape[1] - 1, 1))
    plain(axes)


def _draw_ranks(axes: Axes, counts: np.ndarray) -> None:
    edges = np.linspace(0, counts.sum(), counts.shape[1] + 1)
    for number, chain in enumerate(counts):
        axes.stairs(chain, edges, color=_INKS[number % len(_INKS)], linewidth=1.1)
    axes.axhline(float(counts.mean()), color=INK, linestyle=":", linewidth=0.9)
    axes.set_xlim(0, float(edges[-1]))
    axes.set_ylim(0, None)
    axes.set_ylabel("Draws")
    plain(axes)
