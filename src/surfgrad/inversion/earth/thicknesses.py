"""Where the layers end: held, or free interfaces in a stated range of depth."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.earth.marginals import check_range, plain
from surfgrad.inversion.earth.ordered import ordered_uniform

Array = np.ndarray


class Thicknesses(Protocol):
    """Thicknesses of L layers, the half-space's 0, of `size` coordinates."""

    @property
    def names(self) -> tuple[str, ...]:
        """What each of the `size` coordinates moves."""
        ...

    @property
    def layers(self) -> int:
        """L, the half-space included."""
        ...

    def of(self, x: Array) -> tuple[Array, Array]:
        """(B, L), km, and their derivatives (B, L, size), of x (B, size)."""
        ...

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        ...


@dataclass(frozen=True, eq=False)
class HeldThicknesses:
    """`thickness`: (L,), km, the half-space's 0."""

    thickness: Array
    names: tuple[str, ...] = ()

    @property
    def layers(self) -> int:
        """L."""
        return int(self.thickness.size)

    def of(self, x: Array) -> tuple[Array, Array]:
        """See `Thicknesses.of`."""
        shape = (len(x), self.layers)
        return np.broadcast_to(self.thickness, shape).copy(), np.zeros((*shape, 0))

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"law": "held", "layers": self.layers, "bottom_km": float(self.thickness.sum())}


@dataclass(frozen=True, eq=False)
class FreeInterfaces:
    """`count` interfaces, independent and evenly spread in ln depth from `shallowest` to `deepest`, km, sorted.

    `spacing`: each lies at least that share of its depth below the one above (as a ratio, 1.1: a tenth deeper): the
    interfaces are evenly spread over all that is allowed then.
    """

    count: int
    shallowest: float
    deepest: float
    spacing: float = 1.0

    def __post_init__(self) -> None:
        """Check that they fit."""
        check_range(self.shallowest, self.deepest, above=0.0)
        if self.count < 1:
            raise UsageError(f"layers: {self.count} interfaces given; 1 and more are allowed")
        if not self.spacing >= 1.0 or self._room <= 0.0:
            span = f"{self.shallowest:.4g} to {self.deepest:.4g} km"
            raise UsageError(f"layers: {self.count} interfaces {self.spacing:g} times deeper each do not fit {span}")

    @property
    def names(self) -> tuple[str, ...]:
        """One an interface."""
        return tuple(f"interface_{i}" for i in range(1, self.count + 1))

    @property
    def layers(self) -> int:
        """L."""
        return self.count + 1

    @property
    def _room(self) -> float:
        """Of ln depth that the distances between them leave."""
        return float(np.log(self.deepest / self.shallowest) - (self.count - 1) * np.log(self.spacing))

    def of(self, x: Array) -> tuple[Array, Array]:
        """See `Thicknesses.of`."""
        p, slope = ordered_uniform(x)
        first = np.log(self.shallowest) + np.log(self.spacing) * np.arange(self.count)
        depth = np.exp(first + self._room * p)
        by_x = depth[:, :, None] * self._room * slope
        none = np.zeros_like(depth[:, :1])
        thickness = np.concatenate([np.diff(depth, axis=1, prepend=0.0), none], axis=1)
        nothing = np.zeros_like(by_x[:, :1])
        return thickness, np.concatenate([np.diff(by_x, axis=1, prepend=nothing), nothing], axis=1)

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {
            "law": "interfaces evenly spread in ln depth, sorted",
            "count": self.count,
            "shallowest_km": plain(self.shallowest),
            "deepest_km": plain(self.deepest),
            "each_below_the_last_by_at_least": plain(self.spacing),
        }
