"""A log of numbered trials, a line of JSON each: what is in it need not be done again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from surfgrad.errors import FormatError

Row = dict[str, Any]


class TrialLog:
    """`rows`, by the number of the trial, of a file that begins with `header`; without a path, in memory alone.

    A row that was cut off while it was written is forgotten. Raises FormatError for a file that is no log, or one that
    begins with another header: of another seed, say.
    """

    def __init__(self, path: str | Path | None, header: Mapping[str, Any]) -> None:
        self._path = None if path is None else Path(path)
        self._header = json.loads(json.dumps(header))
        self.rows: dict[int, Row] = {}
        if self._path is not None and self._path.exists():
            self._open(self._path)

    def add(self, number: int, row: Row) -> None:
        """Keep the row of a trial; it is on disk when this returns."""
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                begin = "" if file.tell() else json.dumps(self._header) + "\n"
                file.write(begin + json.dumps({"trial": number, **row}) + "\n")
        self.rows[number] = row

    def _open(self, path: Path) -> None:
        whole = path.read_text(encoding="utf-8")
        kept = whole[: whole.rfind("\n") + 1]
        if kept:
            header, self.rows = read_log(path)
            if header != self._header:
                raise FormatError(f"{path}: made with {header}; asked for is {self._header}")
        if kept != whole:
            path.write_text(kept, encoding="utf-8")


def read_log(path: str | Path) -> tuple[Row, dict[int, Row]]:
    """Header, and rows by trial. Raises FormatError for what is no log."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        header, *lines = [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
        rows = {int(line.pop("trial")): line for line in lines}
        if not isinstance(header, dict):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise FormatError(f"{path}: no log of trials") from None
    return header, rows
