"""The formats of models, and how one is told."""

from collections.abc import Sequence
from pathlib import Path

from surfgrad.earth.formats.csv import is_csv
from surfgrad.earth.formats.geopsy import is_geopsy
from surfgrad.format_names import Formats
from surfgrad.text import content_lines, fail, told
from surfgrad.units import KM, SI

FORMATS: Formats = {"model96": (KM,), "csv": (KM, SI), "geopsy": (SI,), "nd": (KM,), "tvel": (KM,)}
SAMPLED = ("nd", "tvel")
"""Formats that samples in depth are given in: told by the file's name, since their first lines may say anything."""


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
    fail(path, line, f"{told(first)} given; {known}")
