"""Training and validation parts of one store, by index."""

from dataclasses import dataclass

import numpy as np

from surfgrad.errors import UsageError


@dataclass(frozen=True, eq=False)
class Split:
    """Disjoint, sorted indices into a store: `train` and `validation`."""

    train: np.ndarray
    validation: np.ndarray


def split(count: int, fraction: float = 0.05) -> Split:
    """Every (1/fraction)-th index of `count` samples to validation, the others to training.

    Samples of a prior are independent draws, so any fixed choice is a fair one; spreading it over the store keeps it
    fair for stores that were assembled from several parts.
    """
    if not 0.0 < fraction <= 0.5:
        raise UsageError(f"validation fraction: {fraction} given; above 0 and at most 0.5 is allowed")
    if count < 2:
        raise UsageError(f"split: {count} samples given; at least 2 are needed for training and validation")
    size = max(1, round(count * fraction))
    validation = np.unique(np.linspace(0, count - 1, size + 2).round().astype(np.int64)[1:-1])
    if not validation.size:
        validation = np.array([count - 1])
    return Split(np.setdiff1d(np.arange(count), validation), validation)
