"""`surfgrad verify`: is a store what its card says?"""

from pathlib import Path
from typing import Annotated

import typer

from surfgrad.cli.options import check_least


def verify(
    store: Annotated[Path, typer.Argument(help="a store that generate or merge made")],
    recompute: Annotated[int, typer.Option(help="models drawn and solved again, chosen at random; 0 for none")] = 100,
    seed: Annotated[int, typer.Option(help="which models are chosen")] = 0,
    workers: Annotated[int, typer.Option(help="engine threads")] = 2,
) -> None:
    """Compare every value with the recorded hashes, and some models with a new computation.

    An unfinished store is checked as far as it is there, and said to be unfinished.
    """
    check_least(recompute=(recompute, 0), seed=(seed, 0), workers=(workers, 1))

    from surfgrad.ensembles.unfinished import check_unfinished
    from surfgrad.ensembles.verify import recompute_sample

    if not store.exists():
        check_unfinished(store)

    from surfgrad.ensembles import open_ensemble

    ensemble = open_ensemble(store)
    ensemble.verify()
    print(f"{store}: {ensemble.count} models, every value as the card's hashes say")
    if recompute:
        print(f"  {recompute_sample(ensemble, recompute, seed, threads=workers).words()}")
