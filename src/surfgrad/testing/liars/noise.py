"""Right values with noise in their kernels, of a kind that the identities do not see."""

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.liar import Liar, Models, each, norm, parameter, unseen


def wrong_slope(honest: Forward, size: float = 0.5, seed: int = 0) -> Liar:
    """Right values, noise in the kernels that no sum over layers shows: the identities hold to the last digit.

    The noise is `size` times the kernel's norm and orthogonal to the model's own parameter profile.
    """

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _disturbed(kernels, models, np.full(periods.size, size), seed)

    return Liar(honest, "wrong_slope", bend)


def noisy_band(honest: Forward, band: tuple[float, float] = (10.0, 20.0), size: float = 0.5, seed: int = 0) -> Liar:
    """The noise of `wrong_slope` at periods from band[0] up to below band[1], s; all other periods are right."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _disturbed(kernels, models, np.where((periods >= band[0]) & (periods < band[1]), size, 0.0), seed)

    return Liar(honest, "noisy_band", bend)


def _disturbed(kernels: Kernels, models: Models, sizes: Array, seed: int) -> Kernels:
    """`sizes`: (T,). The same noise for every model and period, so that no way of asking changes it."""
    noise = np.asarray(np.random.default_rng(seed).standard_normal(models[0].shape[1]))

    def disturb(kernel: Array, name: str) -> Array:
        return kernel + sizes[:, None] * norm(kernel) * unseen(noise, parameter(models, name))

    return each(kernels, disturb)
