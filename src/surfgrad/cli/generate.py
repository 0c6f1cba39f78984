"""`surfgrad generate`: models of a prior and their curves, in a store that resumes."""

from pathlib import Path
from typing import Annotated

import typer

from surfgrad.cli.options import check_least
from surfgrad.cli.progress_bar import progress_bar
from surfgrad.cli.ranges import parse_names, parse_periods
from surfgrad.cli.shares import parse_shard, parse_shares
from surfgrad.cli.store_summary import print_summary
from surfgrad.contracts import WAVES


def generate(
    prior: Annotated[str, typer.Option(help="name of the prior, for example weak or tectonic")],
    count: Annotated[int, typer.Option(help="number of models; more than a store has extends it")],
    out: Annotated[Path, typer.Option(help="the store, for example train.zarr")],
    seed: Annotated[int, typer.Option(help="sample i depends on (prior, seed, i) only")] = 0,
    first: Annotated[int, typer.Option(help="index of the first sample")] = 0,
    periods: Annotated[
        str | None, typer.Option(help="s; 5,10,20 is three; default: 59 over the prior's range, 2:60:1 for most")
    ] = None,
    wave: Annotated[str, typer.Option(help="rayleigh, love, or both with a comma")] = ",".join(WAVES),
    mode: Annotated[int, typer.Option(help="0 is the fundamental")] = 0,
    derivatives: Annotated[
        str | None, typer.Option(help="exact derivatives too, for example directional:8,periods:4,kernels:1")
    ] = None,
    precision: Annotated[str, typer.Option(help="models are stored as float32 or float64")] = "float32",
    splits: Annotated[
        str | None, typer.Option(help="recorded on the card: train=0.9,validation=0.05,test=0.05")
    ] = None,
    chunk: Annotated[int | None, typer.Option(help="models computed and written at once; default by --count")] = None,
    workers: Annotated[int, typer.Option(help="threads, or processes, of this machine")] = 2,
    pool: Annotated[str, typer.Option(help="what workers are: threads or processes")] = "threads",
    scheduler: Annotated[
        str | None, typer.Option(help="a dask.distributed cluster instead, for example tcp://10.0.0.1:8786")
    ] = None,
    shard: Annotated[str | None, typer.Option(help="i/n: part i of n only, for job arrays; see surfgrad merge")] = None,
) -> None:
    """Draw models from a prior, solve them exactly, store them.

    Periods without a mode keep their place, with a status. The same command continues after an interruption.
    """
    waves, wanted = parse_names(wave, "--wave", WAVES), None if periods is None else parse_periods(periods)
    check_least(count=(count, 1), chunk=(1 if chunk is None else chunk, 1), workers=(workers, 1))
    part, shares = parse_shard(shard), parse_shares(splits)

    from surfgrad.earth.priors import get_prior, prior_periods
    from surfgrad.ensembles import generate as generate_store

    known, further = get_prior(prior), None
    if derivatives is not None:
        from surfgrad.ensembles.labels import prior_labels

        further = prior_labels(known, seed, derivatives)
    with progress_bar(f"{prior} models") as progress:
        store = generate_store(
            known,
            count,
            seed,
            out,
            periods=prior_periods(known) if wanted is None else wanted,
            waves=waves,
            mode=mode,
            first=first,
            shard=part,
            splits=shares,
            precision=precision,
            further=further,
            chunk=chunk,
            workers=workers,
            pool=pool,
            scheduler=scheduler,
            progress=progress,
        )
    print_summary(out, store)
