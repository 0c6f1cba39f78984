"""Runs of True in a row of flags."""

import numpy as np

from surfgrad.records import Array


def runs(flags: Array) -> list[tuple[int, int]]:
    """Start and stop of every run of True in `flags` (n,)."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))
