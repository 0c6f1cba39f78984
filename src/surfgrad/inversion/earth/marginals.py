"""Single quantities with a stated prior, as functions of a standard normal coordinate.

A range is kept by the map, value = quantile(Phi(g)), so that no sampler ever steps over its ends.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy.special import ndtr

from surfgrad.errors import UsageError

Array = np.ndarray
_HEIGHT = 1.0 / np.sqrt(2.0 * np.pi)


class Marginal(Protocol):
    """A quantity with a prior."""

    def of(self, g: Array) -> tuple[Array, Array]:
        """Values and their derivatives by g, both of its shape (..., K)."""
        ...

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        ...


@dataclass(frozen=True, eq=False)
class LogNormal:
    """ln(value - `floor`) ~ N(ln(`centre` - `floor`), `sd`^2); each one number or (K,)."""

    centre: Any
    sd: Any
    floor: Any = 0.0

    def __post_init__(self) -> None:
        """Check."""
        if not (np.all(np.greater(self.centre, self.floor)) and np.all(np.asarray(self.sd) > 0)):
            raise UsageError("prior: a log-normal needs a centre above its floor and a standard deviation above 0")

    def of(self, g: Array) -> tuple[Array, Array]:
        """See `Marginal.of`."""
        above = np.subtract(self.centre, self.floor) * np.exp(self.sd * g)
        return self.floor + above, self.sd * above

    def card(self) -> dict[str, Any]:
        """See `Marginal.card`."""
        card = {"law": "log-normal", "centre": plain(self.centre), "sd_of_ln": plain(self.sd)}
        return {**card, "floor": plain(self.floor)} if np.any(self.floor) else card


@dataclass(frozen=True, eq=False)
class LogUniform:
    """Evenly spread in logarithm from `low` to `high`; both one number or (K,)."""

    low: Any
    high: Any

    def __post_init__(self) -> None:
        """Check."""
        check_range(self.low, self.high, above=0.0)

    def of(self, g: Array) -> tuple[Array, Array]:
        """See `Marginal.of`."""
        span = np.log(np.divide(self.high, self.low))
        value = self.low * np.exp(span * ndtr(g))
        return value, value * span * bell(g)

    def card(self) -> dict[str, Any]:
        """See `Marginal.card`."""
        return {"law": "log-uniform", "low": plain(self.low), "high": plain(self.high)}


@dataclass(frozen=True, eq=False)
class Uniform:
    """Evenly spread from `low` to `high`; both one number or (K,)."""

    low: Any
    high: Any

    def __post_init__(self) -> None:
        """Check."""
        check_range(self.low, self.high)

    def of(self, g: Array) -> tuple[Array, Array]:
        """See `Marginal.of`."""
        span = np.subtract(self.high, self.low)
        return self.low + span * ndtr(g), span * bell(g)

    def card(self) -> dict[str, Any]:
        """See `Marginal.card`."""
        return {"law": "uniform", "low": plain(self.low), "high": plain(self.high)}


def bell(g: Array) -> Array:
    """Density of the standard normal."""
    return np.asarray(_HEIGHT * np.exp(-0.5 * g * g))


def plain(values: Any) -> Any:
    """A number, or a list of them, as JSON writes it."""
    return np.asarray(values, dtype=np.float64).tolist()


def check_range(low: Any, high: Any, above: float = -np.inf) -> None:
    """Raise UsageError unless finite `low` < `high`, entry by entry, all greater than `above`."""
    least, most = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    if not (np.all(least > above) and np.all(least < most) and np.all(np.isfinite(most))):
        given = f"{np.min(least):g} to {np.max(most):g}"
        raise UsageError(
            f"prior range: {given} given; finite ends, rising{', above 0' if above == 0 else ''}, are allowed"
        )
