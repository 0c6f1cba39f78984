"""Weak prior: random knots, smooth profiles, wide bounds; no class, no Moho."""

from typing import Any

import numpy as np

from surfgrad.earth.grid import DEFAULT_GRID, LAYER, middles
from surfgrad.earth.mantle import rock_density
from surfgrad.earth.pchip import pchip
from surfgrad.earth.priors.base import Sample
from surfgrad.earth.priors.ties import rock_vp

Array = np.ndarray

_DEPTH = middles(DEFAULT_GRID)
_BOTTOM = float(_DEPTH[-1])
_BOUND_DEPTH = (0.0, 3.0, 10.0, 25.0, 45.0, 80.0, _BOTTOM)
_LOWEST = (0.5, 1.8, 2.7, 3.0, 3.4, 3.9, 4.25)
_HIGHEST = (3.9, 4.0, 4.2, 4.5, 4.8, 4.9, 5.0)
_KNOTS = (4, 14)
_APART = (1.0, 0.1)
_STRETCH = 10.0
_RATIO_SPREAD = 0.08
_DENSITY_SPREAD = 0.06
_WAVES = 5

_SHARE = np.log1p(_DEPTH / _STRETCH) / np.log1p(_BOTTOM / _STRETCH)
_COSINES = np.cos(np.pi * np.arange(_WAVES)[:, None] * _SHARE) / _WAVES


class Weak:
    """vs through a random number of knots at random depths, between two wide envelopes that rise with depth.

    A knot's place between the envelopes is a mixture, in random proportion, of a level that all knots of the model
    share and a draw of its own: some models are even, others full of low-velocity zones. vp/vs and density follow
    rock relations times smooth random factors of their own.
    """

    name = "weak"
    version = 1
    periods = (2.0, 60.0)
    grid = DEFAULT_GRID
    interfaces: tuple[float, float] | None = None

    def card(self) -> dict[str, Any]:
        """See `Prior.card`."""
        return {
            "name": self.name,
            "version": self.version,
            "grid": {"layers": int(DEFAULT_GRID.size), "thickness_km": LAYER},
            "varies": "number, depth and vs of knots; smooth factors on vp/vs and on density",
            "tied": "vp = Brocher (2005) eq. 9 of vs (constant vp/vs above vs 4.5 km/s) times its factor; "
            "rho = Brocher eq. 1 of vp, passing to 3.32 (vp / 8.04)^0.3 over vp 7.4-8.0 km/s, times its factor",
            "bounds": {
                "knots": list(_KNOTS),
                "knot_depth": "0, 127.5 km and uniform in log(1 + z / 10 km) in between, 1 km + z / 10 apart",
                "depth_km": list(_BOUND_DEPTH),
                "vs_lowest": list(_LOWEST),
                "vs_highest": list(_HIGHEST),
                "vp_vs_factor": [1 - _RATIO_SPREAD, 1 + _RATIO_SPREAD],
                "density_factor": [1 - _DENSITY_SPREAD, 1 + _DENSITY_SPREAD],
                "factor_shape": f"{_WAVES} cosines in log(1 + z / 10 km), uniform amplitudes",
            },
            "sources": ["Brocher 2005", "Karato 1993", "Fritsch & Butland 1984 (interpolation)"],
        }

    def sample(self, rng: np.random.Generator) -> Sample:
        """See `Prior.sample`; (256,) each, on the default grid."""
        depth = _knot_depths(rng)
        shared, mixture = rng.random(), rng.random()
        place = mixture * shared + (1 - mixture) * rng.random(depth.size)
        low, high = np.interp(depth, _BOUND_DEPTH, _LOWEST), np.interp(depth, _BOUND_DEPTH, _HIGHEST)
        vs = pchip(depth, low + (high - low) * place, _DEPTH)
        vp = rock_vp(vs) * _factor(rng, _RATIO_SPREAD)
        rho = rock_density(vp) * _factor(rng, _DENSITY_SPREAD)
        return DEFAULT_GRID.copy(), vp, vs, rho


def _knot_depths(rng: np.random.Generator) -> Array:
    """Sorted, km, both ends included; no two nearer than 1 km + a tenth of their depth: finer is not resolvable."""
    count = int(rng.integers(_KNOTS[0], _KNOTS[1] + 1))
    inner = np.sort(_STRETCH * np.expm1(rng.random(count - 2) * np.log1p(_BOTTOM / _STRETCH)))
    kept = [0.0]
    for depth in inner:
        apart = _APART[0] + _APART[1] * depth
        if depth - kept[-1] >= apart and _BOTTOM - depth >= apart:
            kept.append(float(depth))
    return np.array([*kept, _BOTTOM])


def _factor(rng: np.random.Generator, spread: float) -> Array:
    """1 plus a smooth random function of depth that never leaves +- spread."""
    return 1.0 + spread * (rng.uniform(-1.0, 1.0, _WAVES) @ _COSINES)
