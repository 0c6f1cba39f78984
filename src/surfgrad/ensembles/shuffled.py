"""Reading for training: batches in random order across all shards of one store or several, in bounded memory."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from surfgrad.ensembles.store import Ensemble
from surfgrad.errors import UsageError

Batch = Mapping[str, np.ndarray]
"""Array name -> rows, as stored."""

PIECE = 500
"""Neighbouring samples that are read together: one decoding of a few inner chunks."""
WINDOW = 16
"""Pieces from anywhere in the stores that are mixed with one another: 8,000 samples, some 20 MB."""


@dataclass(frozen=True)
class Shuffled:
    """Batches of `size` samples of `stores` (equal but for their samples), each sample once an epoch.

    `names`: arrays to read (default: all with a row per sample). `ranges`: for each store the rows [start, stop) that
    take part (default: all). Every epoch orders the pieces anew, and mixes the rows of each `window` pieces. What a
    step sees is a function of (seed, step), so that an interrupted training goes on where it stopped. The rows of an
    epoch that do not fill a batch are left out of it.
    """

    stores: Sequence[Ensemble]
    size: int
    seed: int = 0
    names: tuple[str, ...] | None = None
    ranges: Sequence[tuple[int, int]] | None = None
    window: int = WINDOW

    def __post_init__(self) -> None:
        """Refuse what gives no batch."""
        if not self.stores:
            raise UsageError("stores: none given; at least one is needed")
        arrays = {name: array.shape[1:] for name, array in self.stores[0].arrays().items()}
        for store in self.stores[1:]:
            if {name: array.shape[1:] for name, array in store.arrays().items()} != arrays:
                raise UsageError(
                    f"{store.path}: other arrays or shapes than {self.stores[0].path}; equal ones can be mixed"
                )
        if not 1 <= self.size <= self.count:
            raise UsageError(f"batch size: {self.size} given; 1 to {self.count}, the number of samples, is allowed")

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The rows of each store that take part."""
        return list(self.ranges) if self.ranges is not None else [(0, len(store)) for store in self.stores]

    @property
    def count(self) -> int:
        """Samples that take part."""
        return sum(stop - start for start, stop in self.spans)

    @property
    def steps_per_epoch(self) -> int:
        """Batches of an epoch."""
        return self.count // self.size

    def from_step(self, step: int = 0) -> Iterator[Batch]:
        """The batches of steps step, step + 1, ... without end; the next rows are read while a batch is used."""
        epoch, place = divmod(step, self.steps_per_epoch)
        while True:
            yield from self._epoch(epoch, place)
            epoch, place = epoch + 1, 0

    def _epoch(self, epoch: int, place: int) -> Iterator[Batch]:
        """Batches place, place + 1, ... of an epoch."""
        windows = self._windows(epoch)
        ends = np.cumsum([int((window[:, 2] - window[:, 1]).sum()) for window in windows])
        number = int(np.searchsorted(ends, place * self.size, side="right"))
        skip = place * self.size - (int(ends[number - 1]) if number else 0)
        held: Batch | None = None
        left = self.steps_per_epoch - place
        for rows in self._ahead(windows, epoch, number):
            held = rows if held is None else {name: np.concatenate([held[name], rows[name]]) for name in rows}
            stop = len(next(iter(held.values())))
            while left and stop - skip >= self.size:
                yield {name: values[skip : skip + self.size] for name, values in held.items()}
                skip, left = skip + self.size, left - 1
            held, skip = {name: values[skip:] for name, values in held.items()}, 0
            if not left:
                return

    def _windows(self, epoch: int) -> list[np.ndarray]:
        """The pieces (store, start, stop) of an epoch in its order, `window` at a time."""
        pieces = np.array(
            [
                (number, start, min(start + PIECE, stop))
                for number, (first, stop) in enumerate(self.spans)
                for start in range(first, stop, PIECE)
            ]
        )
        order = np.random.default_rng([self.seed, epoch]).permutation(pieces)
        return [order[start : start + self.window] for start in range(0, len(order), self.window)]

    def _ahead(self, windows: list[np.ndarray], epoch: int, number: int) -> Iterator[Batch]:
        """The mixed rows of windows number, number + 1, ...; each is read while the one before is used."""
        with ThreadPoolExecutor(1) as reader:
            following = reader.submit(self._mixed, windows[number], epoch, number)
            for other in range(number + 1, len(windows) + 1):
                rows = following.result()
                if other < len(windows):
                    following = reader.submit(self._mixed, windows[other], epoch, other)
                yield rows

    def _mixed(self, pieces: np.ndarray, epoch: int, number: int) -> Batch:
        names = self.names or tuple(self.stores[0].arrays())
        arrays = [store.arrays() for store in self.stores]
        rows = {
            name: np.concatenate([arrays[store][name].stored(slice(start, stop)) for store, start, stop in pieces])
            for name in names
        }
        order = np.random.default_rng([self.seed, epoch, number]).permutation(len(rows[names[0]]))
        return {name: values[order] for name, values in rows.items()}
