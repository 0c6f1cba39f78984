"""`surfgrad generate`: models of a prior and their curves, in a store that resumes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli.ranges import parse_names, parse_periods
from surfgrad.contracts import WAVES
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from surfgrad.ensembles import Ensemble


def generate(
    prior: Annotated[str, typer.Option(help="name of the prior, for example weak or tectonic")],
    count: Annotated[int, typer.Option(help="number of models")],
    out: Annotated[Path, typer.Option(help="the store, for example train.zarr")],
    seed: Annotated[int, typer.Option(help="sample i depends on (prior, seed, i) only")] = 0,
    periods: Annotated[str, typer.Option(help="s; 2:60:1 is 59 periods, 5,10,20 three")] = "2:60:1",
    wave: Annotated[str, typer.Option(help="rayleigh, love, or both with a comma")] = ",".join(WAVES),
    mode: Annotated[int, typer.Option(help="0 is the fundamental")] = 0,
    derivatives: Annotated[
        str | None, typer.Option(help="exact derivatives too, for example directional:8,periods:4,kernels:1")
    ] = None,
    chunk: Annotated[int, typer.Option(help="models computed and written at once")] = 500,
    workers: Annotated[int, typer.Option(help="engine threads")] = 2,
) -> None:
    """Draw models from a prior, solve them exactly, store them.

    Periods without a mode keep their place, with a status. The same command continues after an interruption.
    """
    waves, wanted = parse_names(wave, "--wave", WAVES), parse_periods(periods)
    for option, given in (("--count", count), ("--chunk", chunk), ("--workers", workers)):
        if given < 1:
            raise UsageError(f"{option}: {given} given; at least 1 is allowed")

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from surfgrad.earth.priors import get_prior
    from surfgrad.ensembles import generate as generate_store
    from surfgrad.ensembles.labels import prior_labels

    further = None if derivatives is None else prior_labels(get_prior(prior), seed, derivatives)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(f"{prior} models", total=count)
        store = generate_store(
            prior,
            count,
            seed,
            out,
            periods=wanted,
            waves=waves,
            mode=mode,
            further=further,
            chunk=chunk,
            workers=workers,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        bar.update(task, completed=count)
    _summary(out, store)


def _summary(out: Path, store: "Ensemble") -> None:
    print(f"{out}: {store.count} models, {store.layers} layers, {store.periods.size} periods")
    for name, counts in store.card["status_counts"].items():
        print(f"  {name}: " + ", ".join(f"{code} {number}" for code, number in counts.items() if number))
