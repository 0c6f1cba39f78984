"""The formats' names, how one is told, and the units each can hold."""

from collections.abc import Sequence
from pathlib import Path

from surfgrad.earth.formats.csv import is_csv
from surfgrad.earth.formats.geopsy import is_geopsy
from surfgrad.errors import FormatError, UsageError
from surfgrad.text import content_lines, one_line, shorten
from surfgrad.units import KM, SI, Units

UNITS = {"model96": (KM,), "csv": (KM, SI), "geopsy": (SI,), "nd": (KM,), "tvel": (KM,)}
"""Format -> units that its numbers can be in."""
SAMPLED = ("nd", "tvel")
"""Formats that samples in depth are given in: told by the file's name, since their first lines may say anything."""


def check_format(name: str) -> str:
    """The name; raises UsageError where there is no such format."""
    if name not in UNITS:
        raise UsageError(f"format: {name!r} given; {', '.join(UNITS)} are allowed")
    return name


def check_units(name: str, units: Units, path: str | Path) -> None:
    """Raise UsageError where numbers in these units cannot stand in such a file."""
    if units not in UNITS[name]:
        system = UNITS[name][0]
        fixed = f"{system.length}, {system.velocity}, {system.density}"
        raise UsageError(f"{path}: units={units.name!r} given; a {name} file is in {fixed}: units={system.name!r}")


def format_of(lines: Sequence[str], path: str | Path) -> str:
    """The format of a file, by its ending (.nd, .tvel) or its first line; FormatError where it is none of ours."""
    suffix = Path(path).suffix.lower().lstrip(".")
    if suffix in SAMPLED:
        return suffix
    if lines[0].strip().upper().startswith("MODEL"):
        return "model96"
    line, first = next(content_lines(lines), (1, ""))
    if is_csv(first):
        return "csv"
    if is_geopsy(lines):
        return "geopsy"
    known = "a model96 file begins with MODEL, a CSV with thickness_km,vp_km_s,vs_km_s,rho_g_cm3, "
    known += "a Geopsy model with a number of layers; TauP's end in .nd or .tvel"
    raise FormatError(f"{path}, line {line}: {one_line(shorten(first.strip(), 40))!r} given; {known}")
