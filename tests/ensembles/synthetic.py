"""Small ensembles with an analytic forward: curves are weighted averages of vs, so their kernels are known."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.status import Status

LAYERS = 6
PERIODS = np.array([2.0, 5.0, 10.0, 20.0, 40.0])
THICKNESS = np.array([2.0, 3.0, 5.0, 10.0, 20.0, 0.0])
SHARE = {"rayleigh": (0.1, 0.85, 0.02), "love": (0.0, 1.1, -0.03)}
"""Weights of vp, vs and rho in the analytic curve, by wave."""


def depth_weights(periods: np.ndarray, layers: int = LAYERS) -> np.ndarray:
    """(T, L), rows sum to one: longer periods see deeper layers."""
    rank = np.arange(layers)
    raw = np.exp(-0.5 * (rank - np.log2(np.asarray(periods)[:, None])) ** 2)
    return raw / raw.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class ToyPrior:
    """Random vs on a fixed grid of six layers, vp and rho tied loosely to it."""

    name: str = "toy"
    version: int = 1
    interfaces: tuple[float, float] | None = None

    def card(self) -> dict[str, Any]:
        """What varies."""
        return {"name": self.name, "version": self.version, "vs": (2.0, 4.0)}

    def sample(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """One model: four arrays (L,)."""
        vs = rng.uniform(2.0, 4.0, LAYERS)
        return THICKNESS.copy(), vs * rng.uniform(1.65, 1.85, LAYERS), vs, 2.0 + 0.2 * vs + rng.uniform(0, 0.1, LAYERS)


def toy_solve(
    thickness: np.ndarray,
    vp: np.ndarray,
    vs: np.ndarray,
    rho: np.ndarray,
    periods: np.ndarray,
    *,
    wave: str,
    mode: int,
    threads: int | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Weighted averages of vp, vs, rho. Slow half-spaces trap nothing at 40 s, so that some entries have no value."""
    weights = depth_weights(periods, vs.shape[1])
    share = SHARE[wave]
    mixed = share[0] * vp + share[1] * vs + share[2] * rho
    # Not a matrix product: its last bits depend on how many models there are.
    velocity = (mixed[:, None, :] * weights).sum(axis=2)
    status = np.zeros(velocity.shape, dtype=np.uint8)
    status[np.ix_(vs[:, -1] < 2.4, periods >= 40.0)] = Status.NO_MODE
    return np.where(status == Status.NO_MODE, np.nan, velocity), status
