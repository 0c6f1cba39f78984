"""Layerings side by side: for each layer the range of depth in which it may end."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from surfgrad.earth.near_surface.layering import Layering
from surfgrad.report.axes import INK, log_locator, new_figure, plain
from surfgrad.units import unit_system

_COLOURS = {"number": "#D55E00", "ratio": "#0072B2"}
_NAMES = {"number": "by number, {:g} layers", "ratio": "by ratio, {:g}"}


def plot_layerings(layerings: Sequence[Layering], *, units: str = "km", title: str = "") -> Figure:
    """A panel a layering, a bar a layer, over log depth downwards; below the dotted line nothing is resolved.

    `units`: "km" or "si", the unit that the layerings' lengths are in already; raises UsageError for others.
    """
    length = unit_system(units).length
    figure = new_figure(1.2 + 2.4 * len(layerings), 4.4)
    panels = figure.subplots(1, len(layerings), squeeze=False, sharey=True)[0]
    low, high = min(each.thinnest for each in layerings) / 1.3, max(each.resolution for each in layerings) * 1.3
    for axes, layering in zip(panels, layerings, strict=True):
        layers = np.arange(1, layering.n_layers + 1)
        reach = layering.bottom_max - layering.bottom_min
        axes.bar(layers, reach, 0.7, bottom=layering.bottom_min, color=_COLOURS[layering.method])
        axes.axhline(layering.resolution, color=INK, linewidth=0.9, linestyle=":")
        axes.set_title(_NAMES[layering.method].format(layering.parameter), fontsize="small")
        axes.set_xlabel("Layer")
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        plain(axes)
    panels[0].set_yscale("log")
    panels[0].set_ylim(high, low)
    panels[0].yaxis.set_major_locator(log_locator(low, high))
    panels[0].yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    panels[0].yaxis.set_minor_formatter(NullFormatter())
    panels[0].set_ylabel(f"Depth of the layer's bottom ({length})")
    figure.suptitle(" ".join(title.split()), fontsize="medium")
    return figure
