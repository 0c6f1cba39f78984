"""Writing a store chunk by chunk: whatever stops the work, finished chunks stay and no half-written store is seen.

The work happens in `<out>.partial/`: a Zarr group `store`, one empty file in `done` per finished chunk, and
`identity.json`. Only when every chunk is done does the group move to `<out>`, in one rename.
"""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import zarr

from surfgrad.ensembles.content import content_hash
from surfgrad.ensembles.schema import DIMENSIONS, LONG_NAMES, UNITS, Card, Curves, count_status, first_difference
from surfgrad.ensembles.sources import Source
from surfgrad.errors import UsageError
from surfgrad.files import replacing
from surfgrad.status import Status


@dataclass(frozen=True)
class Block:
    """The samples of one chunk: models (n, L), `thickness` (n, L) or None where the store keeps one grid for all, and
    curves (n, W, T)."""

    thickness: np.ndarray | None
    vp: np.ndarray
    vs: np.ndarray
    rho: np.ndarray
    velocity: np.ndarray
    status: np.ndarray


@dataclass(frozen=True)
class Writer:
    """An unfinished store: `partial` is its folder, `chunk` the samples written at once, `count` those of the whole."""

    partial: Path
    out: Path
    count: int
    chunk: int

    @property
    def chunks(self) -> int:
        """Units of work in the whole store."""
        return -(-self.count // self.chunk)

    def span(self, index: int) -> tuple[int, int]:
        """First sample of a chunk, and the one after its last."""
        return index * self.chunk, min((index + 1) * self.chunk, self.count)

    def done(self, index: int) -> bool:
        """Whether the chunk is on disk, whole."""
        return self._marker(index).exists()

    def write(self, index: int, block: Block) -> None:
        """Write one chunk, then the mark that it is whole."""
        start, stop = self.span(index)
        group = zarr.open_group(self.partial / "store", mode="r+", zarr_format=3)
        for name in ("thickness", *DIMENSIONS):
            values = getattr(block, name)
            if values is not None:
                _array(group, name)[start:stop] = values
        self._marker(index).touch()

    def finish(self) -> None:
        """Complete the card from what is on disk and move the store to its place."""
        store = self.partial / "store"
        group = zarr.open_group(store, mode="r+", zarr_format=3)
        card = dict(_json(self.partial / "identity.json")["identity"])
        card["status_counts"] = count_status(np.asarray(_array(group, "status")[:]), card["waves"])
        card["content_sha256"] = content_hash({name: _array(group, name) for name in ("thickness", *DIMENSIONS)})
        group.attrs["card"] = card
        os.replace(store, self.out)
        shutil.rmtree(self.partial)

    def _marker(self, index: int) -> Path:
        return self.partial / "done" / f"{index:06d}"


def begin(source: Source, curves: Curves, identity: Card, out: Path, chunk: int) -> Writer:
    """Open the unfinished store of this very identity, or make a new one.

    Raises UsageError, naming the entry that differs, when the folder holds the beginning of another store.
    """
    partial = _partial(out)
    if not partial.exists():
        _create(source, curves, identity, partial, chunk)
    try:
        found = _json(partial / "identity.json")
        theirs, chunk = dict(found["identity"]), int(found["chunk"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{partial}: not the beginning of an ensemble; remove it or choose another --out") from None
    difference = first_difference(identity, theirs)
    if difference is not None:
        raise UsageError(
            f"{partial}: the beginning of another ensemble ({difference}); remove it or choose another --out"
        )
    return Writer(partial, out, source.count, chunk)


def clear_remains(out: Path) -> None:
    """Remove what a kill in the very last step leaves beside a finished store."""
    partial = _partial(out)
    if (partial / "identity.json").exists() and not (partial / "store").exists():
        shutil.rmtree(partial)


def _partial(out: Path) -> Path:
    return out.with_name(out.name + ".partial")


def _create(source: Source, curves: Curves, identity: Card, partial: Path, chunk: int) -> None:
    """Lay out the whole store, empty, in a temporary folder; rename it when it is complete."""
    partial.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{partial.name}.", dir=partial.parent))
    try:
        (temporary / "done").mkdir()
        with replacing(temporary / "identity.json") as path:
            path.write_text(json.dumps({"identity": identity, "chunk": chunk}))
        _lay_out(zarr.create_group(temporary / "store", zarr_format=3), source, curves, chunk)
        temporary.chmod(0o755)
        os.replace(temporary, partial)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _lay_out(group: zarr.Group, source: Source, curves: Curves, chunk: int) -> None:
    sizes = {"sample": source.count, "layer": source.layers, "wave": len(curves.waves), "period": len(curves.periods)}
    _coordinate(group, "wave", np.array(curves.waves, dtype=object), "string")
    _coordinate(group, "period", np.array(curves.periods), "float64")
    _coordinate(group, "sample", np.arange(source.first, source.first + source.count), "int64")
    dimensions = dict(DIMENSIONS)
    if source.grid is None:
        dimensions["thickness"] = ("sample", "layer")
    else:
        _coordinate(group, "thickness", source.grid, "float64", "layer")
    for name, dims in dimensions.items():
        shape = tuple(sizes[dim] for dim in dims)
        integer = name == "status"
        group.create_array(
            name,
            shape=shape,
            chunks=(min(chunk, shape[0]), *shape[1:]),
            dtype="uint8" if integer else "float64",
            # A chunk that is missing on disk must not look like results.
            fill_value=int(Status.NOT_CONVERGED) if integer else np.nan,
            dimension_names=dims,
            attributes=_attributes(name),
            config={"write_empty_chunks": True},
        )


def _coordinate(group: zarr.Group, name: str, values: np.ndarray, dtype: str, dim: str | None = None) -> None:
    array = group.create_array(
        name,
        shape=values.shape,
        chunks=values.shape,
        dtype=dtype,
        dimension_names=(dim or name,),
        attributes=_attributes(name),
        config={"write_empty_chunks": True},
    )
    array[:] = values


def _attributes(name: str) -> Card:
    attributes: Card = {"long_name": LONG_NAMES[name]}
    if name in UNITS:
        attributes["units"] = UNITS[name]
    if name == "status":
        attributes["flag_values"] = [int(code) for code in Status]
        attributes["flag_meanings"] = " ".join(code.name for code in Status)
    return attributes


def _array(group: zarr.Group, name: str) -> zarr.Array:
    array = group[name]
    if not isinstance(array, zarr.Array):
        raise TypeError(name)
    # Every chunk is written, even an empty one: a missing file is then always damage.
    return array.with_config({"write_empty_chunks": True})


def _json(path: Path) -> Any:
    return json.loads(path.read_text())
