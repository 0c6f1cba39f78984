"""Samples for training that never are in memory all at once: batches of a stream, as tensors."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from surfgrad.errors import UsageError
from surfgrad.surrogates.data import Samples

Batches = Callable[[int], Iterator[Mapping[str, np.ndarray]]]
"""The batches of steps step, step + 1, ...: `Shuffled(...).from_step`, or `fresh_batches` with its `step` given."""


class Streamed(IterableDataset[Samples]):
    """Batches as `Samples`, from `step` on, endless: for a training loop, or a DataLoader with `batch_size=None`.

    `batches`: arrays by name for every step. `grid`: (L,), km, where the models share their thicknesses; None where
    `thickness` is among the arrays. Batches are read or computed ahead by threads of their own, so a DataLoader needs
    no worker processes; with some, UsageError, for each would give every batch.
    """

    def __init__(self, batches: Batches, grid: np.ndarray | None, step: int = 0) -> None:
        self._batches = batches
        self._grid = None if grid is None else _tensor(grid)
        self._step = step

    def __iter__(self) -> Iterator[Samples]:
        if get_worker_info() is not None:
            raise UsageError("num_workers: above 0 given; 0 is allowed, a stream reads ahead by itself")
        return map(self._samples, self._batches(self._step))

    def _samples(self, batch: Mapping[str, np.ndarray]) -> Samples:
        vp, vs, rho, velocity = (_tensor(batch[name]) for name in ("vp", "vs", "rho", "velocity"))
        thickness = _tensor(batch["thickness"]) if self._grid is None else self._grid.expand(len(vs), -1)
        return Samples(thickness, vp, vs, rho, velocity)


def _tensor(values: np.ndarray) -> Tensor:
    return torch.as_tensor(np.asarray(values, dtype=np.float32))
