"""Smooth overlapping windows of depth in wavelengths, and what share of each window every layer fills, exactly.

On the axis s = log(1 + x / nearest), x depth over wavelength, the windows are Gaussians at equal distances: fine at the
surface, where a mode has its energy, and as wide as they are deep below. Shares come from differences of error
functions at the interfaces, so that an interface may move, or a layer be cut in two, without any jump.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from surfgrad.errors import UsageError

_MOST = 1000


@dataclass(frozen=True)
class Windows:
    """`nearest`: scale of the depth axis at the surface, wavelengths. `spacing`: of neighbours on it. `deepest`: where
    the last one is centred at least, wavelengths. `width`: standard deviation over spacing."""

    nearest: float = 0.1
    spacing: float = 0.25
    deepest: float = 4.0
    width: float = 0.7

    def __post_init__(self) -> None:
        """Refuse windows that cannot be."""
        for name in ("nearest", "spacing", "deepest", "width"):
            value = getattr(self, name)
            if not isinstance(value, float | int) or not 1e-3 <= value <= 1e3:
                raise UsageError(f"{name}: {value!r} given; a number from 0.001 to 1000 is allowed")
        if self.count > _MOST:
            raise UsageError(f"spacing: {self.spacing} given; it makes {self.count} windows, {_MOST} are allowed")

    @property
    def count(self) -> int:
        """J."""
        return math.ceil(math.log1p(self.deepest / self.nearest) / self.spacing) + 1

    def depths(self) -> Tensor:
        """(J,) centres, wavelengths."""
        return self.nearest * torch.expm1(self.spacing * torch.arange(self.count, dtype=torch.float64))

    def shares(self, thickness: Tensor, wavelength: Tensor) -> Tensor:
        """(..., L, J): share of each window in each layer, sums over layers 1; the half-space reaches to infinity.

        `thickness`: (..., L), km, its last entry unused; `wavelength`: (...), km.
        """
        bottoms = torch.cumsum(thickness[..., :-1], dim=-1) / (self.nearest * wavelength[..., None])
        centres = self.spacing * torch.arange(self.count, dtype=thickness.dtype, device=thickness.device)
        scale = 1 / (math.sqrt(2.0) * self.width * self.spacing)
        above = torch.erf((torch.log1p(bottoms)[..., None] - centres) * scale)
        surface = torch.erf(-centres * scale)
        filled = (above - surface) / (1 - surface)
        edge = filled.new_zeros((*filled.shape[:-2], 1, self.count))
        return torch.diff(filled, dim=-2, prepend=edge, append=edge + 1)
