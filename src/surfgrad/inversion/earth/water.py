"""Water on top of the layers: a layer of its own, its depth held or free."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.inversion.earth.marginals import Marginal

Array = np.ndarray
VP, RHO = 1.5, 1.03
"""Sea water, km/s and g/cm3."""


@dataclass(frozen=True, eq=False)
class Water:
    """`depth`: km, or its prior."""

    depth: float | Marginal
    vp: float = VP
    rho: float = RHO

    @property
    def names(self) -> tuple[str, ...]:
        """One, where the depth is free."""
        return () if isinstance(self.depth, float) else ("water_depth",)

    def of(self, x: Array) -> tuple[Array, Array]:
        """Depth (B, 1), km, and its derivatives (B, 1, size), of x (B, size)."""
        if isinstance(self.depth, float):
            return np.full((len(x), 1), self.depth), np.zeros((len(x), 1, 0))
        depth, slope = self.depth.of(x)
        return depth, slope[:, :, None]

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers."""
        depth = {"depth_km": self.depth} if isinstance(self.depth, float) else self.depth.card()
        return {**depth, "vp_km_s": self.vp, "rho_g_cm3": self.rho}
