"""What there is to do for a store, and the doing of one block of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from surfgrad.contracts import PARAMETERS
from surfgrad.ensembles.further import Further
from surfgrad.ensembles.schema import Card, Curves, SampleArray, identity, sample_arrays
from surfgrad.ensembles.sources import Models, Source
from surfgrad.ensembles.work import Block
from surfgrad.errors import UsageError


class Solve(Protocol):
    """The engine, as an ensemble sees it: never raises for a bad model, says so in the status."""

    def __call__(
        self,
        thickness: np.ndarray,
        vp: np.ndarray,
        vs: np.ndarray,
        rho: np.ndarray,
        periods: np.ndarray,
        *,
        wave: str,
        mode: int,
        threads: int | None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Velocity and status, (N, T) each."""
        ...


_AT_ONCE = 500
"""Samples drawn and solved together."""


@dataclass(frozen=True)
class Job:
    """A whole store, to be computed block by block: models of `source`, rounded to `precision`, their `curves`, and
    `further` arrays. `solve`: None is the exact engine."""

    source: Source
    curves: Curves
    precision: str = "float32"
    further: Further | None = None
    solve: Solve | None = None

    @property
    def first(self) -> int:
        """See `Work.first`."""
        return self.source.first

    @property
    def count(self) -> int:
        """See `Work.count`."""
        return self.source.count

    @property
    def grid(self) -> np.ndarray | None:
        """See `Work.grid`."""
        return self.source.grid

    @cached_property
    def arrays(self) -> tuple[SampleArray, ...]:
        """The arrays of the store with a row per sample."""
        source = self.source
        more = self.further.arrays(self.curves, source.layers) if self.further is not None else ()
        return sample_arrays(source.layers, source.grid is not None, self.curves, self.precision, more)

    @cached_property
    def identity(self) -> Card:
        """The card's part that is known before any work."""
        further = self.further.card() if self.further is not None else None
        return identity(self.source.card(), self.curves, self.source.layers, self.arrays, further)

    def compute(self, start: int, stop: int, threads: int | None = 1) -> Block:
        """Rows start ... stop - 1 of the store, a few hundred at a time: large blocks need little memory."""
        pieces = [self._piece(begin, min(begin + _AT_ONCE, stop), threads) for begin in range(start, stop, _AT_ONCE)]
        return {row.name: np.concatenate([piece[row.name] for piece in pieces]) for row in self.arrays}

    def _piece(self, start: int, stop: int, threads: int | None) -> Block:
        models = self._models(start, stop)
        velocity, status = self._solved(models, threads)
        first = self.source.first + start
        block = dict(zip(PARAMETERS, models, strict=True))
        block |= {"sample": np.arange(first, first + stop - start), "velocity": velocity, "status": status}
        if self.further is not None:
            block |= self.further.compute(models, velocity, status, self.curves, first)
        return {row.name: _as_stored(block, row, stop - start) for row in self.arrays}

    def _models(self, start: int, stop: int) -> Models:
        """As the store will hold them: curves belong to the rounded models, exactly."""
        thickness, vp, vs, rho = self.source.models(start, stop)
        grid = self.source.grid
        if grid is not None and not np.array_equal(thickness, np.broadcast_to(grid, thickness.shape)):
            raise UsageError(
                f"samples {start} to {stop - 1}: their layers are not those of the first; one grid is allowed"
            )
        if grid is None:
            thickness = self._rounded(thickness)
        return thickness, self._rounded(vp), self._rounded(vs), self._rounded(rho)

    def _rounded(self, values: np.ndarray) -> np.ndarray:
        return values.astype(self.precision).astype(np.float64)

    def _solved(self, models: Models, threads: int | None) -> tuple[np.ndarray, np.ndarray]:
        solve, curves = self.solve or _engine(), self.curves
        periods = np.array(curves.periods)
        solved = [solve(*models, periods, wave=wave, mode=curves.mode, threads=threads) for wave in curves.waves]
        velocity = np.stack([one[0] for one in solved], axis=1)
        return velocity, np.stack([one[1] for one in solved], axis=1).astype(np.uint8)


def _as_stored(block: Block, row: SampleArray, count: int) -> np.ndarray:
    values = np.asarray(block[row.name])
    if values.shape != (count, *row.shape):
        raise ValueError(f"{row.name}: rows of shape {values.shape} computed, {(count, *row.shape)} announced")
    return values.astype(row.dtype, copy=False)


def _engine() -> Solve:
    from surfgrad.waves.phase import solve_batch

    return solve_batch
