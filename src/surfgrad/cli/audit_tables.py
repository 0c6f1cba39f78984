"""An audit on a terminal: verdicts by wave, parameter and band, and what lies behind them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from surfgrad.audit.record import AuditRecord

# Short words beside the colours, so that the table reads without them.
_MARKS = {
    "PASS": ("green", "pass"),
    "MARGINAL": ("yellow", "marg"),
    "FAIL": ("red", "FAIL"),
    "CANNOT JUDGE": ("dim", "n/a"),
}


def print_audit(record: "AuditRecord", written: str) -> None:
    """Print verdict tables, exclusions and the overall verdict."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(_kernel_table(record))
    console.print(_value_table(record))
    for line in _notes(record, written):
        console.print(line, soft_wrap=True)


def _mark(verdict: str, value: float | None, digits: str = ".3g") -> str:
    style, word = _MARKS[verdict]
    number = "" if value is None else f" {value:{digits}}"
    return f"[{style}]{word}{number}[/]"


def _bands(record: "AuditRecord") -> list[str]:
    return list(dict.fromkeys(row["band"] for row in record.rows))


def _kernel_table(record: "AuditRecord") -> "Table":
    """Median relative L2 error of the kernel profile, half-space apart in brackets when it is worse than passing."""
    from rich.table import Table

    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), title_justify="left")
    table.title = "Kernels: median relative L2 error by period band, s"
    table.add_column("wave")
    table.add_column("d c / d")
    for band in _bands(record):
        table.add_column(band, justify="right", no_wrap=True)
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in record.rows:
        rows.setdefault((row["wave"], row["parameter"]), []).append(row)
    for (wave, parameter), entries in rows.items():
        table.add_row(wave, parameter, *(_mark(row["verdict"], row["relative_l2"]["median"]) for row in entries))
        half = [_mark(row["halfspace_verdict"], row["halfspace_error"]) for row in entries]
        table.add_row("", "[dim]half-space[/]", *half)
    return table


def _value_table(record: "AuditRecord") -> "Table":
    from rich.table import Table

    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), title_justify="left")
    table.title = "Velocities: mean absolute error, km/s"
    table.add_column("wave")
    table.add_column("all", justify="right")
    for band in _bands(record):
        table.add_column(band, justify="right", no_wrap=True)
    for wave, each in record.summary["values"]["waves"].items():
        cells = [_mark(entry["verdict"], entry["mae_km_s"]) for entry in [each["overall"], *each["bands"]]]
        table.add_row(wave, *cells)
    return table


def _notes(record: "AuditRecord", written: str) -> list[str]:
    summary = record.summary
    verdict, values = summary["verdict"], summary["values"]["overall"]
    left_out = {name: count for name, count in values["n_excluded"].items() if count}
    lines = [f"{values['n']} velocities of {summary['n_models']} models judged"]
    lines += [f"left out: {count} {name}: {summary['exclusion_reasons'][name]}" for name, count in left_out.items()]
    if values["n_invented"]:
        lines.append(f"{values['n_invented']} velocities given where the mode is not trapped")
    if summary["training_overlap"]["state"] == "OVERLAP":
        lines.append(f"[red]not a test[/]: {summary['training_overlap']['why']}")
    parts = ", ".join(f"{part} {verdict[part]}" for part in ("kernels", "halfspace", "values", "identities"))
    lines.append(f"[bold {_MARKS[verdict['overall']][0]}]{verdict['overall']}[/]: {parts}")
    if verdict["failed_metrics"]:
        lines.append(f"metrics that fail somewhere: {', '.join(verdict['failed_metrics'])}")
    return [*lines, f"written: {written}"]
