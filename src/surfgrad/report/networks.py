"""What a study's network is called in words: its folder's name is its factors."""

from collections.abc import Iterable
from typing import NamedTuple

from surfgrad.errors import FormatError

WAYS = {"value": "values alone", "sobolev": "taught kernels"}
"""What a loss taught."""


class Kind(NamedTuple):
    """Networks that differ in nothing but the seed."""

    architecture: str
    prior: str
    loss: str

    @property
    def way(self) -> str:
        """What the loss taught."""
        return WAYS.get(self.loss, self.loss)

    @property
    def title(self) -> str:
        """`scale-free, tectonic prior, values alone`."""
        return f"{self.architecture}, {self.prior} prior, {self.way}"


def kind_of(name: str) -> Kind:
    """Of a network called `architecture-prior-loss-seed`; FormatError for another name."""
    parts = name.rsplit("-", 3)
    if len(parts) != 4:
        raise FormatError(f"surrogate {name!r}: a study's are called architecture-prior-loss-seed")
    return Kind(*parts[:3])


def in_words(name: str) -> str:
    """`scale-free, tectonic, values alone, seed 0`."""
    kind = kind_of(name)
    return f"{kind.architecture}, {kind.prior}, {kind.way}, seed {name.rsplit('-', 1)[1]}"


def kinds_of(names: Iterable[str]) -> dict[Kind, list[str]]:
    """Kind -> names of its networks, in the order of the names."""
    found: dict[Kind, list[str]] = {}
    for name in names:
        found.setdefault(kind_of(name), []).append(name)
    return found
