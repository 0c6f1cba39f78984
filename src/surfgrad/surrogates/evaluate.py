"""How good the network is on held-out samples."""

from dataclasses import dataclass

import torch
from torch import nn

from surfgrad.surrogates.data import Samples
from surfgrad.surrogates.losses import Loss

_ROWS = 2048  # samples at once


@dataclass(frozen=True)
class Evaluation:
    """`loss` as in training; `mae`: mean absolute error by wave, km/s, over the entries that have a value."""

    loss: float
    mae: tuple[float, ...]
    mae_all: float


def evaluate(network: nn.Module, samples: Samples, loss: Loss, scale: torch.Tensor) -> Evaluation:
    """Judge `network` on `samples`; nothing is learned. A wave without any value has MAE NaN."""
    with torch.no_grad():
        velocity = torch.cat(
            [
                network(part.thickness, part.vp, part.vs, part.rho)
                for part in (samples.pick(rows) for rows in torch.arange(len(samples)).split(_ROWS))
            ]
        )
        error = (velocity - samples.target).abs().double()
        by_wave = error.nanmean(dim=(0, 2))
        value = float(loss(velocity, samples.target, scale))
    return Evaluation(value, tuple(by_wave.tolist()), float(error.nanmean()))
