"""`surfgrad audit`: hold a surrogate's derivative against the exact kernels, on models of a stored ensemble."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from surfgrad.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

    from surfgrad.audit.options import Options
    from surfgrad.audit.record import AuditRecord
    from surfgrad.audit.thresholds import Thresholds
    from surfgrad.contracts import Forward
    from surfgrad.ensembles.store import Ensemble

FAILED = 1
"""Exit code when --fail-on says so; 2 is bad input."""


def audit(
    surrogate: Annotated[
        str,
        typer.Argument(
            metavar="CKPT|MODULE:NAME",
            help="checkpoint folder; my_module:network, a Forward or network of your own (this imports, and so runs, "
            "my_module); or exact: the engine itself",
        ),
    ],
    data: Annotated[Path, typer.Option(help="store of test models, from surfgrad generate")],
    out: Annotated[Path, typer.Option(help="folder for summary.json, metrics.csv, values.csv and arrays.nc")],
    count: Annotated[int, typer.Option(help="models to judge on, drawn from the store")] = 200,
    seed: Annotated[int, typer.Option(help="of that draw")] = 0,
    periods: Annotated[str, typer.Option(help="s, for example 2:60:1; default: those of the store")] = "",
    bands: Annotated[str, typer.Option(help="ends of period bands, s, as 2,5,10; default: by the periods")] = "",
    thresholds: Annotated[Path | None, typer.Option(help="JSON file with other limits; see docs/audit.md")] = None,
    outside: Annotated[str, typer.Option(help="models outside the stated vs range: exclude or judge")] = "exclude",
    fail_on: Annotated[
        str, typer.Option(help="exit with 1 on this overall verdict: never, fail or marginal")
    ] = "never",
) -> None:
    """Judge a surrogate's velocities and kernels against the exact engine.

    Strict metrics per wave, parameter and period band, the identities, value errors, and what could not be judged.
    """
    if fail_on not in ("never", "fail", "marginal"):
        raise UsageError(f"--fail-on: {fail_on!r} given; allowed are never, fail and marginal")
    if count < 1 or seed < 0:
        raise UsageError(f"--count, --seed: {count} and {seed} given; allowed are 1 or more and 0 or more")
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out: {str(out)!r} is a file; give a folder")
    record = _judge(surrogate, data, _limits(thresholds), _options(outside, bands), count, seed, periods)
    from surfgrad.audit.store import write_audit
    from surfgrad.cli.audit_tables import print_audit

    write_audit(record, out)
    print_audit(record, str(out))
    if record.verdict in {"never": (), "fail": ("FAIL",), "marginal": ("FAIL", "MARGINAL")}[fail_on]:
        raise typer.Exit(FAILED)


def _limits(path: Path | None) -> "Thresholds":
    from surfgrad.audit.thresholds import Thresholds

    return Thresholds() if path is None else Thresholds.from_file(path)


def _options(outside: str, bands: str) -> "Options":
    from surfgrad.audit.bands import bands_between
    from surfgrad.audit.options import Options
    from surfgrad.cli.ranges import parse_periods

    return Options(outside, bands=bands_between(parse_periods(bands, "--bands")) if bands else None)


def _judge(
    surrogate: str, data: Path, limits: "Thresholds", options: "Options", count: int, seed: int, periods: str
) -> "AuditRecord":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from surfgrad.audit.run import audit as run_audit

    forward, card = _load(surrogate)
    store, rows, times = _select(data, count, seed, periods)
    data_card = {**store.card, "audited": {"count": int(rows.size), "seed": seed, "of": len(store)}}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("models judged", total=rows.size)
        return run_audit(
            forward,
            store.models(rows),
            times,
            thresholds=limits,
            options=options,
            surrogate_card=card,
            data_card=data_card,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _load(surrogate: str) -> "tuple[Forward, dict[str, object]]":
    """The forward and its card."""
    if surrogate == "exact":
        from surfgrad.waves.forward import ExactForward

        return ExactForward(), {"architecture": "exact"}
    from surfgrad.cli.named_object import import_object, names_object

    if names_object(surrogate):
        from surfgrad.audit.as_forward import as_forward

        forward = as_forward(import_object(surrogate))
        return forward, {"architecture": "imported", "object": surrogate} | _plain_card(forward)
    from surfgrad.surrogates.checkpoint import load_surrogate

    learned = load_surrogate(surrogate)
    return learned, _plain_card(learned)


def _plain_card(forward: object) -> "dict[str, object]":
    card: Any = getattr(forward, "card", None)
    return card.model_dump() if hasattr(card, "model_dump") else dict(card or {})


def _select(data: Path, count: int, seed: int, periods: str) -> "tuple[Ensemble, np.ndarray, np.ndarray]":
    """The store, the positions of the drawn models in it (sorted), and the periods, s."""
    import numpy as np

    from surfgrad.cli.ranges import parse_periods
    from surfgrad.ensembles import open_ensemble

    store = open_ensemble(data)
    rows = np.arange(len(store))
    if count < rows.size:
        rows = np.sort(np.random.default_rng(seed).choice(rows.size, size=count, replace=False))
    return store, rows, np.asarray(parse_periods(periods)) if periods else store.periods
