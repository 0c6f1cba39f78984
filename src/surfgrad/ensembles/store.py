"""Reading an ensemble: a frozen record whose arrays stay on disk until they are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from surfgrad.ensembles.content import add_sums, content_hash, digest_of, row_sums
from surfgrad.ensembles.schema import Card, SampleArray
from surfgrad.ensembles.seal import check_seal
from surfgrad.ensembles.stored_array import StoredArray
from surfgrad.ensembles.stored_card import card_arrays, check_blocks, check_card
from surfgrad.ensembles.stored_group import expect, open_array, open_group
from surfgrad.errors import FormatError, UsageError
from surfgrad.status import WITH_VALUE

Selection = int | slice | np.ndarray | list[int]


@dataclass(frozen=True)
class Blocks:
    """How the samples of a store were written: `size` at once, with one SHA-256 for each block."""

    size: int
    digests: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """N models with their curves, as `surfgrad.ensembles.generate` writes them.

    `card`: where they come from. `periods`: (T,), s. `waves`: names of the W waves. `thickness`: (L,), or (N, L) where
    models differ; `vp`, `vs`, `rho`: (N, L); `velocity` (km/s, NaN where there is none) and `status`: (N, W, T).
    `sample`: (N,), index in the source. `further`: by name, what else is kept of every sample, (N, ...). Models are
    read as float64, however stored.
    """

    path: Path
    card: Card
    periods: np.ndarray
    waves: tuple[str, ...]
    thickness: np.ndarray | StoredArray
    vp: StoredArray
    vs: StoredArray
    rho: StoredArray
    velocity: StoredArray
    status: StoredArray
    sample: StoredArray
    further: Mapping[str, StoredArray]
    blocks: Blocks
    attributes: Mapping[str, Any] = field(repr=False)

    @property
    def count(self) -> int:
        """Number of models N."""
        return len(self.vp)

    def __len__(self) -> int:
        return self.count

    @property
    def layers(self) -> int:
        """Number of layers L, the half-space included."""
        return self.vp.shape[1]

    @property
    def first(self) -> int:
        """Index in the source of the store's row 0."""
        return int(self.card["index_range"][0])

    def models(self, select: Selection = slice(None)) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """thickness, vp, vs, rho of the chosen samples, (n, L) each: what every Forward accepts."""
        if isinstance(select, (int, np.integer)):
            select = [int(select)]
        vp, vs, rho = self.vp[select], self.vs[select], self.rho[select]
        if isinstance(self.thickness, StoredArray):
            return self.thickness[select], vp, vs, rho
        return np.tile(self.thickness, (len(vp), 1)), vp, vs, rho

    def curves(self, select: Selection = slice(None)) -> tuple[np.ndarray, np.ndarray]:
        """Velocity and status of the chosen samples, (n, W, T) each."""
        if isinstance(select, (int, np.integer)):
            select = [int(select)]
        return self.velocity[select], self.status[select]

    def valued(self, select: Selection = slice(None)) -> np.ndarray:
        """Where a velocity stands: (n, W, T) bool."""
        return np.isin(self.status[select], WITH_VALUE)

    def split_rows(self, name: str) -> tuple[int, int]:
        """First row of the split that the card calls `name`, and the one after its last; UsageError where there is
        none."""
        splits = self.card["splits"] or {}
        if name not in splits:
            known = ", ".join(splits) or "none: the store was made without --splits"
            raise UsageError(f"split: {name!r} given; {known} is allowed")
        start, stop = (min(max(end - self.first, 0), self.count) for end in splits[name])
        return start, stop

    def arrays(self) -> dict[str, StoredArray]:
        """Every array with a row per sample, in the card's order."""
        return {
            name: self.further[name] if name in self.further else getattr(self, name) for name in self.card["arrays"]
        }

    def verify(self) -> None:
        """Read everything, block by block, and compare it with the recorded hashes; FormatError naming what differs."""
        check_seal(self.attributes.get("seal"), self.path, self.card, self.attributes["blocks"])
        shapes, parts = {name: array.shape for name, array in self.arrays().items()}, []
        for number, start in enumerate(range(0, self.count, self.blocks.size)):
            stop = min(start + self.blocks.size, self.count)
            rows = {name: array.stored(slice(start, stop)) for name, array in self.arrays().items()}
            parts.append(row_sums(rows, self.first + start))
            if digest_of(parts[-1]) != self.blocks.digests[number]:
                where = f"block {number} (samples {start} to {stop - 1})"
                raise FormatError(f"{self.path}: {where} is not what was written, the store is damaged")
        sums = add_sums(parts)
        if isinstance(self.thickness, np.ndarray):
            shapes = {"thickness": self.thickness.shape, **shapes}
            sums |= row_sums({"thickness": self.thickness}, 0)
        if content_hash(sums, shapes) != self.card["content_sha256"]:
            raise FormatError(f"{self.path}: the values are not those that the card describes (content_sha256 differs)")


def open_ensemble(path: str | Path) -> Ensemble:
    """Open a store, checking its layout and that every file of it is there; values are read when they are asked for.

    Raises FormatError naming the path and what is wrong.
    """
    path = Path(path)
    group = open_group(path)
    attributes = dict(group.attrs)
    card = check_card(attributes.get("card"), path)
    rows = card_arrays(card, path)
    first, stop = card["index_range"]
    stored = {name: _open(group, row, stop - first, path) for name, row in rows.items()}
    waves, periods = _axes(group, card, path)
    thickness: np.ndarray | StoredArray
    if "thickness" in rows:
        thickness = stored.pop("thickness")
    else:
        grid = open_array(group, "thickness", path)
        expect(grid, (card["layers"],), "float64", path)
        thickness = grid[:]
    base = {name: stored.pop(name) for name in ("vp", "vs", "rho", "velocity", "status", "sample")}
    blocks = Blocks(*check_blocks(attributes.get("blocks"), stop - first, path))
    return Ensemble(path, card, periods, waves, thickness, **base, further=stored, blocks=blocks, attributes=attributes)


def _open(group: Any, row: SampleArray, count: int, path: Path) -> StoredArray:
    model = row.dims == ("layer",)
    array = open_array(group, row.name, path, read_as="float64" if model else None)
    expect(array, (count, *row.shape), row.dtype, path)
    return array


def _axes(group: Any, card: Card, path: Path) -> tuple[tuple[str, ...], np.ndarray]:
    waves = tuple(str(wave) for wave in open_array(group, "wave", path)[:])
    periods = np.asarray(open_array(group, "period", path)[:], dtype=np.float64)
    if list(waves) != card["waves"] or periods.tolist() != card["periods"]:
        raise FormatError(f"{path}: the arrays' waves or periods are not those of the card")
    return waves, periods
