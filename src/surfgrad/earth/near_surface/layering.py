"""Where the layers of an inversion may end: ranges of depth and thickness, cut to what a curve resolves."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.errors import ModelError

Array = np.ndarray
_SLACK = 1e-9
"""Share of the resolution depth by which `allows` forgives rounding."""


@dataclass(frozen=True, eq=False)
class Layering:
    """A parameterisation of n layers over a half-space; all lengths in the unit of the wavelengths it was made from.

    `method`: "number" or "ratio", with its `parameter`. `bottom_min`, `bottom_max`: (n,), the range of depth in which
    each layer ends; the half-space begins where the last one does. `thinnest`: what every layer is at least thick.
    `resolution`: depth below which nothing ends.
    """

    method: str
    parameter: float
    thinnest: float
    resolution: float
    bottom_min: Array
    bottom_max: Array

    @property
    def n_layers(self) -> int:
        """Number of layers above the half-space."""
        return int(self.bottom_min.size)

    @property
    def thickness_min(self) -> Array:
        """(n,): the thinnest that each layer can be, whatever the others are."""
        low, high = self._reached()
        return np.maximum(self.thinnest, low[1:] - high[:-1])

    @property
    def thickness_max(self) -> Array:
        """(n,): the thickest that each layer can be where the others leave it as much room as they may."""
        low, high = self._reached()
        return high[1:] - low[:-1]

    def allows(self, thickness: Any) -> bool:
        """Whether layers of `thickness` (n,), half-space left out, end within their ranges and are thick enough."""
        given = np.asarray(thickness, dtype=np.float64)
        if given.shape != self.bottom_min.shape:
            raise ModelError(f"thickness: shape {given.shape} given; ({self.n_layers},), no half-space, is allowed")
        slack = _SLACK * self.resolution
        bottom = np.cumsum(given)
        inside = (bottom >= self.bottom_min - slack) & (bottom <= self.bottom_max + slack)
        return bool(inside.all() and (given >= self.thinnest - slack).all())

    def _reached(self) -> tuple[Array, Array]:
        """(n + 1,) shallowest and deepest bottoms, the surface first, once no layer is thinner than `thinnest`."""
        steps = self.thinnest * np.arange(self.n_layers + 1)
        low = np.maximum.accumulate(np.append(0.0, self.bottom_min) - steps) + steps
        room = np.minimum.accumulate((self.bottom_max - steps[1:])[::-1])[::-1]
        return low, np.append(0.0, room + steps[1:])
