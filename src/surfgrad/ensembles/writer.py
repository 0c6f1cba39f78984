"""Writing a store block by block: whatever stops the work, finished blocks stay and no half-written store is seen.

The work happens in `<out>.partial/`: a Zarr group `store`, a small file in `done` per finished block (its hashes and
its counts of status codes), and `identity.json`. Only when every block is done does the group move to `<out>`, in one
rename. Files are written to a temporary name first; a block's mark comes after its arrays.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import zarr

from surfgrad.ensembles.content import add_sums, content_hash, digest_of, row_sums
from surfgrad.ensembles.layout import lay_out
from surfgrad.ensembles.schema import Card, add_counts, count_status, first_difference
from surfgrad.ensembles.seal import seal
from surfgrad.ensembles.work import Block, Work
from surfgrad.errors import SurfgradError, UsageError
from surfgrad.files import new_folder, replacing
from surfgrad.text import cause

LOCK = "lock"
_REMAINS = {"done", "identity.json", "replaced", LOCK}
"""What is in the folder of an unfinished store when the store itself has moved out."""


@dataclass(frozen=True)
class Writer:
    """An unfinished store: `partial` is its folder, `chunk` the samples of a block, `first` the source's index of row
    0, `count` the rows of the whole, `token` what tells this folder from one of the same name elsewhere."""

    partial: Path
    out: Path
    first: int
    count: int
    chunk: int
    token: str

    @property
    def chunks(self) -> int:
        """Blocks in the whole store."""
        return -(-self.count // self.chunk)

    def span(self, index: int) -> tuple[int, int]:
        """First row of a block, and the one after its last."""
        return index * self.chunk, min((index + 1) * self.chunk, self.count)

    def missing(self) -> list[int]:
        """The blocks that are not on disk, whole, yet."""
        done = {entry.name for entry in os.scandir(self.partial / "done")}
        return [index for index in range(self.chunks) if self._mark(index).name not in done]

    def visible(self) -> bool:
        """Whether this process, perhaps on another machine, sees the very folder."""
        try:
            return str(_json(self.partial / "identity.json")["token"]) == self.token
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def write(self, index: int, block: Block) -> None:
        """Write one block, then the mark that it is whole. Twice is as good as once."""
        start, stop = self.span(index)
        group = zarr.open_group(self.partial / "store", mode="r+", zarr_format=3)
        for name, values in block.items():
            _array(group, name)[start:stop] = values
        record = {
            "sums": {name: f"{value:064x}" for name, value in row_sums(block, self.first + start).items()},
            "status_counts": count_status(block["status"], _json(self.partial / "identity.json")["identity"]["waves"]),
        }
        with replacing(self._mark(index)) as path:
            path.write_text(json.dumps(record))

    def finish(self) -> None:
        """Complete the card from the blocks' records, move the store to its place; `clear_remains` comes after it."""
        store = self.partial / "store"
        if store.exists():
            _remove_temporaries(store)
            self._complete(store)
            if self.out.exists():  # the store that this one extends
                os.replace(self.out, self.partial / "replaced")
            os.replace(store, self.out)
            for left in self.partial.parent.glob(f".{self.partial.name}.*"):  # of runs killed in their first moment
                shutil.rmtree(left, ignore_errors=True)

    def _complete(self, store: Path) -> None:
        group = zarr.open_group(store, mode="r+", zarr_format=3)
        card = dict(_json(self.partial / "identity.json")["identity"])
        records = [_json(self._mark(index)) for index in range(self.chunks)]
        sums = [{name: int(value, 16) for name, value in record["sums"].items()} for record in records]
        shapes = {name: _array(group, name).shape for name in card["arrays"]}
        total = add_sums(sums)
        if "thickness" not in shapes:
            shapes = {"thickness": _array(group, "thickness").shape, **shapes}
            total |= row_sums({"thickness": np.asarray(_array(group, "thickness")[:])}, 0)
        card["status_counts"] = add_counts(record["status_counts"] for record in records)
        card["content_sha256"] = content_hash(total, shapes)
        blocks: Card = {"size": self.chunk, "sha256": [digest_of(one) for one in sums]}
        group.attrs.put({"card": card, "blocks": blocks, "seal": seal(store, card, blocks)})

    def _mark(self, index: int) -> Path:
        return self.partial / "done" / f"{index:08d}.json"


def begin(work: Work, out: Path, chunk: int) -> Writer:
    """Open the unfinished store of this very work, or make a new one.

    Raises UsageError, naming the entry that differs, when the folder holds the beginning of another store.
    """
    partial = partial_of(out)
    if not partial.exists():
        _create(work, partial, chunk)
    try:
        found = _json(partial / "identity.json")
        theirs, chunk = dict(found["identity"]), int(found["chunk"])
        token = str(found["token"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{partial}: not the beginning of an ensemble; remove it or choose another --out") from None
    difference = first_difference(work.identity, theirs)
    if difference is not None:
        raise UsageError(
            f"{partial}: the beginning of another ensemble ({difference}); remove it or choose another --out"
        )
    return Writer(partial, out, work.first, work.count, chunk, token)


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Say in one line what a full disk (or a lost one) means for the store `out`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or cause(error)
        raise SurfgradError(
            f"{out}: cannot be written ({reason}); finished blocks are kept, the same command continues"
        ) from None


def clear_remains(out: Path) -> None:
    """Remove what is left beside a finished store, also by a kill in the very last step."""
    partial = partial_of(out)
    if partial.is_dir() and {entry.name for entry in os.scandir(partial)} <= _REMAINS:
        shutil.rmtree(partial)


def partial_of(out: Path) -> Path:
    """Where the unfinished store of `out` is."""
    return out.with_name(out.name + ".partial")


def _create(work: Work, partial: Path, chunk: int) -> None:
    """Lay out the whole store, empty, in a temporary folder; rename it when it is complete."""
    identity = work.identity  # what it refuses, it refuses before anything is on disk
    partial.parent.mkdir(parents=True, exist_ok=True)
    with new_folder(partial) as temporary:
        (temporary / "done").mkdir()
        with replacing(temporary / "identity.json") as path:
            path.write_text(json.dumps({"identity": identity, "chunk": chunk, "token": uuid4().hex}))
        lay_out(zarr.create_group(temporary / "store", zarr_format=3), work, chunk)


def _remove_temporaries(store: Path) -> None:
    """What writers that were killed left of the files that they were writing."""
    for path in store.rglob("*.partial"):
        path.unlink()


def _array(group: zarr.Group, name: str) -> zarr.Array:
    array = group[name]
    if not isinstance(array, zarr.Array):
        raise TypeError(name)
    # Every chunk is written, even an empty one: a missing file is then always damage.
    return array.with_config({"write_empty_chunks": True})


def _json(path: Path) -> Any:
    return json.loads(path.read_text())
