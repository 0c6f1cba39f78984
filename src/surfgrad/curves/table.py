"""Observations as a table: CSV with a heading, or bare columns that the caller names.

Columns, in any order: `period_s` or `frequency_hz`; `velocity_km_s` (as SI `velocity_m_s`) or `ellipticity`, or both,
of which each row fills the one of its kind; and, or not, `sigma_km_s` (`sigma_m_s`), `sigma_ellipticity`, `wave`,
`kind`, `mode`, and `status`, which this project's own curves have and which is not looked at. A sigma that is empty or
nan is not given.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from surfgrad.curves.rows import NONE, Row
from surfgrad.curves.said import Said, mode_number
from surfgrad.decimals import EXACT, power, shifted
from surfgrad.errors import UsageError
from surfgrad.text import check_commas, column_names, content_lines, digits, fail, heading_words, shorten
from surfgrad.units import KM, SI, Units

TIMES = ("period_s", "frequency_hz")
SKIP = "-"
"""Stands for a column that is not looked at, where the caller names them."""
_PLAIN = ("wave", "kind", "mode", "ellipticity", "sigma_ellipticity", "status")


@dataclass(frozen=True)
class Columns:
    """The columns of a table, each with its place; `units` are those of the velocities; `named`: by the caller."""

    names: tuple[str, ...]
    units: Units
    named: bool = False

    @property
    def velocity(self) -> str:
        """The name of the velocities' column."""
        return self.units.column("velocity", self.units.velocity)

    @property
    def sigma(self) -> str:
        """The name of their standard deviations' column."""
        return self.units.column("sigma", self.units.velocity)

    def fault(self) -> str | None:
        """What is wrong with the names, or None."""
        allowed = (*TIMES, self.velocity, self.sigma, *_PLAIN)
        other = Columns(self.names, SI if self.units == KM else KM)
        for name in self.names:
            if name in (other.velocity, other.sigma):
                return f"column {name} given; units={other.units.name!r} reads it, not {self.units.name!r}"
            if name not in allowed and not (name == SKIP and self.named):
                return f"column {shorten(name)!r} given; {', '.join(allowed)} are allowed"
            if name != SKIP and self.names.count(name) > 1:
                return f"column {name} given {self.names.count(name)} times; once is allowed"
        if sum(name in TIMES for name in self.names) != 1:
            return f"columns {','.join(self.names)} given; one of {' and '.join(TIMES)} is needed"
        if self.velocity not in self.names and "ellipticity" not in self.names:
            return f"columns {','.join(self.names)} given; {self.velocity} or ellipticity is needed"
        return None


def is_csv(line: str) -> bool:
    """Whether a first line is the heading of such a table, right or nearly so."""
    names = heading_words(line)
    return len(names) > 1 and any(name.startswith(("period", "frequency", "velocity", "ellipticity")) for name in names)


def parse_csv(lines: Sequence[str], path: str | Path, units: Units, said: Said) -> list[Row]:
    """The rows of a CSV, blank and # lines skipped; FormatError names what is wrong by line."""
    content = content_lines(lines)
    line, first = next(content, (1, ""))
    columns = Columns(column_names(first), units)
    fault = columns.fault()
    if fault is not None:
        check_commas(first, path, line)
        fail(path, line, fault)
    return [row for line, text in content if (row := _row(text.split(","), columns, path, line, said))]


def parse_columns(lines: Sequence[str], path: str | Path, units: Units, said: Said, names: str) -> list[Row]:
    """The rows of a table without heading, between blanks or commas; `names` with commas, - for a column to skip."""
    columns = Columns(tuple(name.strip() for name in names.split(",")), units, named=True)
    fault = columns.fault()
    if fault is not None:
        raise UsageError(f"columns: {fault}")
    cells = ((line, text.split(",") if "," in text else text.split()) for line, text in content_lines(lines))
    return [row for line, each in cells if (row := _row(each, columns, path, line, said))]


def _row(cells: Sequence[str], columns: Columns, path: str | Path, line: int, said: Said) -> Row | None:
    """The observation in the cells of a line; None where its value is one that stands for a missing one."""
    if len(cells) != len(columns.names):
        fail(path, line, f"{len(cells)} values given; {len(columns.names)} are allowed: {','.join(columns.names)}")
    by_name = {name: cell.strip() for name, cell in zip(columns.names, cells, strict=True) if name != SKIP}
    kind = by_name.get("kind") or said.kind or (None if columns.velocity in by_name else "ellipticity")
    ratio = kind == "ellipticity"
    value_name, sigma_name = ("ellipticity", "sigma_ellipticity") if ratio else (columns.velocity, columns.sigma)
    _check_only(by_name, value_name, sigma_name, path, line)
    shift = 0 if ratio else -power(columns.units)
    sigma_text = by_name.get(sigma_name, "")
    given = sigma_text.lower() not in ("", "nan")
    sigma = shifted(digits(sigma_text, sigma_name, path, line), shift) if given else math.nan
    mode = mode_number(by_name["mode"], path, line) if by_name.get("mode") else None
    period = _period(by_name, path, line)
    text = by_name[value_name]
    if said.is_missing(text):
        return None
    if text.lower() == "nan":
        fail(path, line, f"{value_name} is {text!r}; a finite number is allowed{NONE}")
    value = shifted(digits(text, value_name, path, line), shift)
    return Row(line, by_name.get("wave") or None, kind, mode, period, value, sigma)


def _check_only(cells: Mapping[str, str], value: str, sigma: str, path: str | Path, line: int) -> None:
    """A row fills the value of its kind, and not that of the other."""
    if value not in cells:
        fail(path, line, f"no column {value} given; it is needed for this kind")
    for name, cell in cells.items():
        if name.startswith(("velocity", "ellipticity", "sigma")) and name not in (value, sigma) and cell:
            fail(path, line, f"{name} is {shorten(cell)!r} beside {value}; an empty cell is allowed for this kind")


def _period(cells: Mapping[str, str], path: str | Path, line: int) -> float:
    if "period_s" in cells:
        return float(digits(cells["period_s"], "period_s", path, line))
    text = digits(cells["frequency_hz"], "frequency_hz", path, line)
    if not float(text) > 0.0:
        fail(path, line, f"frequency_hz is {text}; a number above 0 is allowed")
    return period_of(Decimal(text))


def period_of(frequency: Decimal) -> float:
    """1/f, rounded to a double once."""
    return float(EXACT.divide(Decimal(1), frequency))
