"""How far an audit is, and how long the part that begins will take."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int, str], None]
"""Told (done, total, what is being done)."""
SHORT = 5.0
"""A part that takes fewer seconds is begun without a word about it."""


@dataclass(frozen=True)
class Pace:
    """`progress`: whom to tell. `learned`, `exact`: seconds that either side took for a model at a period."""

    progress: Progress | None = None
    learned: float = 0.0
    exact: float = 0.0

    def begin(self, what: str, total: int, learned: float = 0.0, exact: float = 0.0) -> Callable[[int], None]:
        """Tell that `total` steps begin, which ask either side for about so many models and periods.

        Returns the function that is to be told how many of the steps are done.
        """
        expected = learned * self.learned + exact * self.exact
        words = f"{what}, about {duration(expected)}" if expected > SHORT else what

        def told(done: int) -> None:
            if self.progress is not None:
                self.progress(done, total, words)

        told(0)
        return told


def duration(seconds: float) -> str:
    """ "8 s", "3 min", "2.5 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
