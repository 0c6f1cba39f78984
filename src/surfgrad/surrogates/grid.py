"""The `grid` architecture: a plain MLP on one depth grid, the baseline. It knows nothing of physics."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.surrogates.normalisation import Normalisation
from surfgrad.surrogates.scales import Scales
from surfgrad.surrogates.sizes import check_periods, check_sizes


@dataclass(frozen=True)
class GridSettings:
    """Sizes: `layers` L of the depth grid, `waves` W, `periods` K (s), widths of the `hidden` layers."""

    layers: int
    waves: int
    periods: tuple[float, ...]
    hidden: tuple[int, ...] = (512, 512, 512)

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be."""
        check_sizes(layers=(self.layers,), waves=(self.waves,), hidden=self.hidden)
        check_periods(self.periods)


class GridNetwork(nn.Module):
    """Standardised log vp, log vs, log rho of L layers -> standardised velocities at K periods, SiLU layers between."""

    def __init__(self, settings: GridSettings) -> None:
        super().__init__()
        self.settings = settings
        self.scales = Scales(settings.layers, settings.waves, settings.periods)
        widths = (3 * settings.layers, *settings.hidden, settings.waves * len(settings.periods))
        # No memory and no random numbers yet: `initialise` draws from the caller's generator, or a checkpoint fills in.
        self.linears = nn.ModuleList(nn.Linear(fan_in, fan_out, device="meta") for fan_in, fan_out in pairwise(widths))

    def initialise(self, normalisation: Normalisation, generator: torch.Generator, input_gain: float) -> None:
        """Set the scales, and the weights: He (2015) between the hidden layers, for SiLU as for ReLU.

        The first layer is small by `input_gain`, the last one so that training starts from the mean curve.
        """
        self.to_empty(device="cpu")
        self.scales.fill(normalisation)
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
        state = self.scales.inputs(vp, vs, rho).flatten(-2)
        for linear in self.linears[:-1]:
            state = nn.functional.silu(linear(state))
        outputs = self.linears[-1](state).unflatten(-1, (self.settings.waves, len(self.settings.periods)))
        return self.scales.velocities(outputs, periods)
