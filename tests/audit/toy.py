"""A forward in closed form that obeys the identities: quick to ask, its Jacobian known exactly.

The velocity is a mean of vs (and a little vp for Rayleigh) over depth with weights exp(-z/D)/D, D = a T times the mean
vs, so that velocities and periods scale as in the earth; density enters by ratios only.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from surfgrad.contracts import Domain
from surfgrad.earth.stack import stack_models
from surfgrad.records import Kernels
from surfgrad.status import Status

REACH = 0.3
PRESSURE = {"rayleigh": 0.1, "love": 0.0}
DENSITY = {"rayleigh": 0.15, "love": 0.1}


@dataclass(frozen=True)
class Toy:
    """Fulfils Forward. Beyond `longest` seconds no mode is trapped."""

    waves: tuple[str, ...] = ("rayleigh", "love")
    kind: str = "phase"
    domain: Domain = field(default_factory=Domain)
    longest: float = np.inf

    def predict(self, models: Any, periods: Any) -> np.ndarray:
        return self.jacobian(models, periods).velocity

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        stack = stack_models(models)
        times = np.asarray(periods, dtype=np.float64)
        parts = [_wave(wave, stack.thickness, stack.vp, stack.vs, stack.rho, times) for wave in self.waves]
        velocity, vp, vs, rho = (np.stack(each, axis=1) for each in zip(*parts, strict=True))
        lost = np.broadcast_to(times > self.longest, velocity.shape)
        velocity, vp, vs, rho = (np.where(_fit(lost, each), np.nan, each) for each in (velocity, vp, vs, rho))
        status = np.where(lost, Status.NO_MODE, Status.OK).astype(np.uint8)
        return Kernels(velocity, status, None, vp, vs, rho)


def _fit(mask: np.ndarray, array: np.ndarray) -> np.ndarray:
    return mask.reshape(mask.shape + (1,) * (array.ndim - mask.ndim))


def _wave(wave: str, h: np.ndarray, vp: np.ndarray, vs: np.ndarray, rho: np.ndarray, times: np.ndarray) -> tuple:
    b, g, layers = PRESSURE[wave], DENSITY[wave], vs.shape[1]
    share = np.full(layers, 1 / layers)
    reach = (REACH * times[None, :] * (vs @ share)[:, None])[..., None]
    weight, slope = _weights(h, reach)
    stiff = ((1 - b) * vs + 0.6 * b * vp)[:, None, :]
    heavy = np.log(rho)[:, None, :]
    mean, lean = (weight * stiff).sum(-1), ((weight - share) * heavy).sum(-1)
    factor = np.exp(g * lean)
    velocity = mean * factor
    per_reach = ((slope * stiff).sum(-1) + mean * g * (slope * heavy).sum(-1)) * factor
    d_vs = weight * (1 - b) * factor[..., None] + per_reach[..., None] * REACH * times[None, :, None] * share
    d_vp = weight * 0.6 * b * factor[..., None]
    d_rho = velocity[..., None] * g * (weight - share) / rho[:, None, :]
    return velocity, d_vp, d_vs, d_rho


def _weights(h: np.ndarray, reach: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share of each layer (N, T, L) under exp(-z/D)/D, and its derivative by D."""
    top = np.concatenate([np.zeros_like(h[:, :1]), np.cumsum(h[:, :-1], axis=1)], axis=1)[:, None, :]
    above = np.exp(-top / reach)
    slope = top / reach**2 * above
    none = np.zeros_like(above[..., :1])
    return above - np.concatenate([above[..., 1:], none], -1), slope - np.concatenate([slope[..., 1:], none], -1)


def even_models(count: int = 12, layers: int = 60, step: float = 2.0, seed: int = 0) -> tuple[np.ndarray, ...]:
    """Random models (count, layers) on an even grid: rough enough that kernels are, with a jump somewhere."""
    rng = np.random.default_rng(seed)
    depth = step * np.arange(layers)
    vs = 2.8 + 1.8 * depth / depth[-1] + 0.3 * rng.random((count, 1)) + 0.2 * rng.standard_normal((count, layers))
    vs += np.where(depth > rng.uniform(20, 50, (count, 1)), 0.5, 0.0)
    vp = vs * rng.uniform(1.65, 1.85, (count, layers))
    rho = 2.4 + 0.25 * (vs - 2.5) * rng.uniform(0.8, 1.2, (count, layers))
    thickness = np.full((count, layers), step)
    thickness[:, -1] = 0.0
    return thickness, vp, vs, rho


def uneven_models(count: int = 12, layers: int = 40, seed: int = 1) -> tuple[np.ndarray, ...]:
    """Random models whose layers are 0.5 to 5 km thick in no order: their per-layer kernels are rough."""
    thickness, vp, vs, rho = even_models(count, layers, seed=seed)
    thickness[:, :-1] = np.random.default_rng(seed).uniform(0.5, 5.0, (count, layers - 1))
    return thickness, vp, vs, rho
