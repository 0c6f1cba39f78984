"""The curves of many points in one CSV: columns as in `surfgrad.curves.table` and one more, `point`, of their names."""

import math
from collections.abc import Sequence
from pathlib import Path

from surfgrad.curves.observed import ObservedCurves
from surfgrad.curves.rows import Row, curves_of_rows
from surfgrad.curves.said import Said
from surfgrad.curves.table import parse_csv
from surfgrad.text import column_names, content_lines, fail, one_line, read_lines
from surfgrad.units import unit_system

POINT = "point"
Points = list[tuple[str, ObservedCurves]]


def has_points(lines: Sequence[str]) -> bool:
    """Whether the heading of a CSV has the column."""
    return POINT in column_names(next(content_lines(lines), (1, ""))[1])


def read_points(path: str | Path, *, units: str = "km", said: Said | None = None) -> Points:
    """(name, its observations) of each point, in the order in which they first occur; rows may come in any order.

    `units`, `said`: as in `surfgrad.curves.reading`; by default a sigma of 0 is one not given, and nan stands for no
    value. Raises UsageError and FormatError as there.
    """
    lines, system = read_lines(path), unit_system(units)
    said = said or Said(missing=math.nan, zero_sigma=math.nan)
    first, heading = next(content_lines(lines), (1, ""))
    if not has_points(lines):
        fail(path, first, f"no column {POINT} given; it is needed to tell the points apart")
    at, width = column_names(heading).index(POINT), heading.count(",")
    name_of: dict[int, str] = {}
    bare = list(lines)
    for line, text in content_lines(lines):
        cells = text.split(",")
        if len(cells) != width + 1:
            fail(path, line, f"{len(cells)} values given; {width + 1} are allowed: {heading.strip()}")
        name_of[line] = one_line(cells.pop(at))
        if not name_of[line]:
            fail(path, line, f"{POINT} is empty; a name is allowed")
        bare[line - 1] = ",".join(cells)
    by_name: dict[str, list[Row]] = {}
    for row in parse_csv(bare, path, system, said):
        by_name.setdefault(name_of[row.line], []).append(row)
    if not by_name:
        fail(path, first, "no observations given; at least one is allowed")
    return [(name, curves_of_rows(rows, path, system, said)) for name, rows in by_name.items()]
