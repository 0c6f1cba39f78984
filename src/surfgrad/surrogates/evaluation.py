"""How good a network is on held-out samples: the numbers that training is steered and stopped by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor


@dataclass(frozen=True)
class Evaluation:
    """`loss`: what the best weights are chosen by. `mae`: mean absolute error by wave, km/s, over the entries that have
    a value. `kernel`: median relative L2 error of the vs kernels by wave, empty where the store has no derivatives."""

    loss: float
    mae: tuple[float, ...]
    mae_all: float
    kernel: tuple[float, ...] = ()

    @property
    def kernel_all(self) -> float | None:
        """Mean over the waves that have any; None without."""
        known = [value for value in self.kernel if np.isfinite(value)]
        return float(np.mean(known)) if known else None

    def judged_by_kernels(self) -> "Evaluation":
        """The same with the error of the kernels for its loss, where that is known."""
        return self if self.kernel_all is None else replace(self, loss=self.kernel_all)


def mean_absolute(error: Tensor) -> tuple[tuple[float, ...], float]:
    """By wave, and all: of errors (n, W, T), NaN where there is no value. A wave without any has NaN."""
    size = error.abs().double()
    return tuple(size.nanmean(dim=(0, 2)).tolist()), float(size.nanmean())


def median_by_wave(errors: Tensor, wave: Tensor, waves: Sequence[str]) -> tuple[float, ...]:
    """Medians of errors (m,) that belong to waves (m,); NaN for a wave without any."""
    each = [errors[wave == number].double() for number in range(len(waves))]
    return tuple(float(torch.median(values)) if len(values) else float("nan") for values in each)
