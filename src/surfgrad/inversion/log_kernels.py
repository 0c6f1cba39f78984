"""Kernels by the logarithms of vp, vs and rho, side by side."""

import numpy as np

from surfgrad.records import Array, Kernels

NAMES = ("vp", "vs", "rho")


def log_kernels(kernels: Kernels, vp: Array, vs: Array, rho: Array) -> Array:
    """d velocity / d ln vp, d ln vs, d ln rho, (n, W, T, 3, L), km/s, of per-layer kernels (n, W, T, L).

    `vp`, `vs`, `rho`: (n, L). A parameter that the forward does not have counts as one that it does not depend on.
    """
    blank = np.zeros((*kernels.velocity.shape, vs.shape[1]))
    given = zip(NAMES, (vp, vs, rho), strict=True)
    return np.stack([_times(kernels[name], values, blank) for name, values in given], axis=-2)


def _times(kernel: Array | None, values: Array, blank: Array) -> Array:
    return blank if kernel is None else kernel * values[:, None, None, :]
