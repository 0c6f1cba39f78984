"""Models, curves and derivatives as tensors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from surfgrad.status import WITH_VALUE
from surfgrad.surrogates.picks import Picks

COLUMNS = ("thickness", "vp", "vs", "rho", "target")


@dataclass(frozen=True, eq=False)
class Samples:
    """Models (n, L) and target velocities (n, W, T), float32; NaN in the target where there is no value. `picks`: the
    exact derivatives that are known of some of them."""

    thickness: Tensor
    vp: Tensor
    vs: Tensor
    rho: Tensor
    target: Tensor
    picks: Picks | None = None

    def __len__(self) -> int:
        return len(self.target)

    @property
    def models(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """thickness, vp, vs, rho."""
        return self.thickness, self.vp, self.vs, self.rho

    @property
    def logs(self) -> Tensor:
        """ln vp, ln vs, ln rho: (n, 3, L)."""
        return torch.log(torch.stack([self.vp, self.vs, self.rho], dim=1))

    def pick(self, rows: Tensor) -> "Samples":
        """Some of them, without derivatives."""
        return replace(self, **{name: getattr(self, name)[rows] for name in COLUMNS}, picks=None)

    def to(self, device: torch.device) -> "Samples":
        """All of it there."""
        picks = None if self.picks is None else self.picks.to(device)
        return replace(self, **{name: getattr(self, name).to(device) for name in COLUMNS}, picks=picks)


def samples_of(block: Mapping[str, np.ndarray], grid: Tensor | None, picks: Picks | None) -> Samples:
    """Samples of arrays by the names that a store has; `grid`: thickness (1, L) where all share it,
    and then the block has none."""
    velocity = np.where(np.isin(block["status"], WITH_VALUE), block["velocity"], np.nan)
    vp, vs, rho, target = (single(each) for each in (block["vp"], block["vs"], block["rho"], velocity))
    thickness = single(block["thickness"]) if grid is None else grid.expand(len(vs), -1)
    return Samples(thickness, vp, vs, rho, target, picks)


def single(values: np.ndarray) -> Tensor:
    """As float32."""
    return torch.as_tensor(np.asarray(values, dtype=np.float32))
