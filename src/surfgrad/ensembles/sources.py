"""Where the models of an ensemble come from: a prior, or an array that somebody has."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from surfgrad.earth.priors.base import Prior, draw_many
from surfgrad.ensembles.parts import Ranges
from surfgrad.ensembles.schema import Card
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from surfgrad.ensembles.store import Ensemble

LAST_SAMPLE = 10**18
"""Samples are numbered by 64-bit integers."""
Models = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class Source(Protocol):
    """Models by index, the same ones whenever asked."""

    @property
    def count(self) -> int:
        """Number of models."""
        ...

    @property
    def first(self) -> int:
        """Index of the first sample in the source's own numbering."""
        ...

    @property
    def grid(self) -> np.ndarray | None:
        """Thicknesses (L,) that every model shares, or None where they differ."""
        ...

    @property
    def layers(self) -> int:
        """Layers of every (padded) model, the half-space included."""
        ...

    def card(self) -> Card:
        """What the store's card says of the source: entries prior, source, seed, index_range, splits."""
        ...

    def models(self, start: int, stop: int) -> Models:
        """thickness, vp, vs, rho of samples start ... stop - 1 of this source: (stop - start, L) each."""
        ...


@dataclass(frozen=True)
class PriorSource:
    """Samples first ... first + count - 1 of a prior: sample i depends on (prior, seed, i) only."""

    prior: Prior
    seed: int
    count: int
    first: int = 0
    splits: Ranges | None = None

    def __post_init__(self) -> None:
        """Refuse empty and negative ranges."""
        if self.count < 1:
            raise UsageError(f"count: {self.count} given; at least 1 is allowed")
        for name, given in (("seed", self.seed), ("first", self.first)):
            if given < 0:
                raise UsageError(f"{name}: {given} given; 0 and above is allowed")
        if self.first > LAST_SAMPLE:
            raise UsageError(f"first: {self.first} given; at most {LAST_SAMPLE} is allowed")

    @cached_property
    def grid(self) -> np.ndarray:
        """Priors draw on one grid: that of their first sample."""
        return self.models(0, 1)[0][0]

    @property
    def layers(self) -> int:
        """Layers of every model, the half-space included."""
        return int(self.grid.size)

    def card(self) -> Card:
        """The prior's own card, the seed, the index range and the splits."""
        return {
            "prior": self.prior.card(),
            "source": None,
            "seed": self.seed,
            "index_range": [self.first, self.first + self.count],
            "splits": self.splits,
        }

    def part(self, start: int, stop: int) -> "PriorSource":
        """Samples start ... stop - 1 of this source."""
        return replace(self, first=self.first + start, count=stop - start)

    def models(self, start: int, stop: int) -> Models:
        """Draw the samples one by one."""
        return draw_many(self.prior, self.seed, stop - start, self.first + start)


@dataclass(frozen=True)
class GivenModels:
    """Models that exist already: four arrays (N, L) and a card that says what they are."""

    arrays: Models
    description: Card

    @property
    def count(self) -> int:
        """Number of models."""
        return int(self.arrays[0].shape[0])

    @property
    def first(self) -> int:
        """Given models are numbered from 0."""
        return 0

    @property
    def layers(self) -> int:
        """Layers of every (padded) model, the half-space included."""
        return int(self.arrays[0].shape[1])

    @cached_property
    def grid(self) -> np.ndarray | None:
        """The thicknesses, if all models have the same."""
        thickness = self.arrays[0]
        return thickness[0] if np.array_equal(thickness, np.broadcast_to(thickness[0], thickness.shape)) else None

    def card(self) -> Card:
        """The description with a hash of the arrays, so that a resumed run cannot mix two sets."""
        digest = hashlib.sha256()
        for array in self.arrays:
            digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
        source = {**self.description, "models_sha256": digest.hexdigest()}
        return {"prior": None, "source": source, "seed": None, "index_range": [0, self.count], "splits": None}

    def models(self, start: int, stop: int) -> Models:
        """Rows of the four arrays."""
        thickness, vp, vs, rho = (array[start:stop] for array in self.arrays)
        return thickness, vp, vs, rho


@dataclass(frozen=True)
class StoredModels:
    """The models of a finished store, read when they are asked for."""

    store: "Ensemble"

    @property
    def count(self) -> int:
        """Number of models."""
        return self.store.count

    @property
    def first(self) -> int:
        """As in the store's own source."""
        return self.store.first

    @property
    def layers(self) -> int:
        """Layers of every model, the half-space included."""
        return self.store.layers

    @property
    def grid(self) -> np.ndarray | None:
        """The thicknesses, if the store has one grid."""
        return self.store.thickness if isinstance(self.store.thickness, np.ndarray) else None

    def card(self) -> Card:
        """As on the store's card."""
        return {key: self.store.card[key] for key in ("prior", "source", "seed", "index_range", "splits")}

    def models(self, start: int, stop: int) -> Models:
        """Rows of the store."""
        return self.store.models(slice(start, stop))
