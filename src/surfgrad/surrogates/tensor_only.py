"""Networks as tensors in, tensors out: no numpy and no decisions inside, so that another runtime can follow."""

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.surrogates.backus import medium
from surfgrad.surrogates.fixed_point import LONGEST, SLOPES
from surfgrad.surrogates.scale_free import ScaleFreeNetwork
from surfgrad.surrogates.travel_time import mean_velocity

_STEPS = 8
"""Secant steps; a network that answers well takes three or four."""
_TOLERANCE = 1e-5
"""On ln c, in single precision: a larger rest after the last step is no velocity."""


class AtPeriods(nn.Module):
    """A network at fixed periods (T,), s: models (N, L) -> velocities (N, W, T)."""

    def __init__(self, network: nn.Module, periods: np.ndarray) -> None:
        super().__init__()
        self.network, self.periods = network, periods

    def forward(self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
        """See `Architecture.network`."""
        return torch.as_tensor(self.network(thickness, vp, vs, rho, self.periods))


class ScaleFreeAtPeriods(nn.Module):
    """A `scale-free` network at fixed periods: every value takes the same number of steps (see `fixed_point`)."""

    periods: Tensor

    def __init__(self, network: ScaleFreeNetwork, periods: np.ndarray) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("periods", torch.as_tensor(periods, dtype=torch.float32))

    def forward(self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
        """See `AtPeriods`; NaN where no velocity is found."""
        count, periods = vs.shape[0], self.periods.shape[0]
        times = self.periods.repeat(count)
        models = [array[:, None].expand(-1, periods, -1).flatten(0, 1) for array in (thickness, vp, vs, rho)]
        logs = [self._log_velocity(part, models, times) for part in self.network.by_wave]
        return torch.exp(torch.stack(logs, dim=1)).reshape(count, periods, -1).transpose(1, 2)

    def _log_velocity(self, part: Any, models: list[Tensor], times: Tensor) -> Tensor:
        thickness, vp, vs, rho = models
        quantities = medium(part.wave, vp, vs, rho)

        def residual(x: Tensor) -> Tensor:
            return torch.as_tensor(part(part.features(thickness, quantities, times, x)))

        x = torch.log(mean_velocity(part.wave, thickness, vs, times[:, None])[:, 0])
        y, slope = residual(x), torch.full_like(x, -1.0)
        for _ in range(_STEPS):
            step = (-y / slope).clamp(-LONGEST, LONGEST)
            x = x + step
            after = residual(x)
            secant = ((after - y) / step).clamp(*SLOPES)
            # At the root the step is of rounding, and the slope of it means nothing.
            slope = torch.where(step.abs() > _TOLERANCE, secant, slope)
            y = after
        return torch.where(y.abs() <= _TOLERANCE, x, math.nan)


def tensor_only(network: nn.Module, periods: np.ndarray) -> nn.Module:
    """The network at `periods`, as a module of four tensors."""
    if isinstance(network, ScaleFreeNetwork):
        return ScaleFreeAtPeriods(network, periods)
    return AtPeriods(network, periods)
