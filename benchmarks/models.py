"""What the benchmarks run on: models of the weak prior, periods 2-60 s."""

import numpy as np

from surfgrad.earth.priors import draw

PERIODS = np.arange(2.0, 61.0)
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def weak_models(count: int, seed: int = 1) -> list[Arrays]:
    """`count` models, each four arrays (256,)."""
    return [tuple(np.asarray(column, dtype=float) for column in draw("weak", seed, index)) for index in range(count)]
