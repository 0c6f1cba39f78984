"""The work in pieces: each draws its own models from the seed, so that results do not depend on who does what when."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from benchmarks.truth.families import FAMILIES, MODES, PERIODS
from benchmarks.truth.judge import WAVES, judge, values
from benchmarks.truth.precise import compare
from benchmarks.truth.tally import Tally

MODELS = 8
"""Models of a chunk."""
TRIPLES = MODELS * PERIODS * MODES * len(WAVES)
SAMPLE = {20: 2, 400: 1, 2000: 0}
"""Values per model that are compared in 60 digits, by the number of layers up to which that many are."""


@dataclass(frozen=True)
class Chunk:
    """Part `number` of a family."""

    family: str
    number: int
    seed: int


def chunks(triples: int, seed: int) -> list[Chunk]:
    """At least `triples` in all, shared out by the families' weights, in a mixed order for even progress."""
    total = sum(weight for _, weight in FAMILIES.values())
    found = [
        Chunk(name, number, seed)
        for name, (_, weight) in FAMILIES.items()
        for number in range(-(-triples * weight // (total * TRIPLES)))
    ]
    return [found[i] for i in np.random.default_rng(seed).permutation(len(found))]


def examine(chunk: Chunk) -> tuple[str, Tally]:
    """Solve and judge one chunk."""
    tally = Tally()
    names = list(FAMILIES)
    rng = np.random.default_rng([chunk.seed, names.index(chunk.family), chunk.number])
    for _ in range(MODELS):
        model, periods = FAMILIES[chunk.family][0](rng)
        model = tuple(np.asarray(column, float) for column in model)
        found = values(model, periods, tally)
        judge(found, tally)
        having = [value for value in found if np.isfinite(value.velocity)]
        many = next(number for layers, number in SAMPLE.items() if len(model[2]) <= layers)
        compare([having[i] for i in rng.permutation(len(having))[:many]], tally)
    return chunk.family, tally


def examined(work: list[Chunk], jobs: int) -> Iterator[tuple[str, Tally]]:
    """Every chunk's tally as it comes, from `jobs` processes."""
    if jobs == 1:
        yield from map(examine, work)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(examine, chunk) for chunk in work]):
            yield future.result()
