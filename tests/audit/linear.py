"""A forward that is linear in the logarithms of a model: its inversions have a closed form."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from surfgrad.contracts import Domain
from surfgrad.earth.stack import stack_models
from surfgrad.records import Kernels

THICKNESS = np.array([2.0, 4.0, 8.0, 16.0, 0.0])
REFERENCE = np.array([[4.8, 5.6, 6.2, 6.8, 8.3], [2.6, 3.2, 3.6, 3.9, 4.7], [2.4, 2.6, 2.7, 2.9, 3.3]])
PERIODS = np.array([3.0, 6.0, 12.0, 24.0, 48.0])


def slope(seed: int = 0) -> np.ndarray:
    """(W, T, 3, L): dc by ln vp, ln vs, ln rho, km/s, the size of real ones."""
    rng = np.random.default_rng(seed)
    return np.array([0.1, 0.6, 0.05])[:, None] * rng.uniform(0.2, 1.0, (2, PERIODS.size, 3, THICKNESS.size))


@dataclass(frozen=True)
class Linear:
    """c = 3.5 km/s + bias + sum of `slope` times ln(m / REFERENCE), at `PERIODS` only."""

    slope: np.ndarray = field(default_factory=slope)
    bias: float = 0.0
    waves: tuple[str, ...] = ("rayleigh", "love")
    kind: str = "phase"
    domain: Domain = field(default_factory=Domain)

    def predict(self, models: Any, periods: Any) -> np.ndarray:
        arrays = np.stack(stack_models(models).arrays[1:], axis=1)
        return 3.5 + self.bias + np.einsum("wtpl,npl->nwt", self.slope, np.log(arrays / REFERENCE))

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        vp, vs, rho = (each[:, None, None, :] for each in stack_models(models).arrays[1:])
        velocity, by_log = self.predict(models, periods), self.slope
        status = np.zeros(velocity.shape, dtype=np.uint8)
        return Kernels(velocity, status, None, by_log[:, :, 0] / vp, by_log[:, :, 1] / vs, by_log[:, :, 2] / rho)


def models(count: int, seed: int = 0, spread: float = 0.03) -> tuple[np.ndarray, ...]:
    """Models (count, L) around the reference."""
    rng = np.random.default_rng(seed)
    vp, vs, rho = (each * np.exp(spread * rng.standard_normal((count, THICKNESS.size))) for each in REFERENCE)
    return np.tile(THICKNESS, (count, 1)), vp, vs, rho
