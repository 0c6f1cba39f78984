"""Derivatives by central differences: the second route of every Jacobian in this room."""

import numpy as np


def by_differences(function, x, step=1e-5):
    """(B, ..., D): of `function` (B, D) -> (B, ...), one coordinate after the other."""
    columns = []
    for j in range(x.shape[1]):
        moved = np.zeros(x.shape[1])
        moved[j] = step
        columns.append((function(x + moved) - function(x - moved)) / (2 * step))
    return np.stack(columns, axis=-1)
