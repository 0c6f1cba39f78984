"""Right values with the kernels of another question."""

from dataclasses import replace

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.liar import Liar, Models, each


def other_period(honest: Forward, factor: float = 0.6) -> Liar:
    """Right values, the kernels of a shorter period: sensitivity lies too shallow."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        other = honest.jacobian(models, factor * periods)
        return replace(other, velocity=kernels.velocity, status=kernels.status)

    return Liar(honest, "other_period", bend)


def other_mode(honest: Forward, mode: int = 1) -> Liar:
    """Right values, the exact kernels of an overtone wherever it exists (elsewhere the honest ones)."""
    from surfgrad.waves.forward import ExactForward

    overtone = ExactForward(waves=honest.waves, mode=mode)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        other = overtone.jacobian(models, periods)
        there = (np.isfinite(other.velocity) & np.isfinite(kernels.velocity))[..., None]

        def take(kernel: Array, name: str) -> Array:
            given = other[name]
            return kernel if given is None else np.where(there, given, kernel)

        return each(kernels, take)

    return Liar(honest, "other_mode", bend)
