"""Results on a terminal: curves as a table, statuses as sentences."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from surfgrad.cli.times import Times
from surfgrad.status import Status
from surfgrad.units import SI, Units

if TYPE_CHECKING:
    from surfgrad.records import Dispersion


def print_curves(curves: "Sequence[Dispersion]", times: Times, units: Units) -> None:
    """One row a period, s, one column a curve, km/s (or Hz and m/s); where there is no velocity, its status."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("frequency, Hz" if units == SI else "period, s", justify="right")
    for curve in curves:
        kind = "" if curve.kind == "phase" else f" {curve.kind}"
        table.add_column(f"{curve.wave} {curve.mode}{kind}", justify="right")
    for i, at in enumerate(times.frequencies if units == SI else times.periods):
        table.add_row(f"{at:g}", *(_cell(curve.velocity[i], int(curve.status[i]), units) for curve in curves))
    console = Console(highlight=False)
    console.print(table)
    for line in status_lines([curve.status for curve in curves]):
        console.print(line)


def _cell(velocity: float, status: int, units: Units) -> str:
    code = Status(status)
    if not code.has_value:
        return f"[dim]{code.name}[/]"
    number = f"{units.factor * velocity:.3f}" if units == SI else f"{velocity:.6f}"
    return number + ("" if code is Status.OK else f" {code.name}")


def print_rows(lines: Iterable[str]) -> None:
    """CSV lines, header first, as they are into a pipe; on a terminal as a table, numbers to six digits."""
    if not sys.stdout.isatty():
        print("\n".join(lines))
        return
    from rich.console import Console
    from rich.table import Table

    header, *rows = (line.split(",") for line in lines)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for name in header:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*map(_rounded, row))
    Console(highlight=False).print(table)


def _rounded(cell: str) -> str:
    try:
        return f"{float(cell):.6g}"
    except ValueError:
        return cell


def conclude(out: Path | None, plot: Path | None, statuses: Sequence[Any], what: str = "velocities") -> None:
    """Say what was written; on stderr where stdout holds the values themselves, which have their statuses beside."""
    if out is not None:
        print_summary(" and ".join(str(path) for path in (out, plot) if path is not None), statuses, what)
    elif plot is not None:
        print(f"{plot}: {_count(statuses)} {what}", file=sys.stderr)


def _count(statuses: Sequence[Any]) -> int:
    return sum(len(status.ravel()) for status in statuses)


def print_summary(written: str, statuses: Sequence[Any], what: str = "velocities") -> None:
    """What was written, and a sentence on every status beside OK."""
    print(f"{written}: {_count(statuses)} {what}")
    for line in status_lines(statuses):
        print(line)


def status_lines(statuses: Sequence[Any]) -> list[str]:
    """A line for each status other than OK that occurs: how often, and what it means."""
    codes = [int(code) for status in statuses for code in status.ravel()]
    others = sorted(set(codes) - {int(Status.OK)})
    return [f"{codes.count(code)} {Status(code).name}: {Status(code).advice}" for code in others]
