"""A small prior for the liars: 24 layers, a Moho between 27.5 and 37.5 km, vp and density tied to vs.

It is rich in what the audit looks for and cheap to solve: few directions hold all its variance (so that kernels have
an off-manifold part), interfaces gather at some depths, layers are uneven (so that per km is not per layer), and every
fifth half-space is slow enough for modes to lose their trap inside the audited periods.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.earth.grid import middles, tops

GRID = np.array([2.5] * 16 + [10.0] * 7 + [0.0])
MOHO = (27.5, 37.5)


@dataclass(frozen=True)
class SmallPrior:
    """Fulfils `surfgrad.earth.priors.base.Prior`."""

    name: str = "small"
    version: int = 1
    interfaces: tuple[float, float] | None = MOHO
    periods: tuple[float, float] = (2.0, 60.0)

    @property
    def grid(self) -> np.ndarray:
        return GRID

    def card(self) -> dict[str, Any]:
        return {"name": self.name, "version": self.version}

    def sample(self, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
        moho = rng.integers(11, 16)
        depth = middles(GRID)
        crust = 3.0 + 0.02 * depth + rng.uniform(-0.2, 0.2) + self._waves(rng, depth / tops(GRID)[moho])
        mantle = 4.4 + 0.001 * depth + rng.uniform(-0.1, 0.1) + 0.3 * self._waves(rng, depth / depth[-1])
        vs = np.where(np.arange(GRID.size) < moho, crust, mantle)
        vs[-1] = rng.uniform(4.05, 4.2) if rng.random() < 0.2 else rng.uniform(4.7, 4.9)
        return GRID, 1.75 * vs, vs, 2.8 * (vs / 3.6) ** 0.25

    @staticmethod
    def _waves(rng: np.random.Generator, x: np.ndarray) -> np.ndarray:
        return sum(rng.uniform(-0.12, 0.12) / k * np.cos(np.pi * k * x) for k in (1, 2, 3))
