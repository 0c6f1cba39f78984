"""Reading observed curves from files of any format that is known."""

from collections.abc import Sequence
from pathlib import Path

from surfgrad.curves.geopsy import is_geopsy, parse_geopsy
from surfgrad.curves.kinds import FORMATS
from surfgrad.curves.observed import ObservedCurves
from surfgrad.curves.rows import curves_of_rows
from surfgrad.curves.said import Said
from surfgrad.curves.surf96 import is_surf96, parse_surf96
from surfgrad.curves.table import is_csv, parse_columns, parse_csv
from surfgrad.errors import UsageError
from surfgrad.format_names import check_format, check_format_units
from surfgrad.text import content_lines, fail, read_lines, told
from surfgrad.units import unit_system


def read_curves(
    path: str | Path,
    *,
    units: str = "km",
    format: str | None = None,
    wave: str | None = None,
    kind: str | None = None,
    mode: int | None = None,
    columns: str | None = None,
    missing: float | None = None,
    zero_sigma: float | None = None,
) -> ObservedCurves:
    """The observations in a SURF96, Geopsy or CSV file, or in a table whose columns the caller names.

    `units`: "km" (km/s) or "si" (m/s, s/m), what the file's numbers are in; a format or heading that says otherwise is
    refused, as are numbers that look otherwise. `format`: "surf96", "geopsy", "csv"; by default the first lines tell.
    `wave`, `kind`, `mode`: of all rows; needed where the file does not say them, must agree where it does.
    `columns`: names for a table without heading, with commas, `-` for one to skip (see `surfgrad.curves.table`).
    `missing`: rows with this value (NaN too) hold no observation and are left out. `zero_sigma`: what a sigma of 0
    stands for, in the file's units, NaN for one not given; by default 0 is refused. Raises UsageError for an option
    that is not allowed and a file that cannot be opened, FormatError naming file and line for what is wrong inside.
    """
    system, said = unit_system(units), Said(wave, kind, mode, missing, zero_sigma)
    name = None if format is None else check_format(format, FORMATS)
    if columns is not None and name is not None:
        raise UsageError(f"columns: given for format={name!r}; they are allowed for a table, without format=")
    lines = read_lines(path)
    if columns is not None:
        return curves_of_rows(parse_columns(lines, path, system, said, columns), path, system, said)
    name = name or format_of(lines, path)
    check_format_units(name, system, FORMATS, path)
    if name == "csv":
        rows = parse_csv(lines, path, system, said)
    else:
        rows = (parse_surf96 if name == "surf96" else parse_geopsy)(lines, path, said)
    return curves_of_rows(rows, path, system, said)


def format_of(lines: Sequence[str], path: str | Path) -> str:
    """The format of a file, by its first lines; FormatError where it is none of ours."""
    line, first = next(content_lines(lines), (1, ""))
    if is_surf96(first):
        return "surf96"
    if is_csv(first):
        return "csv"
    if is_geopsy(lines):
        return "geopsy"
    if first.lstrip().startswith("<"):
        fail(path, line, "an XML file given; text is allowed (save the curves as text)")
    known = "a SURF96 row begins with SURF96, a CSV with a heading, a Geopsy file says Slowness in a comment; "
    fail(path, line, f"{told(first)} given; {known}columns= names those of a bare table")
