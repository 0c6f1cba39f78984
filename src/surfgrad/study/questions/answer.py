"""One answered question."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`key`: "a" to "g". `numbers`: plain data, all that paragraph and figure rest on. `paragraph`: from the numbers.

    `figure`: its name among the report's figures. `unanswered`: what the study could not say, one sentence each.
    """

    key: str
    title: str
    question: str
    numbers: Mapping[str, Any]
    paragraph: str
    figure: str
    unanswered: tuple[str, ...] = ()

    def card(self) -> dict[str, Any]:
        """As summary.json holds it."""
        return asdict(self) | {"unanswered": list(self.unanswered)}
