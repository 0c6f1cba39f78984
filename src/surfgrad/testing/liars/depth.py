"""Kernels that are wrong in depth."""

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.liar import Liar, Models, each, norm, parameter, unseen


def shifted_kernel(honest: Forward, layers: int = 2) -> Liar:
    """Every kernel too deep by `layers` layers; the half-space's own is left alone."""

    def move(kernel: Array, name: str) -> Array:
        moved = np.zeros_like(kernel)
        moved[..., layers:-1] = kernel[..., : -1 - layers]
        moved[..., -1] = kernel[..., -1]
        return np.where(np.isnan(kernel), np.nan, moved)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return each(kernels, move)

    return Liar(honest, "shifted_kernel", bend)


def smoothed_kernel(honest: Forward, points: int = 9) -> Liar:
    """Every kernel averaged over `points` neighbouring layers: interfaces are gone."""

    def average(kernel: Array, name: str) -> Array:
        finite, half = kernel[..., :-1], points // 2
        window = [finite[..., max(k - half, 0) : k + half + 1].mean(axis=-1) for k in range(finite.shape[-1])]
        return np.stack([*window, kernel[..., -1]], axis=-1)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return each(kernels, average)

    return Liar(honest, "smoothed_kernel", bend)


def dropped_halfspace(honest: Forward) -> Liar:
    """No kernel for the half-space: everything below the grid is taken as known."""

    def drop(kernel: Array, name: str) -> Array:
        return np.concatenate([kernel[..., :-1], 0.0 * kernel[..., -1:]], axis=-1)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return each(kernels, drop)

    return Liar(honest, "dropped_halfspace", bend)


def moho_locked(honest: Forward, depth: float = 35.0, reach: float = 6.0, size: float = 0.8) -> Liar:
    """A swing in every kernel at one depth, whatever the model: where the training models had their Moho.

    `depth`, `reach`: km; the swing is positive in layers whose middle lies up to `reach` above `depth`, negative up to
    `reach` below it, and its norm is `size` times the kernel's. The identities do not see it.
    """

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        thickness = models[0][:, None, None, :]
        off = np.cumsum(thickness, axis=-1) - 0.5 * thickness - depth
        swing = np.where(np.abs(off) <= reach, -np.sign(off), 0.0)
        return each(kernels, lambda kernel, name: kernel + size * norm(kernel) * unseen(swing, parameter(models, name)))

    return Liar(honest, "moho_locked", bend)
