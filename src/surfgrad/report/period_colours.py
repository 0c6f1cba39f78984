"""Many periods in one panel: which to draw, and their colours, by period, frequency or wavelength."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, ListedColormap, LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from surfgrad.errors import UsageError
from surfgrad.report.abscissa import abscissa, axis_label
from surfgrad.report.axes import log_locator
from surfgrad.units import Units

if TYPE_CHECKING:
    import xarray as xr

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


def places(data: "xr.Dataset", axis: str) -> "xr.DataArray":
    """Where each (wave, mode, period) of a dataset lies along `axis`, by which it is coloured.

    A wavelength is the variable `wavelength` of `data`; raises UsageError where it is not there, or for another axis.
    """
    if axis == "wavelength":
        if "wavelength" not in data:
            raise UsageError("axis: 'wavelength' given for a dataset without the variable wavelength")
        return data["wavelength"]
    along = data["period"].copy(data=abscissa(data["period"].values, axis))
    return along.broadcast_like(data["wave"]).broadcast_like(data["mode"])


def period_colours(values: np.ndarray) -> tuple[Normalize, Colormap]:
    """Where each value lies in a colour map, on a log scale, and the map; NaN (no mode, no wavelength) is nowhere."""
    from cmcrameri import cm

    # The palest end of the map would vanish on white paper.
    colours = ListedColormap(cm.batlow(np.linspace(0.0, 0.86, 256)))
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (1.0, 10.0)
    return (LogNorm(low, high) if high > low else LogNorm(low / 1.5, high * 1.5)), colours


def add_colourbar(
    figure: Figure, panels: np.ndarray, norm: Normalize, colours: Colormap, periods: np.ndarray, axis: str, units: Units
) -> None:
    """A colour bar of periods, frequencies or wavelengths beside the panels; `periods`, s, are those drawn."""
    bar = figure.colorbar(
        ScalarMappable(norm, colours),
        ax=panels,
        aspect=30,
        pad=0.02,
        shrink=min(1.0, 1.5 / len(panels)),
        anchor=(0.0, 1.0),
    )
    bar.set_label(axis_label(axis, units))
    if axis == "wavelength":  # each panel has its own
        bar.locator = log_locator(float(norm.inverse(0.0)), float(norm.inverse(1.0)))
        bar.formatter = FuncFormatter(lambda value, _: f"{value:g}")
        bar.update_ticks()
    else:
        ticks = [float(each) for each in abscissa(periods, axis)]
        bar.set_ticks(ticks, labels=[f"{tick:.4g}" for tick in ticks])
    bar.minorticks_off()
