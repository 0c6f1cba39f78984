"""Networks as tensors in, tensors out: no numpy and no decisions inside, so that another runtime can follow."""

import numpy as np
import torch
from torch import Tensor, nn


class AtPeriods(nn.Module):
    """A network at fixed periods (T,), s: models (N, L) -> velocities (N, W, T)."""

    def __init__(self, network: nn.Module, periods: np.ndarray) -> None:
        super().__init__()
        self.network, self.periods = network, periods

    def forward(self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
        """See `Architecture.network`."""
        return torch.as_tensor(self.network(thickness, vp, vs, rho, self.periods))


def tensor_only(network: nn.Module, periods: np.ndarray) -> nn.Module:
    """The network at `periods`, as a module of four tensors."""
    return AtPeriods(network, periods)
