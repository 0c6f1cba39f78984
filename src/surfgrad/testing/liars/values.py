"""Wrong or missing values."""

from dataclasses import replace

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.status import Status
from surfgrad.testing.liars.liar import Liar, Models, each


def biased_values(honest: Forward, shift: float = 0.15) -> Liar:
    """Right kernels, every velocity too high by `shift` km/s."""

    def lift(velocity: Array, models: Models, periods: Array) -> Array:
        return velocity + shift

    return Liar(honest, "biased_values", None, lift)


def random_nan(honest: Forward, share: float = 0.05) -> Liar:
    """No answer for a share of samples that nothing is wrong with."""

    def lose(velocity: Array, models: Models, periods: Array) -> Array:
        # the digits beyond a mm/s are as good as random, and the same for predict and jacobian, alone or in a batch
        return np.where(np.modf(1e6 * velocity)[0] < share, np.nan, velocity)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        lost = np.isnan(lose(kernels.velocity, models, periods))[..., None]
        return each(kernels, lambda kernel, name: np.where(lost, np.nan, kernel))

    return Liar(honest, "random_nan", bend, lose)


def nan_at_cutoff(honest: Forward, margin: float = 0.03) -> Liar:
    """Says that there is no mode as soon as c comes within `margin` of the half-space's vs: too soon."""

    def near(velocity: Array, models: Models) -> Array:
        return velocity > (1.0 - margin) * models[2][:, None, -1:]

    def lose(velocity: Array, models: Models, periods: Array) -> Array:
        return np.where(near(velocity, models), np.nan, velocity)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        lost = near(kernels.velocity, models)
        bent = each(kernels, lambda kernel, name: np.where(lost[..., None], np.nan, kernel))
        thickness = None if kernels.thickness is None else np.where(lost[..., None], np.nan, kernels.thickness)
        status = np.where(lost, np.uint8(Status.NO_MODE), kernels.status)
        return replace(bent, status=status, thickness=thickness)

    return Liar(honest, "nan_at_cutoff", bend, lose)
