"""Networks as tensors in, tensors out: no numpy and no decisions inside, so that another runtime can follow."""

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.surrogates.backus import medium
from surfgrad.surrogates.fixed_point import ITERATIONS, LONGEST, SLOPES
from surfgrad.surrogates.scale_free import ScaleFreeNetwork
from surfgrad.surrogates.travel_time import mean_velocity

_TOLERANCE = 2e-6
"""On ln c: above the rounding of single precision, below any use."""


class AtPeriods(nn.Module):
    """A network at fixed periods (T,), s: models (N, L) -> velocities (N, W, T)."""

    def __init__(self, network: nn.Module, periods: np.ndarray) -> None:
        super().__init__()
        self.network, self.periods = network, periods

    def forward(self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
        """See `Architecture.network`."""
        return torch.as_tensor(self.network(thickness, vp, vs, rho, self.periods))


class ScaleFreeAtPeriods(nn.Module):
    """A `scale-free` network at fixed periods: the secants of `fixed_point`, as a loop of the graph."""

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

        def unfinished(steps: Tensor, x: Tensor, y: Tensor, slope: Tensor) -> Tensor:
            return (steps < ITERATIONS) & (y.abs() > _TOLERANCE).any()

        def onwards(steps: Tensor, x: Tensor, y: Tensor, slope: Tensor) -> tuple[Tensor, ...]:
            # What is found stays as it is: no value may depend on those that need longer.
            step = torch.where(y.abs() > _TOLERANCE, (-y / slope).clamp(-LONGEST, LONGEST), 0.0)
            after = residual(x + step)
            secant = (after - y) / step
            return steps + 1, x + step, after, torch.where(torch.isfinite(secant), secant.clamp(*SLOPES), slope)

        start = torch.log(mean_velocity(part.wave, thickness, vs, times[:, None])[:, 0])
        state = (torch.tensor(0), start, residual(start), torch.full_like(start, -1.0))
        _, x, y, slope = torch.while_loop(unfinished, onwards, state)
        return torch.where(y.abs() <= _TOLERANCE, x - y / slope, math.nan)


def tensor_only(network: nn.Module, periods: np.ndarray) -> nn.Module:
    """The network at `periods`, as a module of four tensors."""
    if isinstance(network, ScaleFreeNetwork):
        return ScaleFreeAtPeriods(network, periods)
    return AtPeriods(network, periods)
