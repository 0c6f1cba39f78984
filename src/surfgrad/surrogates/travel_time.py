"""A first guess of a phase velocity: the mean vs that S waves meet while they travel down for a part of a period."""

import math

import torch
from torch import Tensor

_GUESS = {"rayleigh": (0.22, math.exp(-0.1)), "love": (0.14, math.exp(0.04))}
"""Share of a period and factor, by wave: they scatter least over the weak prior (2 %; 5 to 8 % on tectonic models and
LITHO1.0)."""


def mean_velocity(wave: str, thickness: Tensor, vs: Tensor, periods: Tensor) -> Tensor:
    """(n, T), km/s: vs (n, L) averaged with weights tau exp(-tau), tau the one-way S time over a share of the period.

    Homogeneous: vs and 1/period scaled by one factor scale the result. `periods`: (n, T), s.
    """
    share, factor = _GUESS[wave]
    tau = torch.cumsum(thickness[:, :-1] / vs[:, :-1], dim=1)[:, None] / (share * periods[..., None])
    below = torch.exp(-tau) * (1 + tau)  # weight of all that is deeper
    edge = torch.zeros_like(periods)[..., None]
    weights = -torch.diff(below, dim=-1, prepend=edge + 1, append=edge)
    return factor * (weights * vs[:, None]).sum(dim=-1)
