"""What a study says while it runs."""

import sys
import time
from collections.abc import Mapping
from typing import Any, Protocol


class Progress(Protocol):
    """Hears of every stage, and of how far it is."""

    def begin(self, number: int, total: int, title: str) -> None:
        """Stage `number` of `total` starts."""

    def advance(self, done: float, total: float, note: str = "") -> None:
        """The current stage has done `done` of `total`."""

    def end(self, record: Mapping[str, Any]) -> None:
        """The current stage has this record now."""


class Silent:
    """Says nothing."""

    def begin(self, number: int, total: int, title: str) -> None:
        """Nothing."""

    def advance(self, done: float, total: float, note: str = "") -> None:
        """Nothing."""

    def end(self, record: Mapping[str, Any]) -> None:
        """Nothing."""


class Terminal:
    """A line per stage, and a bar for the running one where there is a terminal. Use as a context."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._console = Console(file=sys.stdout, highlight=False)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(24),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, console=self._console, transient=True)
        self._label = ""
        self._task: Any = None
        self._start = time.monotonic()

    def __enter__(self) -> "Terminal":
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, number: int, total: int, title: str) -> None:
        """Open the stage's bar."""
        self._label = f"stage {number} of {total}: {title}"
        if self._console.is_terminal:
            self._task = self._bar.add_task(self._label, total=None, note="")

    def advance(self, done: float, total: float, note: str = "") -> None:
        """Move the bar."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total, note=note)

    def end(self, record: Mapping[str, Any]) -> None:
        """Close the bar and leave one line."""
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        self._console.print(f"{self._label}, {self._outcome(record)}", soft_wrap=True)

    def _outcome(self, record: Mapping[str, Any]) -> str:
        if record.get("skipped"):
            return "done before"
        if record["state"] == "absent":
            from rich.markup import escape

            return f"[yellow]left out[/] ({escape(record['reason'])})"
        return f"{record['seconds']:.1f} s [dim](total {time.monotonic() - self._start:.0f} s)[/]"
