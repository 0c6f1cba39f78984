"""`surfgrad audit`: hold a surrogate's derivative against the exact kernels, on models of a stored ensemble."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from surfgrad.cli.outputs import check_apart, check_new_folder
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

    from surfgrad.audit.further import Further
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
    out: Annotated[Path, typer.Option(help="folder for summary.json, tables, arrays.nc and figures")],
    count: Annotated[int, typer.Option(help="models to judge on, drawn from the store")] = 200,
    seed: Annotated[int, typer.Option(help="of that draw")] = 0,
    periods: Annotated[str, typer.Option(help="s, for example 2:60:1; default: those of the store")] = "",
    bands: Annotated[str, typer.Option(help="ends of period bands, s, like 2,5,10; default: by the periods")] = "",
    thresholds: Annotated[
        Path | None, typer.Option(help="JSON or TOML file with other limits; see docs/audit.md")
    ] = None,
    parts: Annotated[
        str, typer.Option(help="further parts, with commas: imprint, spectral, taylor, consequence; or all, none")
    ] = "all",
    prior: Annotated[
        str, typer.Option(help="training prior, for imprint: a name, none, or auto: as the surrogate's card says")
    ] = "auto",
    noise: Annotated[
        float, typer.Option(help="of data, as a share of the velocity, for spectra and inversions")
    ] = 0.005,
    inversions: Annotated[int, typer.Option(help="models inverted, 10 or more for a verdict")] = 16,
    starts: Annotated[int, typer.Option(help="starting models of each inversion")] = 3,
    figures: Annotated[bool, typer.Option(help="draw verdicts, kernels and the further parts, as PNG")] = True,
    outside: Annotated[str, typer.Option(help="models outside the stated vs range: exclude or judge")] = "exclude",
    fail_on: Annotated[
        str, typer.Option(help="exit with 1 on this overall verdict: never, fail or marginal")
    ] = "never",
) -> None:
    """Judge a surrogate's velocities and kernels against the exact engine.

    Strict metrics per wave, parameter and period band, the identities, value errors, what the training prior left, what
    it does to an inversion, and what could not be judged.
    """
    if fail_on not in ("never", "fail", "marginal"):
        raise UsageError(f"--fail-on: {fail_on!r} given; allowed are never, fail and marginal")
    if count < 1 or seed < 0:
        raise UsageError(f"--count, --seed: {count} and {seed} given; allowed are 1 or more and 0 or more")
    check_new_folder(out)
    check_apart(out, "--out", surrogate, "CKPT")
    check_apart(out, "--out", str(data), "--data")
    further = _further(parts, noise, inversions, starts, seed)
    options = _options(outside, bands, further)
    asked = _Question(surrogate, data, count, seed, periods, None if prior == "none" else prior)
    record = _judge(asked, _limits(thresholds), options)
    _write(record, out, figures)
    from surfgrad.cli.audit_tables import print_audit

    print_audit(record, str(out))
    if record.verdict in {"never": (), "fail": ("FAIL",), "marginal": ("FAIL", "MARGINAL")}[fail_on]:
        raise typer.Exit(FAILED)


def _limits(path: Path | None) -> "Thresholds":
    from surfgrad.audit.thresholds import Thresholds

    return Thresholds() if path is None else Thresholds.from_file(path)


def _further(parts: str, noise: float, inversions: int, starts: int, seed: int) -> "Further":
    from surfgrad.audit.further import PARTS, Further
    from surfgrad.cli.ranges import parse_names

    chosen = PARTS if parts == "all" else () if parts == "none" else parse_names(parts, "--parts", PARTS)
    if not 0.0 < noise < 1.0:
        raise UsageError(f"--noise: {noise:g} given; a share of the velocity between 0 and 1 is allowed")
    if inversions < 1 or starts < 1:
        raise UsageError(f"--inversions, --starts: {inversions} and {starts} given; allowed are 1 or more")
    return Further(chosen, noise, consequence_models=inversions, starts=starts, seed=seed)


def _options(outside: str, bands: str, further: "Further") -> "Options":
    from surfgrad.audit.bands import bands_between
    from surfgrad.audit.options import Options
    from surfgrad.cli.ranges import parse_periods

    return Options(outside, bands=bands_between(parse_periods(bands, "--bands")) if bands else None, further=further)


@dataclass(frozen=True)
class _Question:
    """Which forward, on which models at which periods."""

    surrogate: str
    data: Path
    count: int
    seed: int
    periods: str
    prior: str | None


def _judge(asked: _Question, limits: "Thresholds", options: "Options") -> "AuditRecord":
    from surfgrad.audit.run import audit as run_audit
    from surfgrad.cli.part_bar import part_bar

    forward, card = _load(asked.surrogate)
    store, rows, times = _select(asked.data, asked.count, asked.seed, asked.periods)
    data_card = {**store.card, "audited": {"count": int(rows.size), "seed": asked.seed, "of": len(store)}}
    with part_bar() as told:
        return run_audit(
            forward,
            store.models(rows),
            times,
            thresholds=limits,
            options=options,
            prior=asked.prior,
            surrogate_card=card,
            data_card=data_card,
            progress=told,
        )


def _write(record: "AuditRecord", out: Path, figures: bool) -> None:
    """The folder, then its figures; those of an earlier audit are gone before this one is there."""
    from surfgrad.audit.arrays import to_dataset
    from surfgrad.audit.store import write_audit
    from surfgrad.report.audit.write import remove_figures, write_figures

    remove_figures(out)
    write_audit(record, out)
    if figures:
        write_figures(record.summary, to_dataset(record), out)


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
