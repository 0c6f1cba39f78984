"""Decorrelated prior: vs, vp/vs and density know nothing of one another, at any depth, at any wavelength."""

from typing import Any

import numpy as np

from surfgrad.earth.grid import DEFAULT_GRID, LAYER, middles, tops
from surfgrad.earth.priors.base import Sample
from surfgrad.earth.priors.fields import blocks, level, rough, smooth, uniform, waves_over

Array = np.ndarray

_DEPTH = middles(DEFAULT_GRID)
_BOUND_DEPTH = (0.0, 3.0, 6.0, 10.0, 25.0, 45.0, 80.0, 127.5)
BOUNDS = {
    "vs": ((0.4, 0.8, 1.2, 1.7, 2.6, 3.0, 3.4, 4.2), (3.9, 4.3, 4.8, 4.85, 4.9, 4.95, 5.0, 5.1)),
    "vp/vs": ((1.45, 1.45, 1.45, 1.45, 1.45, 1.5, 1.55, 1.58), (4.0, 3.0, 2.7, 2.3, 2.1, 2.0, 1.95, 1.95)),
    "rho": ((1.6, 1.9, 2.1, 2.25, 2.4, 2.5, 2.65, 3.0), (3.0, 3.2, 3.45, 3.5, 3.5, 3.5, 3.55, 3.6)),
}
"""Lowest and highest value at each depth of `_BOUND_DEPTH` (logarithms linear between), km/s and g/cm3.

Wide enough to hold the other crustal priors: vp/vs near the surface reaches up to water-saturated mud, and stays above
1.45, where quartz is lowest, far from the limit sqrt(4/3) = 1.155 of a positive bulk modulus.
"""
_SHARES = (1.0, 1.0, 1.0, 0.4)
_STRETCH = 2.0
_WAVES = 24
_SMOOTH_EXPONENT = (0.5, 2.0)
_ROUGH_EXPONENT = (0.0, 1.5)

_SMOOTH = waves_over(np.log1p(_DEPTH / _STRETCH) / np.log1p(_DEPTH[-1] / _STRETCH), _WAVES)
_EDGE = np.log1p(tops(DEFAULT_GRID) / _STRETCH)
# An interface on each boundary of the grid: as likely as its neighbours are far away on the stretched axis, or evenly.
_CROWDED = np.diff(_EDGE) / _EDGE[-1]
_EVEN = np.full(_CROWDED.size, 1.0 / _CROWDED.size)
_MOST = DEFAULT_GRID.size - 1


def _middle_and_half(name: str) -> tuple[Array, Array]:
    low, high = (np.interp(_DEPTH, _BOUND_DEPTH, np.log(bound)) for bound in BOUNDS[name])
    return 0.5 * (low + high), 0.5 * (high - low)


_RANGE = {name: _middle_and_half(name) for name in BOUNDS}


class Decorrelated:
    """log vs, log vp/vs and log rho: three independent random functions, at every depth uniform between bounds.

    Each is a sum of four Gaussian functions with shares of the variance that are drawn anew for every model and
    parameter: one level for the column; smooth waves on an axis stretched towards the surface; a staircase of 2 to
    256 layers, some of them 0.5 km thin; and noise with all wavelengths from 1 km to the whole column.
    """

    name = "decorrelated"
    version = 1
    periods = (2.0, 60.0)
    grid = DEFAULT_GRID
    interfaces: tuple[float, float] | None = (LAYER, float(_DEPTH[-1]))

    def card(self) -> dict[str, Any]:
        """See `Prior.card`."""
        return {
            "name": self.name,
            "version": self.version,
            "grid": {"layers": int(DEFAULT_GRID.size), "thickness_km": LAYER},
            "varies": "log vs, log vp/vs and log rho: at every depth uniform between bounds; each the sum of a level, "
            "smooth waves, a staircase and noise of all wavelengths from 1 km on",
            "tied": "nothing: the three are independent",
            "bounds": {
                "depth_km": list(_BOUND_DEPTH),
                **{f"{name}_lowest": list(low) for name, (low, _) in BOUNDS.items()},
                **{f"{name}_highest": list(high) for name, (_, high) in BOUNDS.items()},
                "between": "logarithms linear in depth",
                "variance_shares": f"level, smooth, staircase, noise: Dirichlet{_SHARES}, new for model and parameter",
                "smooth": f"1 to {_WAVES} half-waves in log(1 + z / {_STRETCH:g} km), amplitude ~ number^-p, "
                f"p uniform in {list(_SMOOTH_EXPONENT)}",
                "staircase": f"about 1 to {_MOST} interfaces, log-uniform, even in depth or in "
                f"log(1 + z / {_STRETCH:g} km)",
                "noise": f"amplitude ~ wavenumber^-q, q uniform in {list(_ROUGH_EXPONENT)}",
            },
            "sources": ["bounds: wide choices around Brocher 2005 and ak135 (Kennett, Engdahl & Buland 1995)"],
        }

    def sample(self, rng: np.random.Generator) -> Sample:
        """See `Prior.sample`; (256,) each, on the default grid."""
        vs, ratio, rho = (np.exp(middle + half * uniform(_field(rng))) for middle, half in _RANGE.values())
        return DEFAULT_GRID.copy(), ratio * vs, vs, rho


def _field(rng: np.random.Generator) -> Array:
    """(L,): mean 0 and variance 1 at every depth."""
    weights = np.sqrt(rng.dirichlet(_SHARES))
    number = _MOST ** rng.random()
    chance = number * (_CROWDED if rng.random() < 0.5 else _EVEN)
    parts = (
        level(rng, _DEPTH.size),
        smooth(rng, _SMOOTH, rng.uniform(*_SMOOTH_EXPONENT)),
        blocks(rng, chance),
        rough(rng, _DEPTH.size, rng.uniform(*_ROUGH_EXPONENT)),
    )
    return weights @ np.array(parts)
