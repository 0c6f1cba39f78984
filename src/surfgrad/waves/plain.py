"""The check that most calls need: arrays of doubles that hold a dry model without a fault, copied in one pass."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import LARGEST, SMALLEST
from surfgrad.waves.compiled import lean

Array = np.ndarray
_BULK = 4.0 / 3.0


def plain_copy(columns: tuple[Any, ...]) -> Array | None:
    """The model as new arrays (4, N, L), or None where only `check_model` can tell what is right or wrong with it.

    `columns`: thickness, vp, vs, rho. Here, too, the half-space's thickness is 0.
    """
    first = columns[0]
    if not all(
        type(column) is np.ndarray and column.dtype == np.float64 and column.flags.c_contiguous for column in columns
    ):
        return None
    if first.ndim == 0 or first.size == 0 or any(column.shape != first.shape for column in columns):
        return None
    layers = first.shape[-1]
    out = np.empty((4, first.size // layers, layers))
    return out if _copy(*(column.reshape(-1, layers) for column in columns), out) else None


@lean
def _copy(thickness, vp, vs, rho, out):
    """Fill `out` and return whether every entry is allowed; see `surfgrad.earth.validate`. (Water is not plain.)"""
    last, good = vs.shape[1] - 1, True
    for n in range(vs.shape[0]):
        for i in range(last + 1):
            h, a, b, r = thickness[n, i], vp[n, i], vs[n, i], rho[n, i]
            good &= h >= 0.0 and b >= SMALLEST and r >= SMALLEST and a > 0.0 and a * a > _BULK * b * b
            h = h if i < last else 0.0
            good &= h + a + r <= LARGEST
            out[0, n, i], out[1, n, i], out[2, n, i], out[3, n, i] = h, a, b, r
    return good
