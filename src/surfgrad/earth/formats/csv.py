"""Models as CSV: thickness, vp, vs, rho, one layer a row, the half-space last with thickness 0.

The heading says the units: thickness_km,vp_km_s,vs_km_s,rho_g_cm3 or, as SI, thickness_m,vp_m_s,vs_m_s,rho_kg_m3.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.decimals import power, shifted, shifted_text
from surfgrad.earth.formats.layers import checked_model
from surfgrad.files import replacing
from surfgrad.text import check_commas, column_names, content_lines, digits, fail, heading_words, shorten
from surfgrad.units import KM, SI, Units

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel


def columns(units: Units) -> tuple[str, ...]:
    """The four columns' names."""
    velocity = (units.column(name, units.velocity) for name in ("vp", "vs"))
    return (units.column("thickness", units.length), *velocity, units.column("rho", units.density))


def is_csv(line: str) -> bool:
    """Whether a first line is the heading of such a file, right or nearly so."""
    return (heading_words(line) or [""])[0].startswith("thickness")


def parse_csv(lines: Sequence[str], path: str | Path, units: Units = KM) -> "EarthModel":
    """The model in the lines of a CSV; blank lines and # lines are skipped; FormatError names what is wrong by line."""
    content = content_lines(lines)
    names = _checked_heading(*next(content, (1, "")), path, units)
    rows: list[tuple[int, list[float]]] = []
    for line, text in content:
        cells = [cell.strip() for cell in text.split(",")]
        if len(cells) != len(names):
            fail(path, line, f"{len(cells)} values given; {len(names)} are allowed: {','.join(names)}")
        texts = [digits(cell, name, path, line) for cell, name in zip(cells, names, strict=True)]
        rows.append((line, [shifted(each, -power(units)) for each in texts]))
    return checked_model(rows, path, Path(path).stem, units)


def _checked_heading(line: int, text: str, path: str | Path, units: Units) -> tuple[str, ...]:
    given, names = column_names(text), columns(units)
    for other in (KM, SI):
        if other != units and given == columns(other):
            fail(path, line, f"columns in {other.length} given; units={other.name!r} reads them, not {units.name!r}")
    if given != names:
        check_commas(text, path, line)
        fail(path, line, f"columns {shorten(text.strip(), 60)} given; {','.join(names)} is allowed")
    return names


def write_csv(model: "EarthModel", path: str | Path, units: Units = KM) -> None:
    """Write the model with as many digits as make it come back to the last bit."""
    rows = zip(*(array.tolist() for array in model.arrays), strict=True)
    lines = (",".join(shifted_text(value, power(units)) for value in row) for row in rows)
    text = "\n".join([",".join(columns(units)), *lines]) + "\n"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
