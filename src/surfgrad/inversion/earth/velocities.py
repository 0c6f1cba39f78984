"""vs of the layers as a function of normal coordinates: independent, smooth over depth, or rising."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from surfgrad.inversion.earth.marginals import Marginal, check_range, plain
from surfgrad.inversion.earth.ordered import ordered_uniform

Array = np.ndarray


class Velocities(Protocol):
    """vs of L layers of `size` coordinates."""

    @property
    def names(self) -> tuple[str, ...]:
        """What each of the `size` coordinates moves."""
        ...

    def of(self, x: Array) -> tuple[Array, Array]:
        """(B, L), km/s, and their derivatives (B, L, size), of x (B, size)."""
        ...

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        ...


@dataclass(frozen=True, eq=False)
class IndependentVelocities:
    """`layers` layers, each with its own coordinate, whatever the others are."""

    layers: int
    marginal: Marginal

    @property
    def names(self) -> tuple[str, ...]:
        """One a layer."""
        return tuple(f"vs_{i}" for i in range(1, self.layers + 1))

    def of(self, x: Array) -> tuple[Array, Array]:
        """See `Velocities.of`."""
        vs, slope = self.marginal.of(x)
        return vs, slope[:, :, None] * np.eye(self.layers)

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"over_depth": "independent layers", **self.marginal.card()}


@dataclass(frozen=True, eq=False)
class SmoothVelocities:
    """A Gaussian field g = `factor` (L, R) @ x, each entry with its `marginal`. `prior`: the field's, in words."""

    factor: Array
    marginal: Marginal
    prior: Any = ()
    name: str = "field"

    @property
    def names(self) -> tuple[str, ...]:
        """One a component."""
        return tuple(f"{self.name}_{i}" for i in range(1, self.factor.shape[1] + 1))

    def of(self, x: Array) -> tuple[Array, Array]:
        """See `Velocities.of`."""
        vs, slope = self.marginal.of(x @ self.factor.T)
        return vs, slope[:, :, None] * self.factor

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        # Its standard deviation is in the factor, and said by `prior`.
        card = {name: value for name, value in self.marginal.card().items() if name != "sd_of_ln"}
        return {**dict(self.prior), **card}


@dataclass(frozen=True, eq=False)
class RisingVelocities:
    """Rising coefficients, those of independent log-uniform ones from `low` to `high`, km/s, that happen to be sorted.

    `basis`: (L, K), ln vs of the layers from the K coefficients' logarithms; rows without negative entries that add up
    to 1 (an identity, B-splines) keep the order.
    """

    basis: Array
    low: float
    high: float

    def __post_init__(self) -> None:
        """Check."""
        check_range(self.low, self.high, above=0.0)

    @property
    def names(self) -> tuple[str, ...]:
        """One a coefficient."""
        return tuple(f"vs_{i}" for i in range(1, self.basis.shape[1] + 1))

    def of(self, x: Array) -> tuple[Array, Array]:
        """See `Velocities.of`."""
        p, slope = ordered_uniform(x)
        span = np.log(self.high / self.low)
        vs = self.low * np.exp(span * (p @ self.basis.T))
        return vs, span * vs[:, :, None] * (self.basis @ slope)

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"over_depth": "rising", "law": "log-uniform, sorted", "low": plain(self.low), "high": plain(self.high)}


@dataclass(frozen=True, eq=False)
class OverHeldHalfSpace:
    """`above` all but the half-space, whose vs, km/s, is held."""

    above: Velocities
    vs: float

    @property
    def names(self) -> tuple[str, ...]:
        """Those of the layers above."""
        return self.above.names

    def of(self, x: Array) -> tuple[Array, Array]:
        """See `Velocities.of`."""
        vs, slope = self.above.of(x)
        last = np.full((len(x), 1), self.vs)
        return np.concatenate([vs, last], axis=1), np.concatenate([slope, np.zeros_like(slope[:, :1])], axis=1)

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {**self.above.card(), "half_space_vs_km_s": self.vs}
