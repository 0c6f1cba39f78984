"""A store as tensors, in memory."""

from dataclasses import dataclass, replace

import numpy as np
import torch

from surfgrad.ensembles.splits import Split, split
from surfgrad.ensembles.store import Ensemble
from surfgrad.ensembles.stored_array import StoredArray
from surfgrad.errors import UsageError
from surfgrad.surrogates.normalisation import Normalisation, normalise
from surfgrad.surrogates.reading import pieces, read_samples
from surfgrad.surrogates.samples import Samples


@dataclass(frozen=True, eq=False)
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

    def to(self, device: torch.device) -> "TrainingData":
        """Its samples there."""
        return replace(self, train=self.train.to(device), validation=self.validation.to(device))


def load_data(store: Ensemble, validation: float, *, fixed_grid: bool = True, derivatives: bool = True) -> TrainingData:
    """Read a store. UsageError where it is not what a network can be trained on; `fixed_grid`: one that stands on a
    grid. `derivatives`: those of the training part too, not only of the held-out one."""
    several = isinstance(store.thickness, StoredArray)
    if several and fixed_grid:
        raise UsageError(f"{store.path}: models with different layers given; an architecture on a grid needs one grid")
    parts = split(store.count, validation)
    vs_range = _check_models(store, parts.train)
    train = read_samples(store, parts.train, derivatives)
    held_out = read_samples(store, parts.validation, derivatives=True)
    if not torch.isfinite(train.target).any() or not torch.isfinite(held_out.target).any():
        raise UsageError(f"{store.path}: no velocity in the training or in the validation part; nothing to learn from")
    scales = normalise(*(each.numpy() for each in (train.vp, train.vs, train.rho, train.target)))
    if several:
        vs_range = np.array([[vs_range[:, 0].min(), vs_range[:, 1].max()]])
    return TrainingData(train, held_out, scales, vs_range, parts, store.periods, store.waves)


def _check_models(store: Ensemble, rows: np.ndarray) -> np.ndarray:
    """Smallest and largest vs of the samples `rows`, (L, 2), km/s; UsageError naming the first sample of all that has
    no logarithm: water (vs = 0) and broken models."""
    low, high = np.full(store.layers, np.inf), np.full(store.layers, -np.inf)
    for piece in pieces(np.arange(store.count)):
        for name in ("vp", "vs", "rho"):
            values = getattr(store, name)[piece[0] : piece[-1] + 1]
            bad = ~(np.isfinite(values) & (values > 0)).all(axis=1)
            if bad.any():
                told = f"sample {piece[np.argmax(bad)]} has {name} that is not above 0; training needs it"
                raise UsageError(f"{store.path}: {told}")
            if name == "vs":
                used = values[np.isin(piece, rows)]
                low, high = (f(each, f.reduce(used, axis=0)) for f, each in ((np.minimum, low), (np.maximum, high)))
    return np.stack([low, high], axis=1)
