"""A mixture of priors: each sample is drawn from one of them, by weight."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from surfgrad.earth.priors.base import Prior, Sample
from surfgrad.errors import UsageError

PREFIX = "mixture:"
_VERSION = 1
_FORM = "mixture:weak=0.5,decorrelated=0.5 is a form that is allowed"


class Mixture:
    """Samples of several priors on one grid, in random order.

    `parts`: name -> (prior, weight above 0); the weights are scaled to add up to 1 and kept to 12 digits. The name
    spells parts and weights in alphabetical order, so that two spellings of one mixture draw the same samples.
    """

    def __init__(self, parts: Mapping[str, tuple[Prior, float]]) -> None:
        if not parts:
            raise UsageError(f"prior: a mixture of nothing given; {_FORM}")
        total = sum(weight for _, weight in parts.values())
        if not all(weight > 0 for _, weight in parts.values()) or not np.isfinite(total):
            raise UsageError("prior: a weight that is not above 0 given; finite weights above 0 are allowed")
        ordered = sorted(parts.items())
        self.parts = tuple(prior for _, (prior, _) in ordered)
        self.weights = tuple(float(f"{weight / total:.12g}") for _, (_, weight) in ordered)
        _check_grids(self.parts)

    @property
    def name(self) -> str:
        """mixture:NAME=WEIGHT,NAME=WEIGHT, weights adding up to 1."""
        return PREFIX + ",".join(
            f"{part.name}={weight:.12g}" for part, weight in zip(self.parts, self.weights, strict=True)
        )

    @property
    def version(self) -> int:
        """Rises whenever a part's does."""
        return _VERSION - len(self.parts) + sum(part.version for part in self.parts)

    @property
    def periods(self) -> tuple[float, float]:
        """From the shortest to the longest of any part."""
        return min(part.periods[0] for part in self.parts), max(part.periods[1] for part in self.parts)

    @property
    def grid(self) -> np.ndarray:
        """That of every part."""
        return self.parts[0].grid

    @property
    def interfaces(self) -> tuple[float, float] | None:
        """From the shallowest to the deepest of any part."""
        given = [part.interfaces for part in self.parts if part.interfaces is not None]
        return (min(top for top, _ in given), max(bottom for _, bottom in given)) if given else None

    def card(self) -> dict[str, Any]:
        """See `Prior.card`; the parts' own cards are under `parts`."""
        cards = [part.card() for part in self.parts]
        return {
            "name": self.name,
            "version": self.version,
            "grid": cards[0]["grid"],
            "varies": "which prior a sample comes from, and what varies in that",
            "tied": "what is tied in the part",
            "bounds": {"weights": {part.name: w for part, w in zip(self.parts, self.weights, strict=True)}},
            "sources": sorted({source for card in cards for source in card["sources"]}),
            "parts": cards,
        }

    def sample(self, rng: np.random.Generator) -> Sample:
        """See `Prior.sample`: the first random number chooses the part, which takes the rest."""
        place = np.searchsorted(np.cumsum(self.weights[:-1]), rng.random(), side="right")
        return self.parts[int(place)].sample(rng)


def parse_mixture(name: str, find: Callable[[str], Prior]) -> Mixture:
    """The mixture that `name` spells: mixture:NAME=WEIGHT,...; a name without a weight counts 1.

    `find`: from a part's name to the prior. Raises UsageError for what is no such name.
    """
    parts: dict[str, tuple[Prior, float]] = {}
    for text in name.removeprefix(PREFIX).split(","):
        part, equals, weight = (each.strip() for each in text.partition("="))
        try:
            number = float(weight) if equals else 1.0
        except ValueError:
            raise UsageError(f"prior: weight {weight!r} of {part!r} given; {_FORM}") from None
        if part in parts:
            raise UsageError(f"prior: {part!r} given twice in a mixture; once is allowed")
        parts[part] = (find(part), number)
    return Mixture(parts)


def _check_grids(parts: tuple[Prior, ...]) -> None:
    for part in parts[1:]:
        if not np.array_equal(part.grid, parts[0].grid):
            raise UsageError(
                f"prior: {parts[0].name} and {part.name} given in one mixture; priors on one grid are allowed"
            )
