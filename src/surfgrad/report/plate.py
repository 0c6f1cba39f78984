"""A figure of the report before it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Plate:
    """A figure to be drawn: `section` of the page, `name` for its file, `caption`, and how to draw it."""

    section: str
    name: str
    caption: str
    draw: Callable[[], Figure]
