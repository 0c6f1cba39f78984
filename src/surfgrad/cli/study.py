"""`surfgrad study`: everything, end to end, with a report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from surfgrad.cli.threads import yield_cores
from surfgrad.errors import UsageError


def study(
    preset: Annotated[str, typer.Option(help="smoke, laptop, overnight or full")] = "laptop",
    out: Annotated[Path, typer.Option(help="folder of the study; an unfinished one is continued")] = Path("study"),
    observed: Annotated[
        Path | None,
        typer.Option(help="real Rayleigh phase velocities: columns T (s), c (km/s) and, if any, U; -1: missing"),
    ] = None,
    workers: Annotated[int | None, typer.Option(help="stages at a time; default: one per core, at most 16")] = None,
) -> None:
    """Draw models, train surrogates by prior, architecture, loss and seed, hold their derivatives against the exact
    kernels, and write a report.

    The folder holds report.html, summary.json and tables/*.csv. Interrupted, the same command goes on at the last
    finished stage.
    """
    from surfgrad.study.presets import get_preset
    from surfgrad.study.progress import Terminal
    from surfgrad.study.run import run_study

    if workers is not None and not 1 <= workers <= 1024:
        raise UsageError(f"--workers: {workers} given; 1 to 1024 are allowed")
    chosen = get_preset(preset)
    yield_cores()
    with Terminal() as terminal:
        done = run_study(chosen, out, observed=observed, workers=workers, progress=terminal)
    _say(done.summary, done.folder.report)


def _say(summary: Mapping[str, Any], report: Path) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from surfgrad.cli.verdict_cell import add_in_groups

    console = Console(highlight=False)
    table = Table(box=None, padding=(0, 1), title="Error of velocities, and verdicts on kernels", title_justify="left")
    table.add_column("surrogate on set", no_wrap=True)
    for heading in ("km/s", "pass", "marg", "FAIL", "n/a"):
        table.add_column(heading, justify="right")
    shown = [each for each in summary["audits"] if each["surrogate"] in summary["shown"]]
    lines: dict[tuple[str, str], list[str]] = {}
    for audit in shown:
        counts = audit["verdict"]["kernel_rows"]
        mae = audit["values"]["overall"]["mae_km_s"]
        error = "none" if mae is None else f"{mae:.3f}"
        lines[audit["surrogate"], f"on {audit['test_set']}"] = [error, *(str(n) for n in counts.values())]
    add_in_groups(table, lines)
    console.print()
    console.print(table)
    if len(shown) < len(summary["audits"]):
        console.print(f"  {len(summary['audits']) - len(shown)} more audits: tables/metrics.csv, tables/values.csv")
    for name, reason in summary["absent"].items():
        if name.startswith(("audit-", "compare-")):
            continue  # for want of the set or surrogate that is named itself
        console.print(f"  left out: {name} ({escape(reason)})", soft_wrap=True)
    console.print(
        f"\nAre the vs kernels physical? {summary['headline']['answer'].capitalize()}. See {report}", soft_wrap=True
    )
