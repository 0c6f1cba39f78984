"""Strong prior: five tectonic classes, a sharp Moho, everything tied to vs."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from surfgrad.earth.brocher import density_from_vp, vp_from_vs
from surfgrad.earth.grid import DEFAULT_GRID, LAYER, middles
from surfgrad.earth.mantle import mantle_density
from surfgrad.earth.priors.base import Sample

Array = np.ndarray
Range = tuple[float, float]
_DEPTH = middles(DEFAULT_GRID)
_GRADIENT: Range = (0.0005, 0.002)
_MANTLE_RATIO: Range = (1.72, 1.82)
_UPPER_SHARE: Range = (0.35, 0.65)
_SEDIMENT_TOP: Range = (0.5, 1.8)
_SEDIMENT_STEP: Range = (0.2, 0.9)
_LID_OVER_ZONE: Range = (10.0, 50.0)
_ZONE_THICKNESS: Range = (25.0, 80.0)
_ZONE_ENDS = 125.0


@dataclass(frozen=True)
class TectonicClass:
    """Bounds of one class; pairs are uniform ranges, km and km/s; `*_chance` are probabilities."""

    name: str
    sediment_chance: float
    sediment: Range
    moho: Range
    upper_vs: Range
    lower_vs: Range
    mantle_vs: Range
    zone_chance: float
    zone_drop: Range


CLASSES = (
    TectonicClass("oceanic", 0.7, (0.5, 2.0), (6.0, 14.0), (2.7, 3.5), (3.6, 4.0), (4.35, 4.70), 0.8, (0.05, 0.35)),
    TectonicClass("shield", 0.2, (0.5, 1.5), (34.0, 50.0), (3.35, 3.75), (3.70, 4.10), (4.50, 4.75), 0.2, (0.02, 0.15)),
    TectonicClass("platform", 0.8, (0.5, 5.0), (33.0, 48.0), (3.3, 3.7), (3.65, 4.05), (4.45, 4.75), 0.4, (0.03, 0.20)),
    TectonicClass("orogen", 0.5, (0.5, 6.0), (42.0, 75.0), (3.1, 3.55), (3.45, 3.95), (4.30, 4.65), 0.5, (0.05, 0.30)),
    TectonicClass("rift", 0.8, (0.5, 6.0), (20.0, 34.0), (3.1, 3.5), (3.5, 3.85), (4.15, 4.45), 0.9, (0.05, 0.35)),
)
"""Typical crust and lids of each setting, as wide as textbook compilations (Mooney, Laske & Masters 1998; Pasyanos et
al. 2014) spread them; oceanic crust stands here without its water."""


class Tectonic:
    """A class, sediments or none, upper and lower crust, sharp Moho, mantle gradient, low-velocity zone or none.

    vp in sediments and crust is Brocher's (2005) equation (9) of vs and density his equation (1) of vp; in the mantle
    vp/vs is one number per model and density a power of vp. So density is a function of vp, and vp nearly of vs: a
    network trained here cannot know their derivatives apart.
    """

    name = "tectonic"
    version = 1
    periods = (2.0, 60.0)
    grid = DEFAULT_GRID
    interfaces: tuple[float, float] | None = (0.5, 75.0)

    def card(self) -> dict[str, Any]:
        """See `Prior.card`."""
        return {
            "name": self.name,
            "version": self.version,
            "grid": {"layers": int(DEFAULT_GRID.size), "thickness_km": LAYER},
            "varies": "class, sediment thickness and vs, mid-crust and Moho depth, vs of upper and lower crust, "
            "mantle vs, gradient and vp/vs, low-velocity zone",
            "tied": "crust: vp = Brocher (2005) eq. 9 of vs, rho = eq. 1 of vp; "
            "mantle: vp/vs constant in a model, rho = 3.32 (vp / 8.04)^0.3; interfaces on the 0.5 km grid",
            "bounds": {
                "classes": [_plain(each) for each in CLASSES],
                "class_probability": 1 / len(CLASSES),
                "sediment_top_vs": list(_SEDIMENT_TOP),
                "sediment_vs_increase": list(_SEDIMENT_STEP),
                "upper_crust_share": list(_UPPER_SHARE),
                "mantle_vs_gradient_per_s": list(_GRADIENT),
                "mantle_vp_vs": list(_MANTLE_RATIO),
                "zone_below_moho_km": list(_LID_OVER_ZONE),
                "zone_thickness_km": list(_ZONE_THICKNESS),
                "zone_ends_above_km": _ZONE_ENDS,
            },
            "sources": ["Brocher 2005", "Mooney, Laske & Masters 1998", "Pasyanos et al. 2014", "Karato 1993"],
        }

    def sample(self, rng: np.random.Generator) -> Sample:
        """See `Prior.sample`; (256,) each, on the default grid."""
        kind = CLASSES[rng.integers(len(CLASSES))]
        sediment = _snap(rng.uniform(*kind.sediment)) if rng.random() < kind.sediment_chance else 0.0
        moho = _snap(rng.uniform(*kind.moho))
        middle = _snap(sediment + (moho - sediment) * rng.uniform(*_UPPER_SHARE))
        vs = _mantle(rng, kind, moho)
        for top, bottom, values in (
            (middle, moho, _rising(rng, kind.lower_vs)),
            (sediment, middle, _rising(rng, kind.upper_vs)),
            (0.0, sediment, _sediment(rng)),
        ):
            _fill(vs, top, bottom, values)
        crust = moho > _DEPTH
        vp = np.where(crust, vp_from_vs(vs), rng.uniform(*_MANTLE_RATIO) * vs)
        rho = np.where(crust, density_from_vp(vp), mantle_density(vp))
        return DEFAULT_GRID.copy(), vp, vs, rho


def _plain(kind: TectonicClass) -> dict[str, Any]:
    """The class as JSON holds it: lists for pairs."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(kind).items()}


def _snap(depth: float) -> float:
    """The nearest interface of the grid, so that a sharp interface stays sharp."""
    return LAYER * round(depth / LAYER)


def _rising(rng: np.random.Generator, bounds: Range) -> Range:
    """vs at top and bottom: two draws, the smaller on top."""
    first, second = rng.uniform(*bounds), rng.uniform(*bounds)
    return min(first, second), max(first, second)


def _sediment(rng: np.random.Generator) -> Range:
    top = rng.uniform(*_SEDIMENT_TOP)
    return top, top + rng.uniform(*_SEDIMENT_STEP)


def _fill(vs: Array, top: float, bottom: float, values: Range) -> None:
    """Write a linear gradient between two depths of the grid."""
    first, last = round(top / LAYER), round(bottom / LAYER)
    if last > first:
        share = (_DEPTH[first:last] - top) / (bottom - top)
        vs[first:last] = values[0] + (values[1] - values[0]) * share


def _mantle(rng: np.random.Generator, kind: TectonicClass, moho: float) -> Array:
    """vs of a mantle everywhere: a gradient, less a smooth zone that is over before the half-space begins."""
    vs = rng.uniform(*kind.mantle_vs) + rng.uniform(*_GRADIENT) * (_DEPTH - moho)
    if rng.random() < kind.zone_chance:
        thickness = rng.uniform(*_ZONE_THICKNESS)
        top = min(moho + rng.uniform(*_LID_OVER_ZONE), _ZONE_ENDS - thickness)
        phase = np.clip((_DEPTH - top) / thickness, 0.0, 1.0)
        vs -= rng.uniform(*kind.zone_drop) * np.sin(np.pi * phase) ** 2
    return vs
