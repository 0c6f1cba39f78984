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
    """A map from layered models to velocities, exact or learned.

    `models`: an EarthModel, a list of them, or the four arrays (thickness, vp, vs, rho), each (N, L).
    """

    @property
    def waves(self) -> tuple[str, ...]: ...

    @property
    def kind(self) -> str: ...

    @property
    def domain(self) -> Domain: ...

    def predict(self, models: Any, periods: Any) -> np.ndarray:
        """Velocities (N, W, T), km/s; NaN where there is none."""
        ...

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Kernels whose arrays are (N, W, T, L); None for a parameter that the forward does not have."""
        ...
