"""A store that is not finished: what is there of it, and whether that is sound."""

import json
from pathlib import Path
from typing import Any

from surfgrad.ensembles.content import row_sums
from surfgrad.ensembles.stored_card import card_arrays
from surfgrad.ensembles.stored_group import open_group
from surfgrad.errors import FormatError


def check_unfinished(out: Path) -> None:
    """Compare the finished blocks of the unfinished store beside `out` with their records.

    Always raises FormatError: that there is nothing, that a block is damaged, or how many blocks there are, all sound.
    """
    from surfgrad.ensembles.writer import partial_of

    partial = partial_of(out)
    if not partial.is_dir():
        raise FormatError(f"{out}: no such store")
    begun = _json(partial / "identity.json")
    try:
        card, size = begun["identity"], int(begun["chunk"])
        first, stop = card["index_range"]
        names = list(card_arrays(card, partial))
    except (KeyError, TypeError, ValueError):
        raise FormatError(f"{partial}: not the beginning of an ensemble") from None
    group, marks = open_group(partial / "store"), sorted((partial / "done").glob("[0-9]*.json"))
    for mark in marks:
        begin = int(mark.stem) * size
        rows = slice(begin, min(begin + size, stop - first))
        if not _sound(group, names, rows, first, _json(mark)):
            raise FormatError(
                f"{partial}: samples {rows.start} to {rows.stop - 1} are not what was written; remove {mark}"
            )
    raise FormatError(
        f"{out}: unfinished, {len(marks)} of {-(-(stop - first) // size)} blocks are there and sound; the command that "
        "began it continues"
    )


def _sound(group: Any, names: list[str], rows: slice, first: int, record: Any) -> bool:
    try:
        sums = row_sums({name: group[name][rows] for name in names}, first + rows.start)
        return bool({name: f"{value:064x}" for name, value in sums.items()} == record["sums"])
    except Exception:  # whatever a codec raises on damaged bytes
        return False


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        raise FormatError(f"{path}: cannot be read") from None
