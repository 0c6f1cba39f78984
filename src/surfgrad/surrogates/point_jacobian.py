"""Velocities and kernels of a network that answers one (model, wave, period) at a time: one backward pass for all."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from surfgrad.surrogates.scale_free import log_velocity

_NUMBERS = 2**21
"""Entries of the largest array, (rows, layers, windows), at once: 16 MB."""


def point_jacobian(
    network: Any, arrays: tuple[Tensor, ...], periods: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Velocities (N, W, T) and their derivatives by thickness, vp, vs, rho, (N, W, T, L) each, per layer.

    `arrays`: thickness, vp, vs, rho, (N, L) each. NaN where no velocity is found.
    """
    count, layers = arrays[0].shape
    times = torch.as_tensor(periods, dtype=arrays[0].dtype, device=arrays[0].device)
    shape = (count, len(network.by_wave), len(periods))
    velocity = np.empty(shape)
    kernels = [np.empty((*shape, layers)) for _ in range(4)]
    rows = [torch.as_tensor(index) for index in np.divmod(np.arange(count * len(periods)), len(periods))]
    size = max(1, _NUMBERS // (layers * network.by_wave[0].windows.count))
    for wave, part in enumerate(network.by_wave):
        for model, period in zip(rows[0].split(size), rows[1].split(size), strict=True):
            c, derivatives = _one_part(part, tuple(array[model] for array in arrays), times[period])
            at = (model.numpy(), wave, period.numpy())
            velocity[at] = c.cpu().numpy()
            for whole, derivative in zip(kernels, derivatives, strict=True):
                whole[at] = derivative.cpu().numpy()
    return velocity, kernels


def _one_part(part: Any, models: tuple[Tensor, ...], periods: Tensor) -> tuple[Tensor, list[Tensor]]:
    """c (B,) and its derivatives (B, L) by the four arrays of models (B, L) at periods (B,)."""
    leaves = [array.clone().requires_grad_() for array in models]
    with torch.enable_grad():
        c = torch.exp(log_velocity(part, tuple(leaves), periods))
        found = torch.autograd.grad(c.nansum(), leaves, allow_unused=True)
    lost = torch.isnan(c.detach())[:, None]
    zero = torch.zeros_like(models[0])
    derivatives = [torch.where(lost, torch.nan, zero if each is None else each) for each in found]
    return c.detach(), derivatives
