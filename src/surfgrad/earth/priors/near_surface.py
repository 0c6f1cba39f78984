"""Near-surface prior: soil over rock, with or without a water table, for periods of 0.01 to 1 s."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from surfgrad.earth.brocher import density_from_vp, vp_from_vs
from surfgrad.earth.grid import middles
from surfgrad.earth.priors.base import Sample
from surfgrad.earth.saturation import WATER_DENSITY, dry_bulk, p_velocity, saturated_bulk

Array = np.ndarray
Range = tuple[float, float]

_FIRST, _GROWTH, _LAYERS = 0.0003, 1.04, 96


def _grid() -> Array:
    grid = np.append(_FIRST * _GROWTH ** np.arange(_LAYERS - 1), 0.0)
    grid.flags.writeable = False
    return grid


GRID = _grid()
"""(96,), km: 0.3 m at the surface, each layer 4 % thicker than the one above; the half-space begins at 304 m."""
_DEPTH = middles(GRID)


@dataclass(frozen=True)
class Bounds:
    """Ranges, km, km/s, g/cm3; uniform, or log-uniform where the comment says so."""

    rock_depth: Range = (0.001, 0.2)  # log-uniform
    soil_layers: tuple[int, int] = (1, 7)
    soil_vs: Range = (0.08, 0.35)  # log-uniform; at the surface
    soil_power: Range = (0.0, 0.35)
    soil_step: Range = (0.0, 0.5)
    soil_poisson: Range = (0.15, 0.38)
    porosity: Range = (0.25, 0.55)
    grain_density: Range = (2.60, 2.75)
    moisture: Range = (0.05, 0.9)
    water_chance: float = 0.85
    water_depth: Range = (0.0003, 0.06)  # log-uniform
    rock_vs: Range = (0.7, 2.8)  # log-uniform
    rock_rise: Range = (0.0, 0.2)
    weathering: Range = (0.5, 1.0)
    weathered: Range = (0.001, 0.05)  # log-uniform
    dry_rock_ratio: Range = (1.55, 2.0)
    rock_vp_factor: Range = (0.92, 1.12)
    rock_density_factor: Range = (0.95, 1.05)


BOUNDS = Bounds()
_TREND_DEPTH = 0.005
_SOIL_CEILING = 0.65
_RISE_DEPTH = 0.1


class NearSurface:
    """One to seven layers of soil, each softer or stiffer than a trend that rises with depth, over weathered rock.

    Below the water table soil is saturated (Gassmann), so vp is about 1.5 km/s or more beside any vs. Rock below the
    table follows Brocher (2005), above it has one vp/vs. No soil reaches 0.65 km/s, and
    the half-space, less weathered than all rock above it, is always faster: every fundamental mode is trapped.
    """

    name = "near_surface"
    version = 1
    periods = (0.01, 1.0)
    grid = GRID
    interfaces: tuple[float, float] | None = (float(GRID[0]), BOUNDS.rock_depth[1])

    def card(self) -> dict[str, Any]:
        """See `Prior.card`."""
        return {
            "name": self.name,
            "version": self.version,
            "grid": {"layers": _LAYERS, "thickness_km": _FIRST, "growth": _GROWTH},
            "varies": "depth of rock, number, place and stiffness of soil layers (reversals included), porosity and "
            "skeleton of each, water table, vs of rock, its weathering and rise",
            "tied": "soil: density from porosity and saturation, vp from the skeleton's Poisson ratio, below the water "
            "table by Gassmann; rock: vp = Brocher (2005) eq. 9 of vs times a factor (above the table vp/vs constant), "
            "rho = eq. 1 of eq. 9's vp times a factor",
            "bounds": {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(BOUNDS).items()}
            | {"soil_vs_below_km_s": _SOIL_CEILING, "soil_trend": f"(1 + z / {1e3 * _TREND_DEPTH:g} m)^soil_power"},
            "sources": [
                "Gassmann 1951",
                "Mavko, Mukerji & Dvorkin 2009",
                "Foti, Lai & Lancellotta 2002 (vp of saturated soil)",
                "Brocher 2005",
            ],
        }

    def sample(self, rng: np.random.Generator) -> Sample:
        """See `Prior.sample`; (96,) each, on `GRID`."""
        rock_depth = _log_uniform(rng, BOUNDS.rock_depth)
        rock = rock_depth <= _DEPTH
        water_depth = _log_uniform(rng, BOUNDS.water_depth) if rng.random() < BOUNDS.water_chance else np.inf
        wet = water_depth <= _DEPTH
        soil_values = _soil(rng, rock_depth, wet)
        rock_values = _rock(rng, rock_depth, wet)
        vp, vs, rho = (np.where(rock, below, above) for above, below in zip(soil_values, rock_values, strict=True))
        return GRID.copy(), vp, vs, rho


def _log_uniform(rng: np.random.Generator, bounds: Range) -> float:
    return float(np.exp(rng.uniform(*np.log(bounds))))


def _soil(rng: np.random.Generator, rock_depth: float, wet: Array) -> tuple[Array, Array, Array]:
    """vp, vs, rho as if all were soil."""
    count = int(rng.integers(BOUNDS.soil_layers[0], BOUNDS.soil_layers[1] + 1))
    inner = np.sort(GRID[0] * (rock_depth / GRID[0]) ** rng.random(count - 1))
    layer = np.searchsorted(inner, _DEPTH)
    trend = _log_uniform(rng, BOUNDS.soil_vs) * (1.0 + _DEPTH / _TREND_DEPTH) ** rng.uniform(*BOUNDS.soil_power)
    step = np.exp(rng.uniform(*BOUNDS.soil_step) * rng.uniform(-1.0, 1.0, count))[layer]
    vs = step * trend / (1.0 + (step * trend / _SOIL_CEILING) ** 4) ** 0.25
    porosity, poisson = rng.uniform(*BOUNDS.porosity, count)[layer], rng.uniform(*BOUNDS.soil_poisson, count)[layer]
    water = np.where(wet, 1.0, rng.uniform(*BOUNDS.moisture))
    rho = (1.0 - porosity) * rng.uniform(*BOUNDS.grain_density) + porosity * water * WATER_DENSITY
    shear = rho * vs**2
    dry = dry_bulk(shear, poisson)
    return p_velocity(np.where(wet, saturated_bulk(dry, porosity), dry), shear, rho), vs, rho


def _rock(rng: np.random.Generator, rock_depth: float, wet: Array) -> tuple[Array, Array, Array]:
    """vp, vs, rho as if all were rock: slower where weathered, faster with depth."""
    below = np.maximum(_DEPTH - rock_depth, 0.0)
    fresh = 1.0 - (1.0 - rng.uniform(*BOUNDS.weathering)) * np.exp(-below / _log_uniform(rng, BOUNDS.weathered))
    rise = 1.0 + rng.uniform(*BOUNDS.rock_rise) * below / (below + _RISE_DEPTH)
    vs = _log_uniform(rng, BOUNDS.rock_vs) * fresh * rise
    saturated = vp_from_vs(vs)
    wet_vp, dry_vp = rng.uniform(*BOUNDS.rock_vp_factor) * saturated, rng.uniform(*BOUNDS.dry_rock_ratio) * vs
    rho = rng.uniform(*BOUNDS.rock_density_factor) * density_from_vp(saturated)
    return np.where(wet, wet_vp, np.minimum(dry_vp, wet_vp)), vs, rho
