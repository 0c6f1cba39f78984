"""The samples that would follow a store's last one, without end: training on more than was stored."""

from collections.abc import Callable, Iterator
from functools import partial

from surfgrad.earth.priors import Prior
from surfgrad.ensembles.fresh import fresh_batches
from surfgrad.ensembles.job import Solve
from surfgrad.ensembles.sources import PriorSource
from surfgrad.ensembles.store import Ensemble
from surfgrad.ensembles.verify import further_of, source_of
from surfgrad.ensembles.work import Block
from surfgrad.errors import UsageError


def onward(
    store: Ensemble, size: int, *, prior: Prior | None = None, workers: int = 2, solve: Solve | None = None
) -> Callable[[int], Iterator[Block]]:
    """From a step to its batch and all later ones: `size` samples each, as `generate` would have added to the store.

    Batch k holds the samples of the store's prior and seed that begin k `size` after its last, with its curves,
    precision and derivatives, so none of them is in the store. `prior`: where it is not one that `get_prior` knows.
    UsageError where the store was not drawn from a prior.
    """
    source = source_of(store, prior)
    if not isinstance(source, PriorSource):
        raise UsageError(f"{store.path}: given models; samples without end need a store drawn from a prior")
    return partial(_from_step, store=store, source=source, size=size, prior=prior, workers=workers, solve=solve)


def _from_step(
    step: int,
    *,
    store: Ensemble,
    source: PriorSource,
    size: int,
    prior: Prior | None,
    workers: int,
    solve: Solve | None,
) -> Iterator[Block]:
    return fresh_batches(
        source.prior,
        source.seed,
        size,
        periods=store.periods,
        waves=store.waves,
        mode=store.card["mode"],
        first=store.first + store.count,
        step=step,
        precision=store.card["arrays"]["vs"]["dtype"],
        further=further_of(store, prior),
        workers=workers,
        solve=solve,
    )
