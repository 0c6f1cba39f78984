"""An audit on a terminal: verdicts by wave, parameter and band, and what lies behind them."""

from typing import TYPE_CHECKING, Any

from surfgrad.audit.further import PARTS as FURTHER_PARTS
from surfgrad.cli.audit_parts import part_tables
from surfgrad.cli.verdict_cell import MARKS, add_in_groups, cell, small_cell

if TYPE_CHECKING:
    from rich.table import Table

    from surfgrad.audit.record import AuditRecord

_IDENTITY_NAMES = {"love_vp": "vp unseen"}


def print_audit(record: "AuditRecord", written: str) -> None:
    """Print verdict tables, exclusions and the overall verdict."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(_kernel_table(record))
    console.print(_value_table(record))
    console.print(_identity_table(record))
    for each in part_tables(record):
        console.print(each, soft_wrap=isinstance(each, str))
    for line in _notes(record, written):
        console.print(line, soft_wrap=True)


def _table(record: "AuditRecord", title: str) -> "Table":
    """An empty table with a column of names and one for each band."""
    from rich.table import Table

    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0), title=title, title_justify="left")
    table.add_column("", no_wrap=True)
    for band in dict.fromkeys(row["band"] for row in record.rows):
        table.add_column(f"{band} s", justify="right", no_wrap=True)
    return table


def _kernel_table(record: "AuditRecord") -> "Table":
    """Median errors of the kernel profile, and of the half-space's own kernel below it."""
    table = _table(record, "Kernels: median relative error (profile in L2; half-space)")
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in record.rows:
        rows.setdefault(f"{row['wave']} {row['parameter']}", []).append(row)
    for name, entries in rows.items():
        table.add_row(name, *(cell(row["verdict"], row["relative_l2"]["median"], 2) for row in entries))
        half = [cell(row["halfspace_verdict"], row["halfspace_error"], 2) for row in entries]
        table.add_row("  half-space", *half)
    return table


def _value_table(record: "AuditRecord") -> "Table":
    table = _table(record, "Velocities: mean absolute error, km/s")
    for wave, each in record.summary["values"]["waves"].items():
        table.add_row(wave, *(cell(band["verdict"], band["mae_km_s"], 3) for band in each["bands"]))
    return table


def _identity_table(record: "AuditRecord") -> "Table":
    table = _table(record, "Identities: median residual, share of c")
    lines: dict[tuple[str, str], list[str]] = {}
    for each in record.summary["identities"]:
        name = _IDENTITY_NAMES.get(each["identity"], each["identity"])
        lines.setdefault((each["wave"], name), []).append(small_cell(each["verdict"], each["median"]))
    add_in_groups(table, lines)
    return table


def _protocol(record: "AuditRecord") -> list[str]:
    """The paper's cosine as it was published, and what the exact engine itself reaches by it."""
    pairs = [(row["paper_published"], row["paper_ceiling"]) for row in record.rows]
    known = [pair for pair in pairs if None not in pair]
    if not known:
        return []
    (low, high), (least, most) = ((min(each), max(each)) for each in zip(*known, strict=True))
    words = f"published protocol (vs, medians by band): cosine {low:.3f} to {high:.3f}"
    return [f"{words}; the exact engine itself reaches {least:.3f} to {most:.3f}"]


def _notes(record: "AuditRecord", written: str) -> list[str]:
    summary = record.summary
    verdict, values = summary["verdict"], summary["values"]["overall"]
    left_out = {name: count for name, count in values["n_excluded"].items() if count}
    lines = [f"{values['n']} velocities of {summary['n_models']} models judged"]
    if values["n"]:
        lines[0] += f": mean absolute error {values['mae_km_s']:.4f} km/s, {values['mae_percent']:.2f} %"
    lines += [f"left out: {count} {name}: {summary['exclusion_reasons'][name]}" for name, count in left_out.items()]
    if values["n_invented"]:
        lines.append(f"{values['n_invented']} velocities given where the mode is not trapped")
    if summary["training_overlap"]["state"] == "OVERLAP":
        lines.append(f"[red]not a test[/]: {summary['training_overlap']['why']}")
    lines += _protocol(record)
    overall = [part for part in verdict if part not in ("overall", "kernel_rows", "failed_metrics")]
    made = {each["part"] for each in record.scores}
    parts = ", ".join(f"{part} {verdict[part]}" for part in overall if part in made or part not in FURTHER_PARTS)
    lines.append(f"[bold {MARKS[verdict['overall']][0]}]{verdict['overall']}[/]: {parts}")
    if verdict["failed_metrics"]:
        lines.append(f"metrics that fail somewhere: {', '.join(verdict['failed_metrics'])}")
    return [*lines, f"written: {written}"]
