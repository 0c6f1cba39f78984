"""Kernels of the right shape and the wrong size, sign or unit."""

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.liar import Liar, Models, each, parameter


def scaled_kernel(honest: Forward, factor: float = 1.3) -> Liar:
    """Every kernel too large by `factor`: the right shape, the wrong size."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return each(kernels, lambda kernel, name: factor * kernel)

    return Liar(honest, "scaled_kernel", bend)


def flipped_sign(honest: Forward) -> Liar:
    """Every kernel of the wrong sign: an inversion runs uphill."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return each(kernels, lambda kernel, name: -kernel)

    return Liar(honest, "flipped_sign", bend)


def per_km_kernel(honest: Forward) -> Liar:
    """Kernels divided by the layer's thickness, yet said to be per layer."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        thickness = models[0][:, None, None, :].copy()
        thickness[..., -1] = 1.0
        safe = np.where(thickness > 0, thickness, 1.0)
        return each(kernels, lambda kernel, name: kernel / safe)

    return Liar(honest, "per_km_kernel", bend)


def log_kernel(honest: Forward) -> Liar:
    """dln c / dln m given for dc/dm, the two quantities that the paper compares with one another."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        velocity = kernels.velocity[..., None]
        return each(kernels, lambda kernel, name: kernel * parameter(models, name) / velocity)

    return Liar(honest, "log_kernel", bend)
