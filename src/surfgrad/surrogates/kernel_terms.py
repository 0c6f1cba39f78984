"""How far the kernels of a network are from exact ones, as the audit measures it: per profile, relative."""

from collections.abc import Callable

import torch
from torch import Tensor

from surfgrad.surrogates.picks import Picks

NAMES = ("vp", "vs", "rho")
_FLOOR = 1e-3
"""A parameter's squared norm counts as at least this share of the vs kernel's: vp's is 0 for Love waves."""
_ROUND = 1e-6
"""Rounds off the tip of the square root at 0: errors of 0.1 % need no more pull."""

LogVelocity = Callable[[Tensor], Tensor]
"""ln c (B,) of log models (B, 3, L): ln vp, ln vs, ln rho."""


def log_kernels(function: LogVelocity, logs: Tensor, *, graph: bool) -> tuple[Tensor, Tensor]:
    """ln c (B,) and d ln c / d ln (vp, vs, rho) (B, 3, L); `graph`: to be differentiated again, by the weights."""
    logs = logs.detach().requires_grad_()
    value = function(logs)
    (kernels,) = torch.autograd.grad(value.sum(), logs, create_graph=graph)
    return value, kernels


def relative_errors(kernels: Tensor, exact: Tensor, logs: Tensor) -> Tensor:
    """(B, 3): |K^ - K| / |K| of dc/dvp, dc/dvs, dc/drho over the finite layers, all arguments (B, 3, L)."""
    error, size = (_squared_norm(each, logs) for each in (kernels - exact, exact))
    yardstick = torch.maximum(size, _FLOOR * size[:, 1:2])
    return torch.sqrt(error / yardstick + _ROUND)


def _squared_norm(kernels: Tensor, logs: Tensor) -> Tensor:
    # By the parameter, not by its logarithm: what the audit compares.
    return (kernels * torch.exp(-logs))[..., :-1].square().sum(dim=-1)


def kernel_terms(kernels: Tensor, picks: Picks, logs: Tensor) -> dict[str, Tensor]:
    """Mean errors of kernels (B, 3, L), each a share: of the three profiles and of the half-space, where whole kernels
    are known; else of the derivatives along each sample's directions.

    Logarithmic above 1, so that a model beside a pole of its kernels cannot outweigh all others.
    """
    if picks.kernels is not None:
        errors = relative_errors(kernels, picks.kernels, logs)
        terms = {name: torch.log1p(errors[:, row]).mean() for row, name in enumerate(NAMES)}
        return terms | {"halfspace": (kernels - picks.kernels)[..., -1].abs().sum(dim=-1).mean()}
    assert picks.directions is not None
    assert picks.along is not None
    found = torch.einsum("bdpl,bpl->bd", picks.directions[picks.sample], kernels)
    wanted = picks.along
    scale = wanted.square().mean(dim=1, keepdim=True)
    errors = torch.sqrt(((found - wanted).square() / scale).mean(dim=1) + _ROUND)
    return {"along": torch.log1p(errors).mean()}
