"""Derivatives of a root in arbitrary precision: the judge of kernels where other differences are too coarse."""

import mpmath as mp
import numpy as np
from tests.reference.branch import refine
from tests.reference.stiffness import Model

STEP = 2.0**-26
"""Relative; with roots of 27 digits the central difference is left with an error near 1e-15."""


def high_precision_slope(
    model: Model,
    period: float,
    wave: str,
    mode: int,
    position: int,
    layer: int,
    c: float,
    *,
    step: float = STEP,
    width: float = 1e-6,
) -> float:
    """d(root)/d(column `position` of `layer`), the root lying within `width` (relative) of c, km/s."""
    roots, values = [], []
    top = float(np.asarray(model[2])[-1])
    for sign in (1, -1):
        columns = [np.array(column, dtype=float) for column in model]
        columns[position][layer] *= 1 + sign * step
        values.append(mp.mpf(float(columns[position][layer])))
        bracket = (c * (1 - width), min(c * (1 + width), top))
        roots.append(refine(tuple(columns), period, wave, mode, bracket))
    with mp.workdps(40):
        return float((roots[0] - roots[1]) / (values[0] - values[1]))


def high_precision_kernel(
    model: Model, period: float, wave: str, mode: int, position: int, c: float, **options: float
) -> np.ndarray:
    """The kernel (L,) of one column at one period; the half-space's thickness kernel is 0."""
    layers = range(len(model[2]) - (position == 0))
    slopes = [high_precision_slope(model, period, wave, mode, position, layer, c, **options) for layer in layers]
    return np.array(slopes + [0.0] * (position == 0))
