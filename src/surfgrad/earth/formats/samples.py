"""Rows of velocity models that are sampled in depth: .nd and .tvel files."""

import math
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from surfgrad.text import digits, fail

COLUMNS = ("depth (km)", "vp (km/s)", "vs (km/s)", "density (g/cm3)", "Qp", "Qs")
_QUALITY = "0 (none), or 1 and above"
_ALLOWED = ("0 and above", "above 0", "0 (fluid) and above", "above 0", _QUALITY, _QUALITY)


@dataclass(frozen=True)
class Sample:
    """One row of a file: depth, km, as printed; `values` vp, vs, rho, km/s, km/s, g/cm3."""

    line: int
    depth: Decimal
    values: tuple[float, float, float]


def without_comment(text: str) -> str:
    """A line up to # or //, as TauP reads both of its formats."""
    return text.partition("#")[0].partition("//")[0].strip()


def parse_sample(text: str, path: str | Path, line: int) -> Sample:
    """The sample in a row of 4 to 6 numbers; Q is checked and left out. FormatError names what is wrong."""
    cells = text.split()
    if not 4 <= len(cells) <= len(COLUMNS):
        without = " (waves need a density)" if len(cells) == 3 else ""
        fail(path, line, f"{len(cells)} values given{without}; 4 to 6 are allowed: {', '.join(COLUMNS)}")
    texts = [digits(cell, name, path, line) for cell, name in zip(cells, COLUMNS, strict=False)]
    values = [float(each) for each in texts]
    for name, value, allowed in zip(COLUMNS, values, _ALLOWED, strict=False):
        least = 1.0 if name.startswith("Q") else math.ulp(0.0)
        if not (value >= least or (value == 0.0 and allowed.startswith("0"))):
            fail(path, line, f"{name} is {value:g}; {allowed} is allowed")
    return Sample(line, Decimal(texts[0]) if values[0] else Decimal(0), (values[1], values[2], values[3]))
