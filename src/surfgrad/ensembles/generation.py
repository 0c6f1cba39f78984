"""From a prior, or from given models, to a store of models and their curves: block by block, resumable."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from surfgrad.contracts import WAVES
from surfgrad.earth.priors import Prior, get_prior
from surfgrad.earth.stack import stack_models
from surfgrad.ensembles.further import Further
from surfgrad.ensembles.job import Job, Solve
from surfgrad.ensembles.parts import shard_range, split_ranges
from surfgrad.ensembles.produce import Progress, block_size, produce
from surfgrad.ensembles.runner import Runner
from surfgrad.ensembles.schema import curves_of
from surfgrad.ensembles.sources import GivenModels, PriorSource
from surfgrad.ensembles.store import Ensemble
from surfgrad.errors import UsageError

MOST_SAMPLES = 10**9
"""Of one store, whose list of blocks is held in memory."""
PERIODS = tuple(float(period) for period in range(2, 61))
"""Default periods: 2 to 60 s, step 1 s."""


def generate(
    prior: Prior | str,
    count: int,
    seed: int,
    out: str | Path,
    *,
    periods: Any = PERIODS,
    waves: Sequence[str] = WAVES,
    mode: int = 0,
    first: int = 0,
    shard: tuple[int, int] | None = None,
    splits: Mapping[str, float] | None = None,
    precision: str = "float32",
    further: Further | None = None,
    chunk: int | None = None,
    workers: int | None = 2,
    pool: str = "threads",
    scheduler: str | None = None,
    progress: Progress | None = None,
    solve: Solve | None = None,
) -> Ensemble:
    """Draw samples first ... first + count - 1 of a prior, compute their curves, write the store `out`.

    `prior`: a name or a Prior. `periods`: (T,), s. `shard`: (i, n) makes part i of n only, a store of its own (see
    `merge`). `splits`: shares by name, recorded on the card as index ranges. `precision`: in which models are stored;
    curves, in float64, are those of the stored models exactly. `further`: more arrays per sample. `chunk`: samples per
    unit of work and file. `workers`, `pool`, `scheduler`: see `Runner`.

    Sample i depends on (prior, seed, i) only. The same call continues where an interrupted one stopped, and returns at
    once where the store exists; with a larger `count` it extends the store. Raises UsageError where `out` holds
    something else.
    """
    if isinstance(prior, str):
        prior = get_prior(prior)
    if count > MOST_SAMPLES:
        raise UsageError(f"count: {count} given; at most {MOST_SAMPLES} is allowed")
    runner, size = Runner(workers, pool, scheduler), block_size(chunk, count)
    source = PriorSource(prior, seed, count, first, split_ranges(splits, first, count))
    if shard is not None:
        source = source.part(*shard_range(shard, count))
    job = Job(source, curves_of(periods, waves, mode), precision, further, solve)
    return produce(job, Path(out), size, runner, progress)


def from_models(
    models: Any,
    out: str | Path,
    *,
    source: str | Mapping[str, Any],
    periods: Any = PERIODS,
    waves: Sequence[str] = WAVES,
    mode: int = 0,
    precision: str = "float64",
    further: Further | None = None,
    chunk: int | None = None,
    workers: int | None = 2,
    progress: Progress | None = None,
    solve: Solve | None = None,
) -> Ensemble:
    """The curves of given models: an EarthModel, a list of them, or four arrays (N, L); otherwise like `generate`.

    `source`: what the models are, for the card (a name, or a mapping that JSON can hold).
    """
    stack = stack_models(models)
    arrays = (stack.thickness, stack.vp, stack.vs, stack.rho)
    description = {"name": source} if isinstance(source, str) else dict(source)
    job = Job(GivenModels(arrays, description), curves_of(periods, waves, mode), precision, further, solve)
    return produce(job, Path(out), block_size(chunk, job.count), Runner(workers), progress)
