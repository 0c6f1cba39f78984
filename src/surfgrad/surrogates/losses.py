"""What training makes small. Entries without a value are masked: never regressed, always counted."""

import torch
from torch import Tensor

from surfgrad.errors import UsageError


def value_loss(velocity: Tensor, target: Tensor, scale: Tensor) -> Tensor:
    """Mean squared error in units of `scale`, over the entries that have a value; 0 where none has.

    All (N, W, T) or broadcastable, km/s; NaN in the target where there is no value.
    """
    valued = torch.isfinite(target)
    # The masked difference is replaced before it is squared: NaN times zero would still be NaN in the gradient.
    error = torch.where(valued, (velocity - torch.nan_to_num(target)) / scale, 0.0)
    return (error**2).sum() / valued.sum().clamp(min=1)


def masked_share(target: Tensor) -> float:
    """The share of entries without a value."""
    return float((~torch.isfinite(target)).double().mean())


LOSSES = ("value", "sobolev")
"""`value`: velocities. `sobolev`: velocities and their exact derivatives."""


def check_loss(name: str) -> None:
    """UsageError listing the names where `name` is none of them."""
    if name not in LOSSES:
        raise UsageError(f"loss: {name!r} given; allowed are {', '.join(LOSSES)}")
