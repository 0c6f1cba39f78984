"""What there is to do for a store, as those see it who lay it out, share it out and write it."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from surfgrad.ensembles.schema import Card, Curves, SampleArray

Block = Mapping[str, np.ndarray]
"""Some samples of a store: array name -> rows."""


class Work(Protocol):
    """A store that can be made block by block, in any order, in any process."""

    @property
    def first(self) -> int:
        """Index in the source of the store's row 0."""
        ...

    @property
    def count(self) -> int:
        """Rows of the store."""
        ...

    @property
    def grid(self) -> np.ndarray | None:
        """Thicknesses (L,) that all models share, or None where they differ."""
        ...

    @property
    def curves(self) -> Curves:
        """Which curves of every model are stored: waves, periods and mode."""
        ...

    @property
    def arrays(self) -> tuple[SampleArray, ...]:
        """The arrays with a row per sample, in the order of the card."""
        ...

    @property
    def identity(self) -> Card:
        """The card's part that is known before any work."""
        ...

    def compute(self, start: int, stop: int, threads: int | None = 1) -> Block:
        """Rows start ... stop - 1 of the store, with `threads` engine threads."""
        ...
