"""A kernel's error on and off the subspace that the training models vary in.

Off it a network has seen no model: its derivative there is what architecture and chance made of it. With K the kernel
by ln vp, ln vs, ln rho (all layers and the half-space in one vector), P the projection on the subspace of 99.9 % of the
prior's variance and Q = 1 - P, the errors are |P (K^ - K)| / |P K| and |Q (K^ - K)| / |Q K|.
"""

import numpy as np

from surfgrad.earth.priors.subspace import Subspace
from surfgrad.records import Array

NAMES = ("on_manifold", "off_manifold")
NOTHING = 0.05
"""Share of |K| below which a side is not judged: an error of all of it would be half of one that passes."""


def split_errors(learned: Array, exact: Array, subspace: Subspace) -> dict[str, Array]:
    """`on_manifold` and `off_manifold`, (...), of log kernels (..., 3, L) in the order vp, vs, rho.

    NaN where either kernel is, or where the exact one has no part on that side.
    """
    basis = subspace.directions.reshape(len(subspace.directions), -1)
    error, truth = (_two_norms(each.reshape(*each.shape[:-2], -1), basis) for each in (learned - exact, exact))
    whole = np.sqrt(truth[0] ** 2 + truth[1] ** 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = [np.where(size > NOTHING * whole, off / size, np.nan) for off, size in zip(error, truth, strict=True)]
    return dict(zip(NAMES, shares, strict=True))


def _two_norms(kernel: Array, basis: Array) -> tuple[Array, Array]:
    """Norms on and off the span of orthonormal `basis` (K, D), of kernels (..., D); the second by Pythagoras.

    What rounding leaves of it is 1e-8 of the kernel: far below `NOTHING`.
    """
    on, whole = (np.einsum("...d,...d->...", each, each) for each in (kernel @ basis.T, kernel))
    return np.sqrt(on), np.sqrt(np.maximum(whole - on, 0.0))
