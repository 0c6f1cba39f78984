"""A store as tensors, in memory."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from surfgrad.ensembles.splits import Split, split
from surfgrad.ensembles.store import Ensemble
from surfgrad.ensembles.stored_array import StoredArray
from surfgrad.errors import UsageError
from surfgrad.surrogates.normalisation import Normalisation, normalise


@dataclass(frozen=True)
class Samples:
    """Models (n, L) and target velocities (n, W, T), float32; NaN in the target where there is no value."""

    thickness: Tensor
    vp: Tensor
    vs: Tensor
    rho: Tensor
    target: Tensor

    def __len__(self) -> int:
        return len(self.target)

    def pick(self, rows: Tensor) -> "Samples":
        """Some of them."""
        return Samples(*(getattr(self, name)[rows] for name in ("thickness", "vp", "vs", "rho", "target")))


@dataclass(frozen=True)
class TrainingData:
    """The two parts of a store, the scales of the training part, and the range of vs in it: (L, 2), km/s."""

    train: Samples
    validation: Samples
    normalisation: Normalisation
    vs_range: np.ndarray
    parts: Split


def load_data(store: Ensemble, validation: float) -> TrainingData:
    """Read the whole store. UsageError where a network on its grid cannot be trained on it."""
    if isinstance(store.thickness, StoredArray):
        raise UsageError(f"{store.path}: models with different layers given; the grid architecture needs one grid")
    parts = split(store.count, validation)
    vp, vs, rho = (array[:] for array in (store.vp, store.vs, store.rho))
    velocity = np.where(store.valued(), store.velocity[:], np.nan)
    for name, values in (("vp", vp), ("vs", vs), ("rho", rho)):
        # Logarithms are taken: water (vs = 0) and broken models have none.
        bad = ~(np.isfinite(values) & (values > 0)).all(axis=1)
        if bad.any():
            raise UsageError(f"{store.path}: sample {np.argmax(bad)} has {name} that is not above 0; training needs it")
    if not np.isfinite(velocity[parts.train]).any() or not np.isfinite(velocity[parts.validation]).any():
        raise UsageError(f"{store.path}: no velocity in the training or in the validation part; nothing to learn from")
    rows = parts.train
    scales = normalise(vp[rows], vs[rows], rho[rows], velocity[rows])
    vs_range = np.stack([vs[rows].min(axis=0), vs[rows].max(axis=0)], axis=1)
    arrays = (np.asarray(store.thickness), vp, vs, rho, velocity)
    return TrainingData(_samples(arrays, rows), _samples(arrays, parts.validation), scales, vs_range, parts)


def _samples(arrays: tuple[np.ndarray, ...], rows: np.ndarray) -> Samples:
    thickness, *others = arrays
    grid = torch.as_tensor(thickness.astype(np.float32)).expand(len(rows), -1)
    return Samples(grid, *(torch.as_tensor(values[rows].astype(np.float32)) for values in others))
