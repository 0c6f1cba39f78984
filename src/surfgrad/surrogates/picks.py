"""Where a store says more than velocities: single (sample, wave, period) with exact derivatives of ln c."""

from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor

from surfgrad.ensembles.labels.stored import StoredLabels
from surfgrad.status import WITH_VALUE


@dataclass(frozen=True, eq=False)
class Picks:
    """m derivatives: of which `sample`, `wave` and `period` (m,), by index.

    `kernels`: (m, 3, L), d ln c / d ln (vp, vs, rho), whole; or None, and then `along` (m, D) are the derivatives
    along `directions` (n, D, 3, L) of each sample.
    """

    sample: Tensor
    wave: Tensor
    period: Tensor
    kernels: Tensor | None = None
    along: Tensor | None = None
    directions: Tensor | None = None

    def __len__(self) -> int:
        return len(self.sample)

    def pick(self, rows: Tensor) -> "Picks":
        """Some of them."""
        kernels, along = (None if each is None else each[rows] for each in (self.kernels, self.along))
        return Picks(self.sample[rows], self.wave[rows], self.period[rows], kernels, along, self.directions)

    def to(self, device: torch.device) -> "Picks":
        """All of it there."""
        moved = {each.name: getattr(self, each.name) for each in fields(self)}
        return replace(self, **{name: each.to(device) for name, each in moved.items() if each is not None})


def picks_of(labels: StoredLabels, select: np.ndarray) -> Picks:
    """The derivatives of the rows `select`: whole kernels where there are any, else those along directions."""
    return _whole(labels, select) if labels.plan.kernels else _along(labels, select)


def _whole(labels: StoredLabels, select: np.ndarray) -> Picks:
    place = labels.read("kernel_pick", select).astype(np.int64)
    kernels = labels.read("kernel", select)
    good = np.isfinite(kernels).all(axis=(2, 3))
    sample, pick = np.nonzero(good)
    wave, label = np.divmod(place[good], labels.plan.periods)
    period = labels.read("label_period", select).astype(np.int64)[sample, label]
    return Picks(*_places(sample, wave, period), kernels=torch.as_tensor(kernels[sample, pick]))


def _along(labels: StoredLabels, select: np.ndarray) -> Picks:
    dlnc = labels.read("dlnc", select)
    good = np.isin(labels.read("label_status", select), WITH_VALUE) & np.isfinite(dlnc).all(axis=-1)
    sample, wave, label = np.nonzero(good)
    period = labels.read("label_period", select).astype(np.int64)[sample, label]
    directions = torch.as_tensor(labels.directions(select))
    return Picks(*_places(sample, wave, period), along=torch.as_tensor(dlnc[good]), directions=directions)


def _places(sample: np.ndarray, wave: np.ndarray, period: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
    return torch.as_tensor(sample), torch.as_tensor(wave), torch.as_tensor(period)
