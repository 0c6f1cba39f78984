"""Honest controls: forwards that every check must let pass."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.liar import Models, each, question
from surfgrad.testing.liars.stand_in import StandIn


@dataclass(frozen=True)
class SinglePrecision(StandIn):
    """The honest forward behind an interface of single precision: what goes in and what comes out is float32."""

    def predict(self, models: Any, periods: Any) -> Array:
        """Velocities (N, W, T), km/s, rounded to float32 (and float64 by type, as the contract has it)."""
        return _single(np.asarray(self.honest.predict(*_single_question(models, periods))))

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Kernels rounded to float32."""
        kernels = self.honest.jacobian(*_single_question(models, periods))
        thickness = None if kernels.thickness is None else _single(kernels.thickness)
        rounded = each(kernels, lambda kernel, name: _single(kernel))
        return Kernels(
            _single(kernels.velocity), kernels.status, thickness, rounded.vp, rounded.vs, rounded.rho, kernels.per
        )


@dataclass(frozen=True)
class Differenced(StandIn):
    """Kernels by central differences of the honest forward's own predictions.

    `step`: how far a parameter is moved each way, as a share of its value.
    """

    step: float = 1e-4

    def predict(self, models: Any, periods: Any) -> Array:
        """The honest velocities."""
        return np.asarray(self.honest.predict(models, periods))

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Central differences."""
        from surfgrad.audit.differences import difference_kernels

        return difference_kernels(self.honest, models, periods, self.step)


def _single(array: Array) -> Array:
    return array.astype(np.float32).astype(np.float64)


def _single_question(models: Any, periods: Any) -> tuple[Models, Array]:
    (thickness, vp, vs, rho), times = question(models, periods)
    return (_single(thickness), _single(vp), _single(vs), _single(rho)), _single(times)


HONEST: dict[str, Callable[[Forward], Forward]] = {
    "itself": lambda honest: honest,
    "single precision": SinglePrecision,
    "differences of 1e-4": Differenced,
}
"""Name -> maker: the forward itself, in float32, and by finite differences."""
