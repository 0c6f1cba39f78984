"""Geopsy's dispersion curves as text: what gpdc and gpdcreport print, and what dinver saves of a target.

Rows frequency (Hz), slowness (s/m) and, or not, stddev, weight, valid. What stddev is, the heading line says:
`# | Frequency (Hz) | Slowness (s/m) | Stddev (s/m) | Weight |` (Geopsy 2: standard deviation of the slowness) or
`... | Stddev | ...` (Geopsy 3: a factor, 1 and above, by which the slowness is multiplied and divided). The sigma of a
velocity v is v sigma_s / s, to first order, or half the width of the band between v / f and v f. Comment lines of gpdc,
`# 1 Rayleigh dispersion mode(s)` and `# Mode 0`, say wave and mode; nothing says whether velocities are those of phase
or group, except this project's `# Rayleigh phase mode 0`.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from surfgrad.curves.rows import Row
from surfgrad.curves.said import Said
from surfgrad.curves.table import period_of
from surfgrad.decimals import EXACT
from surfgrad.text import digits, fail, number, shorten

HEADINGS = {
    "": "# | Frequency (Hz) | Slowness (s/m) |",
    "s/m": "# | Frequency (Hz) | Slowness (s/m) | Stddev (s/m) | Weight |",
    "factor": "# | Frequency (Hz) | Slowness (s/m) | Stddev | Weight |",
}
COLUMNS = ("frequency (Hz)", "slowness (s/m)", "stddev", "weight", "valid")
_CURVE = re.compile(r"#\s*(Rayleigh|Love) (phase|group) mode (\d{1,4})$", re.ASCII)
_WAVE = re.compile(r"#\s*\d+ (Rayleigh|Love) dispersion mode")
_MODE = re.compile(r"#\s*Mode (\d{1,4})$", re.ASCII)


@dataclass(frozen=True)
class _Context:
    """What the comments so far say of the rows to come."""

    wave: str | None = None
    kind: str | None = None
    mode: int | None = None
    stddev: str | None = None
    model: str | None = None


def is_geopsy(lines: Sequence[str]) -> bool:
    """Whether a comment says that slownesses or dispersion modes follow."""
    comments = (line.strip() for line in lines if line.lstrip().startswith("#"))
    return any("slowness" in each.lower() or _WAVE.match(each) or _CURVE.match(each) for each in comments)


def parse_geopsy(lines: Sequence[str], path: str | Path, said: Said) -> list[Row]:
    """The rows of a file; FormatError names what is wrong by line."""
    rows, context = [], _Context()
    for line, text in enumerate(lines, start=1):
        bare = text.strip()
        if bare.startswith("#"):
            context = _said_by(bare, context, path, line)
        elif bare:
            row = _row(bare.split(), context, path, line, said)
            rows += [row] if row else []
    return rows


def _said_by(comment: str, context: _Context, path: str | Path, line: int) -> _Context:
    if match := _CURVE.match(comment):
        return replace(context, wave=match[1].lower(), kind=match[2], mode=int(match[3]))
    if match := _WAVE.match(comment):
        return replace(context, wave=match[1].lower(), mode=None)
    if match := _MODE.match(comment):
        return replace(context, mode=int(match[1]))
    if "ellipticity mode" in comment:
        fail(path, line, "ellipticities given (their sign is not defined there); dispersion curves are allowed")
    if comment.lstrip("# ").startswith("Layered model"):
        if context.model not in (None, comment):
            fail(path, line, "curves of a second model given; those of one model are allowed")
        return replace(context, model=comment)
    if "|" in comment and "slowness" in comment.lower():
        return replace(context, stddev=_stddev(comment, path, line))
    return context


def _stddev(comment: str, path: str | Path, line: int) -> str:
    """What the stddev column of a heading holds."""
    names = [name.strip() for name in comment.strip("# |").split("|")]
    for held, heading in HEADINGS.items():
        known = [*(name.strip() for name in heading.strip("# |").split("|")), "Valid"]
        if len(names) >= 2 and names == known[: len(names)]:
            return held
    fail(path, line, f"heading {shorten(comment, 60)} given; {' or '.join(HEADINGS.values())} is allowed")


def _row(cells: Sequence[str], context: _Context, path: str | Path, line: int, said: Said) -> Row | None:
    """The sample in the cells of a line; None where its slowness is one that stands for a missing value."""
    if not 2 <= len(cells) <= len(COLUMNS):
        fail(path, line, f"{len(cells)} values given; 2 to {len(COLUMNS)} are allowed: {', '.join(COLUMNS)}")
    for cell, name in zip(cells[3:], COLUMNS[3:], strict=False):
        if number(cell, name, path, line) != 1.0:
            words = f"{name} is {shorten(cell)}; 1 is allowed"
            fail(path, line, f"{words} (leave out samples that are not valid; weigh by stddev)")
    period = period_of(_positive(cells[0], COLUMNS[0], path, line))
    if said.is_missing(cells[1]):
        return None
    slowness = _positive(cells[1], COLUMNS[1], path, line)
    sigma = _sigma(slowness, cells[2], context.stddev, path, line) if len(cells) > 2 else math.nan
    return Row(line, context.wave, context.kind, context.mode, period, velocity_of(slowness), sigma)


def _positive(cell: str, name: str, path: str | Path, line: int) -> Decimal:
    text = digits(cell, name, path, line)
    if not float(text) > 0.0:
        fail(path, line, f"{name} is {shorten(text)}; a number above 0 is allowed")
    return Decimal(text)


def _sigma(slowness: Decimal, cell: str, held: str | None, path: str | Path, line: int) -> float:
    text = digits(cell, COLUMNS[2], path, line)
    if not held:
        fail(path, line, f"a stddev given, and no heading that says of what; {HEADINGS['factor']} is allowed above")
    if held == "factor" and not float(text) >= 1.0:
        fail(path, line, f"stddev is {shorten(text)}; a factor of 1 and above is allowed")
    return sigma_of(slowness, held)(Decimal(text)) if float(text) else 0.0


def velocity_of(slowness: Decimal) -> float:
    """km/s, from s/m, rounded to a double once."""
    return float(EXACT.divide(Decimal(1), EXACT.multiply(Decimal(1000), slowness)))


def sigma_of(slowness: Decimal, held: str) -> Callable[[Decimal], float]:
    """The function from a stddev, "s/m" or "factor", to the sigma of the velocity, km/s, at a slowness, s/m."""
    inverse = EXACT.multiply(Decimal(1000), slowness)
    if held == "s/m":
        return lambda stddev: float(EXACT.divide(stddev, EXACT.multiply(inverse, slowness)))

    def from_factor(factor: Decimal) -> float:
        width = EXACT.subtract(factor, EXACT.divide(Decimal(1), factor))
        return float(EXACT.divide(width, EXACT.multiply(Decimal(2), inverse)))

    return from_factor
