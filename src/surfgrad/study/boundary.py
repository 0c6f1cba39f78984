"""Hard models on the priors' grid: what a forward is likely to get wrong, a family for each reason."""

from collections.abc import Callable

import numpy as np

from surfgrad.earth.brocher import density_from_vp
from surfgrad.earth.grid import DEFAULT_GRID, tops
from surfgrad.earth.model import EarthModel
from surfgrad.earth.reference import reference
from surfgrad.records import Array

_TOP = tops(DEFAULT_GRID)
Ratio = Array
Family = Callable[[Array, np.random.Generator], tuple[Array, Ratio]]
"""From the vs of the base model, (L,), and chance to vs and vp/vs, (L,)."""


def boundary_models(count: int, seed: int) -> list[EarthModel]:
    """`count` models, the families in turn; model i depends on (seed, i) only. Density follows vp (Brocher 2005)."""
    return [_model(number, seed) for number in range(count)]


def _model(number: int, seed: int) -> EarthModel:
    name, family = FAMILIES[number % len(FAMILIES)]
    base = reference("ak135", np.cumsum(DEFAULT_GRID[:-1]))
    vs, ratio = family(base.vs.copy(), np.random.default_rng([seed, number]))
    vp = vs * ratio
    return EarthModel(DEFAULT_GRID.copy(), vp, vs, density_from_vp(np.clip(vp, 1.6, 8.4)), name=f"{name} {number}")


def _plain(vs: Array) -> Ratio:
    return np.full(vs.size, 1.75)


def _between(top: float, bottom: float) -> Array:
    return np.asarray((top <= _TOP) & (bottom > _TOP))


def _thin_layer(vs: Array, rng: np.random.Generator) -> tuple[Array, Ratio]:
    """The thinnest layer that the grid has, soft, in the hard crust."""
    vs[rng.integers(0, 12)] *= rng.uniform(0.2, 0.45)
    return vs, _plain(vs)


def _low_velocity_zone(vs: Array, rng: np.random.Generator) -> tuple[Array, Ratio]:
    """A zone a third to a half slower than what is around it."""
    top = rng.uniform(4.0, 40.0)
    vs[_between(top, top + rng.uniform(5.0, 20.0))] *= rng.uniform(0.5, 0.67)
    return vs, _plain(vs)


def _near_halfspace(vs: Array, rng: np.random.Generator) -> tuple[Array, Ratio]:
    """Everything a little slower than the half-space: roots close below its vs, motion that reaches far into it."""
    slow = vs[-1] * (1.0 - rng.uniform(0.005, 0.03))
    vs[:-1] = slow * (1.0 - 0.02 * rng.random() * np.exp(-_TOP[:-1] / 20.0))
    return vs, _plain(vs)


def _high_ratio(vs: Array, rng: np.random.Generator) -> tuple[Array, Ratio]:
    """Soft and wet: vp/vs of 3 to 5 in the uppermost kilometres."""
    wet = _between(0.0, rng.uniform(0.5, 3.0))
    vs[wet] = rng.uniform(0.5, 0.9)
    ratio = _plain(vs)
    ratio[wet] = rng.uniform(3.0, 5.0)
    return vs, ratio


def _fast_over_slow(vs: Array, rng: np.random.Generator) -> tuple[Array, Ratio]:
    """A fast cap over a slower crust: the phase velocity falls with period before it rises."""
    vs[_between(0.0, rng.uniform(2.0, 10.0))] *= rng.uniform(1.1, 1.3)
    return vs, _plain(vs)


def _slow_halfspace(vs: Array, rng: np.random.Generator) -> tuple[Array, Ratio]:
    """A half-space slower than the lid: modes leak at long periods, and that has to be said."""
    vs[-1] *= rng.uniform(0.88, 0.97)
    return vs, _plain(vs)


def _strong_contrast(vs: Array, rng: np.random.Generator) -> tuple[Array, Ratio]:
    """Soft sediment on hard rock: close modes, kernels that jump from one to the other with period."""
    vs[_between(0.0, rng.uniform(2.0, 8.0))] = rng.uniform(0.7, 1.2)
    return vs, _plain(vs)


FAMILIES: tuple[tuple[str, Family], ...] = (
    ("thin layer", _thin_layer),
    ("low-velocity zone", _low_velocity_zone),
    ("root near the half-space", _near_halfspace),
    ("high vp/vs", _high_ratio),
    ("fast over slow", _fast_over_slow),
    ("slow half-space", _slow_halfspace),
    ("strong contrast", _strong_contrast),
)
