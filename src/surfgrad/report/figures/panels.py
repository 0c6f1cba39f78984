"""A grid of many small panels, laid out in inches: for these, working the layout out costs more than drawing it."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.figures.palette import PAGE

_LEFT, _RIGHT, _BOTTOM = 0.85, 0.1, 0.62
_GAP = 0.14


def panel_grid(
    rows: int, columns: int, height: float, *, top: float = 0.32, between: float = _GAP, **shared: Any
) -> tuple[Figure, np.ndarray]:
    """A page-wide figure with `rows` x `columns` axes `height` inches high.

    `top`: room above them, `between`: room between rows, inches.
    """
    whole = rows * height + (rows - 1) * between + top + _BOTTOM
    figure = Figure(figsize=(PAGE, whole), dpi=150)
    width = (PAGE - _LEFT - _RIGHT - (columns - 1) * _GAP) / columns
    figure.subplots_adjust(
        left=_LEFT / PAGE,
        right=1 - _RIGHT / PAGE,
        bottom=_BOTTOM / whole,
        top=1 - top / whole,
        wspace=_GAP / width,
        hspace=between / height,
    )
    return figure, figure.subplots(rows, columns, squeeze=False, **shared)


def label_below(figure: Figure, text: str) -> None:
    """A label under the whole grid."""
    figure.supxlabel(text, fontsize="medium", x=0.5 + 0.5 * (_LEFT - _RIGHT) / PAGE, y=0.12 / figure.get_figheight())


def legend_above(figure: Figure, axes: Axes, most: int) -> None:
    """What the lines of `axes` are called, above the whole grid, up to `most` a line."""
    handles, labels = axes.get_legend_handles_labels()
    if handles:
        look = {"ncols": min(len(handles), most), "frameon": False, "fontsize": "small"}
        figure.legend(handles, labels, loc="upper center", **look)


def legend_room(entries: int, most: int) -> float:
    """Height of such a legend, inches."""
    return 0.12 + 0.2 * -(-entries // most)
