"""Random numbers of labels: a function of (seed, sample), whatever else is computed beside them."""

import numpy as np

_STREAM = int.from_bytes(b"labels:1", "little")
"""Keeps these numbers apart from those that draw models; raised with the way they are used."""


def uniforms(seed: int, first_index: int, count: int, size: int) -> np.ndarray:
    """(count, size), uniform in [0, 1): row i belongs to sample first_index + i, whichever rows stand around it."""
    out = np.empty((count, size))
    for row in range(count):
        sequence = np.random.SeedSequence([_STREAM, seed, first_index + row])
        np.random.Generator(np.random.PCG64(sequence)).random(out=out[row])
    return out
