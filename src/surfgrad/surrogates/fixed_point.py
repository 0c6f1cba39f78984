"""The velocity at which a network says: this is it."""

from collections.abc import Callable

import torch
from torch import Tensor

ITERATIONS = 30
SLOPES = (-2.0, -0.5)
LONGEST = 0.3
"""A network that answers well has slope -1. Outside its training it may not: slopes are bounded, and steps in log
velocity too, so that a guess cannot run away before it turns."""


def solve(residual: Callable[[Tensor, Tensor], Tensor], start: Tensor, tolerance: float) -> Tensor:
    """Roots (n,) of the residual by secants from `start` (n,); NaN where none is found.

    From where |residual| <= tolerance one more step is taken, and not looked back on.
    `residual(x, rows)` is asked for some of the rows only, as `rows` says: every entry goes its own way, whatever else
    is in its batch.
    """
    x, found = start.clone(), torch.full_like(start, torch.nan)
    rows = torch.arange(len(start), device=start.device)
    slope = torch.full_like(start, -1.0)
    last_x, last_y = start.clone(), torch.full_like(start, torch.nan)
    for _ in range(ITERATIONS):
        y = residual(x[rows], rows)
        done = y.abs() <= tolerance
        found[rows[done]] = x[rows[done]] - y[done] / slope[rows[done]]
        rows, y = rows[~done], y[~done]
        if not rows.numel():
            break
        secant = (y - last_y[rows]) / (x[rows] - last_x[rows])
        known = torch.isfinite(secant)
        slope[rows[known]] = secant[known].clamp(*SLOPES)
        last_x[rows], last_y[rows] = x[rows], y
        x[rows] = x[rows] - (y / slope[rows]).clamp(-LONGEST, LONGEST)
    return found
