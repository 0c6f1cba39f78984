"""Training without a store: endless samples of a prior, solved while they are needed."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from surfgrad.contracts import WAVES
from surfgrad.earth.priors import Prior, get_prior
from surfgrad.ensembles.further import Further
from surfgrad.ensembles.job import Job, Solve
from surfgrad.ensembles.schema import curves_of
from surfgrad.ensembles.sources import PriorSource
from surfgrad.ensembles.work import Block
from surfgrad.errors import UsageError

_ENDLESS = 1 << 62
AHEAD = 2
"""Batches for each thread that are ready or being computed: what bounds memory."""


def fresh_batches(
    prior: Prior | str,
    seed: int,
    size: int,
    *,
    periods: Any,
    waves: Sequence[str] = WAVES,
    mode: int = 0,
    first: int = 0,
    step: int = 0,
    precision: str = "float32",
    further: Further | None = None,
    workers: int = 2,
    solve: Solve | None = None,
) -> Iterator[Block]:
    """Batches step, step + 1, ... without end: batch k holds samples first + k size ... first + (k + 1) size - 1.

    They are the rows that `generate` would store for (prior, seed) (arrays by name, (size, ...) each, `sample` the
    index), whatever the number of `workers` (threads), so a training that is cut goes on with the same data. Other
    arguments as in `generate`. Close the iterator to stop the threads.
    """
    if size < 1 or workers < 1 or step < 0:
        raise UsageError(f"size, workers, step: {size}, {workers}, {step} given; at least 1, 1, 0 are allowed")
    source = PriorSource(get_prior(prior) if isinstance(prior, str) else prior, seed, _ENDLESS, first)
    return _batches(Job(source, curves_of(periods, waves, mode), precision, further, solve), size, step, workers)


def _batches(job: Job, size: int, step: int, workers: int) -> Iterator[Block]:
    coming: deque[Future[Block]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            while True:
                while len(coming) < AHEAD * workers:
                    start = (step + len(coming)) * size
                    coming.append(pool.submit(job.compute, start, start + size))
                yield coming.popleft().result()
                step += 1
        finally:
            for future in coming:
                future.cancel()
