"""A store as tensors, in memory."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from surfgrad.ensembles.splits import Split, split
from surfgrad.ensembles.store import Ensemble
from surfgrad.ensembles.stored_array import StoredArray
from surfgrad.errors import UsageError
from surfgrad.surrogates.normalisation import Normalisation, normalise
from surfgrad.surrogates.picks import Picks, load_picks

_MODEL = ("thickness", "vp", "vs", "rho")


@dataclass(frozen=True)
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

    def pick(self, rows: Tensor) -> "Samples":
        """Some of them, without derivatives."""
        picked = {name: getattr(self, name)[rows] for name in (*_MODEL, "target")}
        return replace(self, **picked, picks=None)


@dataclass(frozen=True)
class TrainingData:
    """The two parts of a store, the scales of the training part, and the range of vs in it, km/s: (L, 2) where all
    models have one grid, else (1, 2). `periods`: (T,), s. `waves`: their names."""

    train: Samples
    validation: Samples
    normalisation: Normalisation
    vs_range: np.ndarray
    parts: Split
    periods: np.ndarray
    waves: tuple[str, ...]


def load_data(store: Ensemble, validation: float, *, fixed_grid: bool = True) -> TrainingData:
    """Read the whole store. UsageError where it is not what a network can be trained on; `fixed_grid`: one that
    stands on a grid."""
    several = isinstance(store.thickness, StoredArray)
    if several and fixed_grid:
        raise UsageError(f"{store.path}: models with different layers given; an architecture on a grid needs one grid")
    parts = split(store.count, validation)
    thickness, vp, vs, rho = store.models()
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
    trained = vs[rows].reshape(-1, 1) if several else vs[rows]
    vs_range = np.stack([trained.min(axis=0), trained.max(axis=0)], axis=1)
    train, held_out = (
        _samples((thickness, vp, vs, rho, velocity), part, load_picks(store, part)) for part in (rows, parts.validation)
    )
    return TrainingData(train, held_out, scales, vs_range, parts, store.periods, store.waves)


def _samples(arrays: tuple[np.ndarray, ...], rows: np.ndarray, picks: Picks | None) -> Samples:
    thickness, vp, vs, rho, target = (torch.as_tensor(values[rows].astype(np.float32)) for values in arrays)
    return Samples(thickness, vp, vs, rho, target, picks)
