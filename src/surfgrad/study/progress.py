"""What a study says while it runs."""

import sys
import time
from collections.abc import Mapping
from typing import Any, Protocol


class Progress(Protocol):
    """Hears how far one stage is."""

    def advance(self, done: float, total: float, note: str = "") -> None:
        """It has done `done` of `total`."""


class Listener(Protocol):
    """Hears of every stage by its number, and of how far each is; several may be at work."""

    def begin(self, number: int, total: int, title: str) -> None:
        """Stage `number` of `total` starts."""

    def advance(self, number: int, done: float, total: float, note: str = "") -> None:
        """Stage `number` has done `done` of `total`."""

    def end(self, number: int, record: Mapping[str, Any]) -> None:
        """Stage `number` has this record now."""


class Told:
    """The progress of stage `number`, passed on to a listener."""

    def __init__(self, listener: Listener, number: int) -> None:
        self._listener, self._number = listener, number

    def advance(self, done: float, total: float, note: str = "") -> None:
        """Pass it on."""
        self._listener.advance(self._number, done, total, note)


class Silent:
    """Says nothing."""

    def begin(self, number: int, total: int, title: str) -> None:
        """Nothing."""

    def advance(self, number: int, done: float, total: float, note: str = "") -> None:
        """Nothing."""

    def end(self, number: int, record: Mapping[str, Any]) -> None:
        """Nothing."""


class Terminal:
    """A line per stage when it is over, and a bar for each running one where there is a terminal. Use as a context."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

        self._console = Console(file=sys.stdout, highlight=False)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(24),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
        )
        self._bars = Progress(*columns, console=self._console, transient=True)
        self._labels: dict[int, str] = {}
        self._tasks: dict[int, TaskID] = {}
        self._start = time.monotonic()

    def __enter__(self) -> "Terminal":
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def begin(self, number: int, total: int, title: str) -> None:
        """Open the stage's bar."""
        self._labels[number] = f"stage {number} of {total}: {title}"
        if self._console.is_terminal:
            self._tasks[number] = self._bars.add_task(self._labels[number], total=None, note="")

    def advance(self, number: int, done: float, total: float, note: str = "") -> None:
        """Move the bar."""
        if number in self._tasks:
            self._bars.update(self._tasks[number], completed=done, total=total, note=note)

    def end(self, number: int, record: Mapping[str, Any]) -> None:
        """Close the bar and leave one line."""
        if number in self._tasks:
            self._bars.remove_task(self._tasks.pop(number))
        self._console.print(f"{self._labels.pop(number)}, {self._outcome(record)}", soft_wrap=True)

    def _outcome(self, record: Mapping[str, Any]) -> str:
        if record.get("skipped"):
            return "done before"
        if record["state"] == "absent":
            from rich.markup import escape

            return f"[yellow]left out[/] ({escape(record['reason'])})"
        return f"{record['seconds']:.1f} s [dim](total {time.monotonic() - self._start:.0f} s)[/]"
