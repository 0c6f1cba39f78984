"""Period bands, over which the audit gathers its samples."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surfgrad.records import Array


@dataclass(frozen=True)
class Band:
    """Periods from `shortest` to `longest`, s; the upper end belongs to the band only when `closed`."""

    shortest: float
    longest: float
    closed: bool = False

    @property
    def name(self) -> str:
        """`"2-5"`: the ends in seconds."""
        return f"{self.shortest:g}-{self.longest:g}"

    def contains(self, periods: Array) -> Array:
        """(T,) bool: which periods lie in the band."""
        below = periods <= self.longest if self.closed else periods < self.longest
        return (periods >= self.shortest) & below


BANDS = (Band(2, 5), Band(5, 10), Band(10, 20), Band(20, 30), Band(30, 45), Band(45, 60, closed=True))
"""The bands of every table: each sees another depth range of the crust and upper mantle."""


def band_index(periods: Array, bands: Sequence[Band] = BANDS) -> Array:
    """(T,) int: the band of each period, -1 where no band holds it."""
    index = np.full(periods.shape, -1, dtype=np.int64)
    for number, band in enumerate(bands):
        index[(index < 0) & band.contains(periods)] = number
    return index


def representative_periods(periods: Array, bands: Sequence[Band] = BANDS) -> Array:
    """Positions in `periods` of one period a band, the nearest to its geometric centre; an empty band gives none."""
    index = band_index(periods, bands)
    chosen = []
    for number, band in enumerate(bands):
        inside = np.flatnonzero(index == number)
        if inside.size:
            centre = 0.5 * (np.log(band.shortest) + np.log(band.longest))
            chosen.append(inside[np.argmin(np.abs(np.log(periods[inside]) - centre))])
    return np.asarray(chosen, dtype=np.int64)
