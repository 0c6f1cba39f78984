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
    return f"{kind.architecture}, {kind.prior}, {kind.way}, seed {_seed(name)}"


def shared(names: Iterable[str]) -> str:
    """Architecture and seed that all of them have: `scale-free, seed 0`; what they do not share is left out."""
    architectures, seeds = _varied(names)
    common = [*architectures] if len(architectures) == 1 else []
    return ", ".join(common + [f"seed {seed}" for seed in seeds if len(seeds) == 1])


def apart(names: Iterable[str]) -> dict[str, str]:
    """Each in words, without what they share: `tectonic, values alone`."""
    names = list(names)
    architectures, seeds = _varied(names)
    told = {}
    for name in names:
        kind, seed = kind_of(name), _seed(name)
        first = [kind.architecture] if len(architectures) > 1 else []
        last = [f"seed {seed}"] if len(seeds) > 1 else []
        told[name] = ", ".join([*first, kind.prior, kind.way, *last])
    return told


def _varied(names: Iterable[str]) -> tuple[set[str], set[str]]:
    """Architectures and seeds."""
    names = list(names)
    return {kind_of(name).architecture for name in names}, {_seed(name) for name in names}


def _seed(name: str) -> str:
    return name.rsplit("-", 1)[1]


def kinds_of(names: Iterable[str]) -> dict[Kind, list[str]]:
    """Kind -> names of its networks, in the order of the names."""
    found: dict[Kind, list[str]] = {}
    for name in names:
        found.setdefault(kind_of(name), []).append(name)
    return found
