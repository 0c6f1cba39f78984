"""Models as CSV: thickness_km,vp_km_s,vs_km_s,rho_g_cm3, one layer a row, the half-space last with thickness 0."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.earth.formats.layers import checked_model
from surfgrad.earth.formats.text import fail, number, shorten
from surfgrad.files import replacing

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

COLUMNS = ("thickness_km", "vp_km_s", "vs_km_s", "rho_g_cm3")


def parse_csv(lines: Sequence[str], path: str | Path) -> "EarthModel":
    """The model in the lines of a CSV; blank lines and # lines are skipped; FormatError names what is wrong by line."""
    heading = tuple(cell.strip().lower() for cell in lines[0].split(","))
    if heading != COLUMNS:
        fail(path, 1, f"columns {shorten(','.join(heading), 60)} given; {','.join(COLUMNS)} is allowed")
    rows: list[tuple[int, list[float]]] = []
    for line, text in enumerate(lines[1:], start=2):
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in text.split(",")]
        if len(cells) != len(COLUMNS):
            fail(path, line, f"{len(cells)} values given; {len(COLUMNS)} are allowed: {','.join(COLUMNS)}")
        rows.append((line, [number(cell, name, path, line) for cell, name in zip(cells, COLUMNS, strict=True)]))
    return checked_model(rows, path, Path(path).stem)


def write_csv(model: "EarthModel", path: str | Path) -> None:
    """Write the model with as many digits as make it come back to the last bit."""
    rows = zip(*(array.tolist() for array in model.arrays), strict=True)
    text = "\n".join([",".join(COLUMNS), *(",".join(repr(value) for value in row) for row in rows)]) + "\n"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
