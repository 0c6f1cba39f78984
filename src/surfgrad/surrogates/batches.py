"""Which samples a training step sees: a function of (seed, step) alone, so that resuming needs no generator's state."""

from functools import lru_cache

import numpy as np


def batch_rows(seed: int, step: int, size: int, count: int) -> np.ndarray:
    """Row numbers of the batch of `size` that belongs to `step`, of `count` samples: each epoch a new permutation, its
    incomplete last batch left out."""
    size = min(size, count)
    epoch, place = divmod(step, count // size)
    return _order(seed, epoch, count)[place * size : (place + 1) * size]


@lru_cache(maxsize=1)
def _order(seed: int, epoch: int, count: int) -> np.ndarray:
    order = np.random.default_rng([seed, epoch]).permutation(count)
    order.setflags(write=False)
    return order
