"""What a forward model is: the one interface that audit, inversion and study consume."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

from surfgrad.records import Kernels

WAVES = ("rayleigh", "love")
PARAMETERS = ("thickness", "vp", "vs", "rho")


@dataclass(frozen=True)
class Domain:
    """Where a forward model may be asked.

    `periods`: (shortest, longest), s. `vs`: (lowest, highest), km/s. `thickness`: the (L,) grid, km, that a model must
    have, or None when any layering is accepted. `note`: one sentence for people.
    """

    periods: tuple[float, float] = (0.0, np.inf)
    vs: tuple[float, float] = (0.0, np.inf)
    thickness: tuple[float, ...] | None = None
    note: str = ""


@runtime_checkable
class Forward(Protocol):
    """A map from layered models to velocities of one mode, exact or learned.

    `models`: an EarthModel, a list of them (layer counts may differ), or the four arrays (thickness, vp, vs, rho), each
    (N, L), km, km/s, km/s, g/cm3. `periods`: (T,), s.
    """

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves that it knows, "rayleigh", "love" or both: what the axis W of its answers stands for."""
        ...

    @property
    def kind(self) -> str:
        """Which velocity it gives: "phase" or "group"."""
        ...

    @property
    def domain(self) -> Domain:
        """Where it may be asked."""
        ...

    def predict(self, models: Any, periods: Any) -> np.ndarray:
        """Velocities (N, W, T), km/s; NaN where there is none."""
        ...

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """The velocities with their derivatives by each layer's parameters: arrays (N, W, T, L), `per` "layer".

        None for a parameter that the forward does not have; NaN where there is no velocity, and at the padding of
        models with fewer layers than the longest.
        """
        ...
