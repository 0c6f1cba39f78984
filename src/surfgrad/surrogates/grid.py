"""The `grid` architecture: a plain MLP on one depth grid, the baseline. It knows nothing of physics."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.errors import UsageError
from surfgrad.surrogates.interpolation import spline_weights
from surfgrad.surrogates.normalisation import Normalisation

_LARGEST = 100_000  # of any size: a card that asks for more is not one of ours


@dataclass(frozen=True)
class GridSettings:
    """Sizes: `layers` L of the depth grid, `waves` W, `periods` K (s), widths of the `hidden` layers."""

    layers: int
    waves: int
    periods: tuple[float, ...]
    hidden: tuple[int, ...] = (512, 512, 512)

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be."""
        sizes = {"layers": (self.layers,), "waves": (self.waves,), "hidden": self.hidden}
        for name, values in sizes.items():
            if not values or not all(1 <= value <= _LARGEST for value in values):
                raise UsageError(f"{name}: {values} given; sizes from 1 to {_LARGEST} are allowed")
        if not self.periods or not all(0.0 < period < float("inf") for period in self.periods):
            raise UsageError("periods: at least one, all finite and above 0 s, is allowed")


class GridNetwork(nn.Module):
    """Standardised log vp, log vs, log rho of L layers -> standardised velocities at K periods, SiLU layers between."""

    input_mean: Tensor
    input_std: Tensor
    output_mean: Tensor
    output_std: Tensor

    def __init__(self, settings: GridSettings) -> None:
        super().__init__()
        self.settings = settings
        shape = (settings.waves, len(settings.periods))
        for name, size in (("input", (3, settings.layers)), ("output", shape)):
            self.register_buffer(f"{name}_mean", torch.zeros(size))
            self.register_buffer(f"{name}_std", torch.ones(size))
        widths = (3 * settings.layers, *settings.hidden, shape[0] * shape[1])
        # No memory and no random numbers yet: `initialise` draws from the caller's generator, or a checkpoint fills in.
        self.linears = nn.ModuleList(nn.Linear(fan_in, fan_out, device="meta") for fan_in, fan_out in pairwise(widths))

    def initialise(self, normalisation: Normalisation, generator: torch.Generator, input_gain: float) -> None:
        """Set the scales, and the weights: He (2015) between the hidden layers, for SiLU as for ReLU.

        The first layer is small by `input_gain`, the last one so that training starts from the mean curve.
        """
        self.to_empty(device="cpu")
        for name in ("input_mean", "input_std", "output_mean", "output_std"):
            getattr(self, name).copy_(torch.as_tensor(getattr(normalisation, name)))
        gains = [input_gain, *[2.0**0.5] * (len(self.linears) - 2), 0.1]
        for linear, gain in zip(self.linears, gains, strict=True):
            assert isinstance(linear, nn.Linear)
            nn.init.normal_(linear.weight, std=gain / linear.in_features**0.5, generator=generator)
            nn.init.zeros_(linear.bias)

    def forward(
        self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor, periods: np.ndarray | None = None
    ) -> Tensor:
        """Velocities (N, W, T), km/s, of models (N, L), at `periods` (T,), s, or at the trained ones.

        `thickness` is not looked at: the grid is part of the network.
        """
        logs = torch.log(torch.stack([vp, vs, rho], dim=-2))
        state = ((logs - self.input_mean) / self.input_std).flatten(-2)
        for linear in self.linears[:-1]:
            state = nn.functional.silu(linear(state))
        state = self.linears[-1](state).unflatten(-1, self.output_mean.shape)
        velocity = state * self.output_std + self.output_mean
        if periods is None:
            return velocity
        weights = spline_weights(self.settings.periods, periods)
        return velocity @ torch.as_tensor(weights, dtype=velocity.dtype).T
