"""`surfgrad merge`: the parts that `generate --shard` made, as one store."""

from pathlib import Path
from typing import Annotated

import typer

from surfgrad.cli.options import check_least
from surfgrad.cli.outputs import check_new_folder
from surfgrad.cli.progress_bar import progress_bar
from surfgrad.cli.store_summary import print_summary


def merge(
    parts: Annotated[list[Path], typer.Argument(help="stores of one prior and seed that adjoin, in any order")],
    out: Annotated[Path, typer.Option(help="the store to make")],
    chunk: Annotated[int | None, typer.Option(help="models in a file; default by their number")] = None,
    workers: Annotated[int, typer.Option(help="threads that copy")] = 2,
) -> None:
    """Put parts of one ensemble together.

    The result is the very store that one run would have made. Parts are compared with their hashes first, and kept.
    """
    check_least(workers=(workers, 1))
    check_new_folder(out, parts)

    from surfgrad.ensembles import merge as merge_stores

    with progress_bar("merged models") as progress:
        store = merge_stores(parts, out, chunk=chunk, workers=workers, progress=progress)
    print_summary(out, store)
