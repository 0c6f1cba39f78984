"""Figures as text inside a page."""

import base64
import io
import re

from matplotlib import rc_context
from matplotlib.figure import Figure

_OUTLINE = re.compile(r'(?<=\sd=")[^"]+')
_CURVED = re.compile("[CQ]")
"""After a curve's command further numbers would be read as those of another curve."""
_CORNER = re.compile(r"\s*\nL ")
_DECIMALS = re.compile(r"(\.\d\d)\d+")


def svg(figure: Figure, name: str) -> str:
    """The figure as an SVG document; letters as outlines, so that it looks the same on every machine."""
    buffer = io.StringIO()
    # A fixed salt and no date: the same numbers make the same file.
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Title": name})
    return _OUTLINE.sub(_shortened, buffer.getvalue())


def _shortened(outline: re.Match[str]) -> str:
    """A path with hundredths of a point, which nobody sees, and half the bytes; a line's corners follow one another."""
    path = _DECIMALS.sub(r"\1", outline.group())
    return path if _CURVED.search(path) else _CORNER.sub(" ", path)


def data_uri(document: str) -> str:
    """An SVG document as the source of an `<img>`: its identifiers cannot meet those of another one."""
    return "data:image/svg+xml;base64," + base64.b64encode(document.encode()).decode("ascii")
