"""Samples that come in pieces, gathered into tensors of their final size: nothing is in memory twice."""

from dataclasses import replace

import torch
from torch import Tensor

from surfgrad.surrogates.picks import Picks
from surfgrad.surrogates.samples import COLUMNS, Samples

_PLACES = ("sample", "wave", "period")
_DERIVATIVES = ("kernels", "along")


class Column:
    """Rows (n, ...) of one shape and type, at most `most`; memory that no row has reached is not taken."""

    def __init__(self, most: int) -> None:
        self.most, self.used = most, 0
        self._rows = torch.empty(0)

    def add(self, rows: Tensor) -> None:
        """The next ones."""
        if not self.used:
            self._rows = torch.empty((self.most, *rows.shape[1:]), dtype=rows.dtype)
        self._rows[self.used : self.used + len(rows)] = rows
        self.used += len(rows)

    @property
    def rows(self) -> Tensor:
        """All that have come."""
        return self._rows[: self.used]


class Gathering:
    """At most `most` samples with at most `derivatives` picks each. `grid`: thickness (1, L) where all share it: kept
    once."""

    def __init__(self, most: int, derivatives: int, grid: Tensor | None = None) -> None:
        self._grid = grid
        self._names = COLUMNS if grid is None else tuple(name for name in COLUMNS if name != "thickness")
        self._samples = {name: Column(most) for name in (*self._names, "directions")}
        self._picks = {name: Column(most * derivatives) for name in (*_PLACES, *_DERIVATIVES)}
        self._last: Samples | None = None

    def add(self, samples: Samples) -> None:
        """The next ones, at least one."""
        if samples.picks is not None:
            self._add_picks(samples.picks)
        for name in self._names:
            self._samples[name].add(getattr(samples, name))
        self._last = samples

    def _add_picks(self, picks: Picks) -> None:
        before = self._samples["target"].used
        for name in (*_PLACES, *_DERIVATIVES):
            values = getattr(picks, name)
            if values is not None and len(values):
                self._picks[name].add(values + before if name == "sample" else values)
        if picks.directions is not None:
            self._samples["directions"].add(picks.directions)

    def whole(self) -> Samples:
        """All that have come, as one."""
        last = self._last
        if last is None:
            raise ValueError("no samples have come")
        given = {name: self._samples[name].rows for name in self._names}
        if self._grid is not None:
            given["thickness"] = self._grid.expand(len(given["target"]), -1)
        return replace(last, **given, picks=self._whole_picks(last.picks))

    def _whole_picks(self, last: Picks | None) -> Picks | None:
        if last is None:
            return None
        found = {name: column.rows for name, column in self._picks.items() if getattr(last, name) is not None}
        if last.directions is not None:
            found["directions"] = self._samples["directions"].rows
        return replace(last, **found)
