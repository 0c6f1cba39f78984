"""Period bands, over which the audit gathers its samples."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from surfgrad.errors import UsageError
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
"""The bands of every table of 2 to 60 s: each sees another depth range of the crust and upper mantle."""

_STEPS = (1, 2, 5)


def bands_between(edges: Sequence[float]) -> tuple[Band, ...]:
    """Bands from each edge, s, to the next; the last one holds its upper end. UsageError for edges that do not rise."""
    ends = [float(each) for each in edges]
    rising = all(low < high for low, high in pairwise(ends))
    if len(ends) < 2 or not rising or not ends[0] > 0.0 or not math.isfinite(ends[-1]):
        told = ",".join(f"{each:g}" for each in ends)
        raise UsageError(f"bands: {told or 'none'} given; two or more rising periods above 0 s are allowed")
    return tuple(Band(low, high, closed=high == ends[-1]) for low, high in pairwise(ends))


def bands_of(periods: Array) -> tuple[Band, ...]:
    """`BANDS` where they hold all periods (T,), s; else bands between 1, 2, 5 times powers of ten that do."""
    if not len(periods) or (band_index(periods) >= 0).all():
        return BANDS
    shortest, longest = float(np.min(periods)), float(np.max(periods))
    decades = range(math.floor(math.log10(shortest)) - 1, math.ceil(math.log10(longest)) + 2)
    edges = [float(f"{step}e{decade}") for decade in decades for step in _STEPS]
    first = max(edge for edge in edges if edge <= shortest)
    last = min(edge for edge in edges if edge >= longest and edge > first)
    return bands_between([edge for edge in edges if first <= edge <= last])


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
