"""Figures as text inside a page."""

import base64
import io
import re

from matplotlib import rc_context
from matplotlib.figure import Figure

_OUTLINE = re.compile(r'(?<=\sd=")[^"]+')
_PIECE = re.compile(r"([A-Za-z])(?: (\S+) (\S+))?")
_DECIMALS = re.compile(r"(\.\d\d)\d+")


def svg(figure: Figure, name: str) -> str:
    """The figure as an SVG document; letters as outlines, so that it looks the same on every machine."""
    buffer = io.StringIO()
    # A fixed salt and no date: the same numbers make the same file.
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Title": name})
    return _OUTLINE.sub(_shortened, buffer.getvalue())


def _shortened(outline: re.Match[str]) -> str:
    """A path with hundredths of a point, which nobody sees, and a fraction of the bytes."""
    path = _DECIMALS.sub(r"\1", outline.group())
    pieces = _PIECE.findall(path)
    return _straight(pieces) if {command for command, _, _ in pieces} <= set("MLz") else path


def _straight(pieces: list[tuple[str, str, str]]) -> str:
    """Corners of lines; where only one coordinate changes, as at every step of a staircase, that one alone."""
    written, last = [], ("", "")
    for command, x, y in pieces:
        if command == "L" and x == last[0]:
            written.append(f"V{y}")
        elif command == "L" and y == last[1]:
            written.append(f"H{x}")
        else:
            written.append(f"{command}{x} {y}".rstrip())
        last = (x, y)
    return "".join(written)


def data_uri(document: str) -> str:
    """An SVG document as the source of an `<img>`: its identifiers cannot meet those of another one."""
    return "data:image/svg+xml;base64," + base64.b64encode(document.encode()).decode("ascii")
