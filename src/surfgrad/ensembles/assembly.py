"""Stores put together: rows that exist are read, rows that do not are computed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from surfgrad.ensembles.schema import Card, Curves, SampleArray
from surfgrad.ensembles.store import Ensemble, open_ensemble
from surfgrad.ensembles.stored_card import card_arrays
from surfgrad.ensembles.work import Block, Work


@dataclass(frozen=True)
class Part:
    """A finished store with samples first ... stop - 1 of the whole."""

    path: Path
    first: int
    stop: int


@dataclass(frozen=True)
class Assembly:
    """The store of identity `identity`, from `parts` that hold some of its samples; `rest` computes the others."""

    identity: Card
    arrays: tuple[SampleArray, ...]
    curves: Curves
    grid: np.ndarray | None = field(repr=False)
    parts: tuple[Part, ...]
    rest: Work | None = None

    @property
    def first(self) -> int:
        """See `Work.first`."""
        return int(self.identity["index_range"][0])

    @property
    def count(self) -> int:
        """See `Work.count`."""
        return int(self.identity["index_range"][1]) - self.first

    def compute(self, start: int, stop: int, threads: int | None = 1) -> Block:
        """See `Work.compute`."""
        pieces = [
            self._computed(begin, end, threads) if part is None else _read(part, begin, end, self.arrays)
            for part, begin, end in self._pieces(self.first + start, self.first + stop)
        ]
        return {row.name: np.concatenate([piece[row.name] for piece in pieces]) for row in self.arrays}

    def _pieces(self, begin: int, end: int) -> Iterator[tuple[Part | None, int, int]]:
        """Samples begin ... end - 1 (indices in the source) cut where a part begins or ends."""
        while begin < end:
            part = next((part for part in self.parts if part.first <= begin < part.stop), None)
            others = [part.first for part in self.parts if part.first > begin]
            cut = min([end, *others] if part is None else [end, part.stop])
            yield part, begin, cut
            begin = cut

    def _computed(self, begin: int, end: int, threads: int | None) -> Block:
        if self.rest is None:
            raise ValueError(f"samples {begin} to {end - 1} are in none of the parts")
        return self.rest.compute(begin - self.rest.first, end - self.rest.first, threads)


def extension(job: Work, stored: Ensemble) -> Assembly:
    """`job`, of which `stored` holds the first samples."""
    part = Part(stored.path, stored.first, stored.first + stored.count)
    return Assembly(job.identity, job.arrays, job.curves, job.grid, (part,), job)


def union(stores: Sequence[Ensemble], identity: Card) -> Assembly:
    """Stores that together hold every sample of `identity`."""
    one = stores[0]
    rows = tuple(_with_words(row, one) for row in card_arrays(identity, one.path).values())
    curves = Curves(tuple(one.periods.tolist()), one.waves, int(one.card["mode"]))
    parts = tuple(Part(store.path, store.first, store.first + store.count) for store in stores)
    grid = one.thickness if isinstance(one.thickness, np.ndarray) else None
    return Assembly(identity, rows, curves, grid, parts)


def _with_words(row: SampleArray, store: Ensemble) -> SampleArray:
    attributes = store.arrays()[row.name].source.attrs
    units = attributes.get("units")
    return SampleArray(
        row.name,
        row.dims,
        row.shape,
        row.dtype,
        None if units is None else str(units),
        str(attributes.get("long_name", "")),
    )


def _read(part: Part, begin: int, end: int, rows: Sequence[SampleArray]) -> Block:
    found = _opened(part.path, (part.path / "zarr.json").stat().st_mtime_ns).arrays()
    span = slice(begin - part.first, end - part.first)
    return {row.name: found[row.name].stored(span) for row in rows}


@lru_cache(maxsize=256)
def _opened(path: Path, written: int) -> Ensemble:
    """Opening looks for every file of a store: once for each store, not once for each block."""
    return open_ensemble(path)
