"""Parts of one ensemble, made one by one, put together."""

from collections.abc import Sequence
from pathlib import Path

from surfgrad.ensembles.assembly import union
from surfgrad.ensembles.produce import Progress, block_size, produce
from surfgrad.ensembles.runner import Runner
from surfgrad.ensembles.schema import Card, first_difference
from surfgrad.ensembles.store import Ensemble, open_ensemble
from surfgrad.errors import UsageError

_WHEN_DONE = ("status_counts", "content_sha256")


def merge(
    parts: Sequence[str | Path],
    out: str | Path,
    *,
    chunk: int | None = None,
    workers: int | None = 2,
    progress: Progress | None = None,
) -> Ensemble:
    """One store of all the samples of `parts`: the very store that one run over all of them would have made.

    Parts must be of one prior, seed, engine version, ... and adjoin: neither overlap nor gap. Each is read and compared
    with its hashes first. Interrupted, the same call continues. Raises UsageError or FormatError naming the part.
    """
    if not parts:
        raise UsageError("merge: no store given; at least one is needed")
    stores = sorted((open_ensemble(path) for path in parts), key=lambda store: store.first)
    identity = _identity(stores)
    for store in stores:
        store.verify()
    size = block_size(chunk, identity["index_range"][1] - identity["index_range"][0])
    return produce(union(stores, identity), Path(out), size, Runner(workers), progress)


def _identity(stores: Sequence[Ensemble]) -> Card:
    """The card's part that the whole has, from those of the parts."""
    cards = [{key: value for key, value in store.card.items() if key not in _WHEN_DONE} for store in stores]
    if cards[0]["prior"] is None:
        raise UsageError(
            f"{stores[0].path}: given models, which have no common numbering; stores of a prior can be merged"
        )
    stop = cards[0]["index_range"][0]
    for store, card in zip(stores, cards, strict=True):
        difference = first_difference({**cards[0], "index_range": card["index_range"]}, card)
        if difference is not None:
            raise UsageError(f"{store.path}: not of the same ensemble as {stores[0].path} ({difference})")
        if store.first != stop:
            what = f"samples {stop} to {store.first - 1} are missing" if store.first > stop else "samples overlap"
            raise UsageError(f"{store.path}: begins at sample {store.first} where {stop} is due; {what}")
        stop = store.first + store.count
    return {**cards[0], "index_range": [stores[0].first, stop]}
