"""vp and density of layers whose vs is known: tied to it, or with a free ratio and a free density of their own."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from surfgrad.earth.brocher import vp_derivative, vp_from_vs
from surfgrad.earth.mantle import rock_density, rock_density_derivative
from surfgrad.earth.priors.ties import MANTLE_RATIO
from surfgrad.errors import UsageError
from surfgrad.inversion.earth.marginals import Marginal

Array = np.ndarray
LEAST_RATIO = np.sqrt(4.0 / 3.0)
"""vp/vs at which the bulk modulus is 0."""
PASSAGE = (4.4, 4.6)
"""vs, km/s, over which `RockVp` passes from crust to mantle: the ends of a kink would hold a solver up."""


class Followed(NamedTuple):
    """`value` (B, L) of what follows another quantity; its derivatives `by` that one (B, L) and `by_x` (B, L, size)."""

    value: Array
    by: Array
    by_x: Array


class Law(Protocol):
    """vp as it follows vs, or density as it follows vp, with `size` coordinates of its own."""

    @property
    def names(self) -> tuple[str, ...]:
        """What each of the `size` coordinates moves; empty for a law without freedom."""
        ...

    def of(self, x: Array, other: Array) -> Followed:
        """At x (B, size) and the other quantity (B, L)."""
        ...

    def card(self) -> dict[str, Any]:
        """The law in words and numbers."""
        ...


@dataclass(frozen=True)
class RockVp:
    """vp by Brocher (2005), eq. 9, and vp/vs as at its end, 4.5 km/s, beyond; a smooth step from 4.4 to 4.6 km/s."""

    names: tuple[str, ...] = ()

    def of(self, x: Array, other: Array) -> Followed:
        """See `Law.of`."""
        width = PASSAGE[1] - PASSAGE[0]
        t = np.clip((other - PASSAGE[0]) / width, 0.0, 1.0)
        step, slope = t * t * (3.0 - 2.0 * t), 6.0 * t * (1.0 - t) / width
        low = np.minimum(other, PASSAGE[1])
        crust, mantle = vp_from_vs(low), MANTLE_RATIO * other
        by = (1.0 - step) * vp_derivative(low) + step * MANTLE_RATIO + slope * (mantle - crust)
        return _tied((1.0 - step) * crust + step * mantle, by)

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"law": "Brocher (2005) eq. 9 of vs; vp/vs 1.757 beyond 4.4 to 4.6 km/s"}


@dataclass(frozen=True)
class HeldRatio:
    """vp = `ratio` vs."""

    ratio: float
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check."""
        _check_ratio(self.ratio)

    def of(self, x: Array, other: Array) -> Followed:
        """See `Law.of`."""
        return _tied(self.ratio * other, np.full_like(other, self.ratio))

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"law": "vp/vs held", "ratio": self.ratio}


@dataclass(frozen=True, eq=False)
class FreeRatio:
    """vp/vs with a prior: one for all layers, or, for `layers` above 0, one for each of so many."""

    marginal: Marginal
    layers: int = 0

    def __post_init__(self) -> None:
        """Check what the prior allows."""
        low = getattr(self.marginal, "low", None)
        if low is not None:
            _check_ratio(float(np.min(low)))

    @property
    def names(self) -> tuple[str, ...]:
        """One a ratio."""
        return tuple(f"vp_vs_{i}" for i in range(1, self.layers + 1)) if self.layers else ("vp_vs",)

    def of(self, x: Array, other: Array) -> Followed:
        """See `Law.of`."""
        ratio, slope = self.marginal.of(x)
        each = np.eye(self.layers) if self.layers else np.ones((1, 1))
        by = np.broadcast_to(ratio, other.shape)
        return Followed(by * other, by.copy(), other[:, :, None] * slope[:, None, :] * each)

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"law": f"vp/vs free, {'one a layer' if self.layers else 'one for all layers'}", **_named(self.marginal)}


@dataclass(frozen=True)
class RockDensity:
    """Density of rock by vp: Brocher (2005), eq. 1, and a power law in the mantle (see `surfgrad.earth.mantle`)."""

    names: tuple[str, ...] = ()

    def of(self, x: Array, other: Array) -> Followed:
        """See `Law.of`."""
        return _tied(rock_density(other), rock_density_derivative(other))

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"law": "Brocher (2005) eq. 1 of vp, passing to a power law of mantle rock at 7.4 to 8 km/s"}


@dataclass(frozen=True)
class HeldDensity:
    """One density, g/cm3."""

    rho: float
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check."""
        if not 0.0 < self.rho < 30.0:
            raise UsageError(f"rho: {self.rho:g} g/cm3 given; a number from 0 to 30 is allowed")

    def of(self, x: Array, other: Array) -> Followed:
        """See `Law.of`."""
        return _tied(np.full_like(other, self.rho), np.zeros_like(other))

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"law": "held", "rho_g_cm3": self.rho}


@dataclass(frozen=True, eq=False)
class FreeDensity:
    """One density for all layers, g/cm3, with a prior."""

    marginal: Marginal
    names: tuple[str, ...] = ("rho",)

    def of(self, x: Array, other: Array) -> Followed:
        """See `Law.of`."""
        rho, slope = self.marginal.of(x)
        shape = other.shape
        return Followed(
            np.broadcast_to(rho, shape).copy(), np.zeros(shape), np.broadcast_to(slope[:, None, :], (*shape, 1))
        )

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        return {"law": "free, one for all layers", **_named(self.marginal)}


def _tied(value: Array, by: Array) -> Followed:
    return Followed(np.asarray(value), np.asarray(by), np.zeros((*value.shape, 0)))


def _named(marginal: Marginal) -> dict[str, Any]:
    card = marginal.card()
    return {"prior": card.pop("law"), **card}


def _check_ratio(ratio: float) -> None:
    if not LEAST_RATIO < ratio < np.inf:
        raise UsageError(f"vp/vs: {ratio:g} given; above sqrt(4/3) is allowed (a positive bulk modulus)")
