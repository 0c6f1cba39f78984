"""Many periods in one panel: which to draw, and their colours."""

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, ListedColormap, LogNorm, Normalize
from matplotlib.figure import Figure

_MOST_CURVES = 8
"""More would hide one another; of more periods, at most this many are drawn, spread evenly in log period."""


def shown_periods(periods: np.ndarray) -> np.ndarray:
    """Positions, sorted by period, of the periods to draw."""
    order = np.argsort(periods, kind="stable")
    if len(order) <= _MOST_CURVES:
        return order
    logs = np.log(periods[order])
    wanted = np.linspace(logs[0], logs[-1], _MOST_CURVES)
    return order[np.unique(np.abs(logs[:, None] - wanted).argmin(axis=0))]


def period_colours(periods: np.ndarray) -> tuple[Normalize, Colormap]:
    """Where each period lies in a colour map, on a log scale, and the map."""
    from cmcrameri import cm

    # The palest end of the map would vanish on white paper.
    colours = ListedColormap(cm.batlow(np.linspace(0.0, 0.86, 256)))
    low, high = float(periods.min()), float(periods.max())
    return (LogNorm(low, high) if high > low else LogNorm(low / 1.5, high * 1.5)), colours


def add_colourbar(figure: Figure, panels: np.ndarray, norm: Normalize, colours: Colormap, periods: np.ndarray) -> None:
    """A colour bar of periods, s, beside the panels."""
    bar = figure.colorbar(
        ScalarMappable(norm, colours),
        ax=panels,
        aspect=30,
        pad=0.02,
        shrink=min(1.0, 1.5 / len(panels)),
        anchor=(0.0, 1.0),
    )
    bar.set_label("Period (s)")
    bar.set_ticks([float(period) for period in periods], labels=[f"{period:g}" for period in periods])
    bar.minorticks_off()
