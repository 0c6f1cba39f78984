"""Standardised inputs and outputs of networks that stand on one depth grid and give whole curves."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.spline import spline_weights
from surfgrad.surrogates.normalisation import Normalisation


class Scales(nn.Module):
    """Means and standard deviations: of log vp, vs, rho (3, L), and of velocities (W, K), km/s, at trained periods."""

    input_mean: Tensor
    input_std: Tensor
    output_mean: Tensor
    output_std: Tensor

    def __init__(self, layers: int, waves: int, periods: Sequence[float]) -> None:
        super().__init__()
        self.periods = tuple(periods)
        for name, size in (("input", (3, layers)), ("output", (waves, len(periods)))):
            self.register_buffer(f"{name}_mean", torch.zeros(size))
            self.register_buffer(f"{name}_std", torch.ones(size))

    def fill(self, normalisation: Normalisation) -> None:
        """Set them."""
        for name in ("input_mean", "input_std", "output_mean", "output_std"):
            getattr(self, name).copy_(torch.as_tensor(getattr(normalisation, name)))

    def inputs(self, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
        """(N, 3, L), of order 1, from models (N, L)."""
        return (torch.log(torch.stack([vp, vs, rho], dim=-2)) - self.input_mean) / self.input_std

    def velocities(self, outputs: Tensor, periods: np.ndarray | None) -> Tensor:
        """(N, W, T), km/s, at `periods` (T,), s, or at the trained ones, from outputs (N, W, K) of order 1."""
        velocity = outputs * self.output_std + self.output_mean
        if periods is None:
            return velocity
        weights = spline_weights(self.periods, periods)
        return velocity @ torch.as_tensor(weights, dtype=velocity.dtype, device=velocity.device).T
