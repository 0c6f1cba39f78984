"""Model file formats, one a file, told apart by content."""

from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.earth.formats.text import read_lines
from surfgrad.errors import FormatError

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel


def read_model(path: str | Path) -> "EarthModel":
    """The model in a model96 file (first line MODEL...) or a CSV (first line thickness_km,vp_km_s,vs_km_s,rho_g_cm3).

    Raises UsageError where the file cannot be opened, FormatError naming file and line for what is wrong inside.
    """
    from surfgrad.earth.formats.csv import COLUMNS, parse_csv
    from surfgrad.earth.formats.model96 import parse_model96

    lines = read_lines(path)
    first = lines[0].strip() if lines else ""
    if first.upper().startswith("MODEL"):
        return parse_model96(lines, path).model()
    if first.replace(" ", "").lower().split(",")[0] == COLUMNS[0]:
        return parse_csv(lines, path)
    given = first if len(first) <= 40 else first[:37] + "..."
    raise FormatError(
        f"{path}, line 1: {given!r} given; a model96 file begins with MODEL, a CSV with {','.join(COLUMNS)}"
    )


def write_model(model: "EarthModel", path: str | Path) -> None:
    """Write CSV where the name ends in .csv, else model96; whole or not at all."""
    from surfgrad.earth.formats.csv import write_csv
    from surfgrad.earth.formats.model96 import Model96, write_model96

    if Path(path).suffix.lower() == ".csv":
        write_csv(model, path)
    else:
        write_model96(Model96.from_model(model), path)
