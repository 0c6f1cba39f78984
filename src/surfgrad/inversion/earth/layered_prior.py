"""A prior over layered models, put together from thicknesses, vs, and what vp and density follow."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from surfgrad.inversion.earth.thicknesses import Thicknesses
from surfgrad.inversion.earth.ties import Law
from surfgrad.inversion.earth.velocities import Velocities
from surfgrad.inversion.earth.water import Water

Array = np.ndarray
Models = tuple[Array, Array, Array, Array]


@dataclass(frozen=True, eq=False)
class LayeredPrior:
    """Models (thickness, vp, vs, rho), (B, L) each, of coordinates x (B, D) ~ N(0, I); km, km/s, km/s, g/cm3.

    The coordinates are those of `thicknesses`, `velocities`, `vp`, `rho` and `water`, in this order.
    """

    thicknesses: Thicknesses
    velocities: Velocities
    vp: Law
    rho: Law
    water: Water | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each of the D coordinates moves."""
        parts = (self.thicknesses, self.velocities, self.vp, self.rho, self.water)
        return tuple(name for part in parts if part is not None for name in part.names)

    @property
    def size(self) -> int:
        """D."""
        return len(self.names)

    @property
    def layers(self) -> int:
        """L, water and half-space included."""
        return self.thicknesses.layers + (self.water is not None)

    def models(self, x: Array) -> Models:
        """The models at x (B, D)."""
        return self.jacobian(x)[0]

    def jacobian(self, x: Array) -> tuple[Models, Array]:
        """The models at x (B, D), and their derivatives (B, 4, L, D): of thickness, vp, vs and rho."""
        own = self._split(x)
        thickness, by_thickness = self.thicknesses.of(own[0])
        vs, by_vs = self.velocities.of(own[1])
        vp = self.vp.of(own[2], vs)
        rho = self.rho.of(own[3], vp.value)
        out = np.zeros((len(x), 4, vs.shape[1], x.shape[1]))
        h, v, a, r, _ = self._places
        out[:, 0, :, h] = by_thickness
        out[:, 2, :, v] = by_vs
        out[:, 1, :, v] = vp.by[..., None] * by_vs
        out[:, 1, :, a] = vp.by_x
        out[:, 3, :, : r.start] = rho.by[..., None] * out[:, 1, :, : r.start]
        out[:, 3, :, r] = rho.by_x
        models = (thickness, vp.value, vs, rho.value)
        return (models, out) if self.water is None else self._under_water(self.water, own[4], models, out)

    def card(self) -> dict[str, Any]:
        """The prior in words and numbers, as JSON holds it."""
        card = {
            "coordinates": self.size,
            "layers": self.layers,
            "thickness": self.thicknesses.card(),
            "vs": self.velocities.card(),
            "vp": self.vp.card(),
            "rho": self.rho.card(),
        }
        return card if self.water is None else {**card, "water": self.water.card()}

    @cached_property
    def _places(self) -> tuple[slice, ...]:
        """Of each part's coordinates."""
        parts = (self.thicknesses, self.velocities, self.vp, self.rho, self.water)
        ends = np.cumsum([0, *(0 if part is None else len(part.names) for part in parts)]).tolist()
        return tuple(slice(a, b) for a, b in pairwise(ends))

    def _split(self, x: Array) -> list[Array]:
        return [x[:, place] for place in self._places]

    def _under_water(self, water: Water, x: Array, models: Models, out: Array) -> tuple[Models, Array]:
        depth, slope = water.of(x)
        tops = (depth, np.full_like(depth, water.vp), np.zeros_like(depth), np.full_like(depth, water.rho))
        thickness, vp, vs, rho = (np.concatenate(pair, axis=1) for pair in zip(tops, models, strict=True))
        row = np.zeros((len(x), 4, 1, out.shape[3]))
        row[:, 0, :, self._places[4]] = slope
        return (thickness, vp, vs, rho), np.concatenate([row, out], axis=2)
