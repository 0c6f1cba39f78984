"""How far a posterior through a learned forward lies from the exact one, and how much too wide or narrow it is."""

import numpy as np

from surfgrad.inversion.laplace import laplace_covariance
from surfgrad.records import Array

INFORMED = 1.0
"""Singular value, in units of the noise, from which on data say more of a direction than the prior does."""


def compare_posteriors(x: Array, jacobian: Array, exact_x: Array, exact_jacobian: Array) -> tuple[float, float]:
    """Shift and width ratio of the Laplace posterior N(x, (J'J)^-1) against the exact one.

    `x`, `exact_x`: (R,), the optima. `jacobian`, `exact_jacobian`: (D, R), of all residuals there, the prior's R rows
    last. Both are taken along the k right singular vectors v_j of the exact data rows whose singular value s_j is 1
    or more: shift: root mean square of |v_j (x - x_e)| over the exact standard deviation along v_j; width: exp of the
    root mean square of ln (standard deviation over the exact one): a factor either way, 1 for none. NaN where data
    inform of nothing.
    """
    size = exact_x.size
    _, singular, right = np.linalg.svd(exact_jacobian[:-size], full_matrices=False)
    along = right[singular >= INFORMED]
    if not len(along):
        return float("nan"), float("nan")
    sd, exact_sd = (_deviation(laplace_covariance(each), along) for each in (jacobian, exact_jacobian))
    shift = along @ (x - exact_x) / exact_sd
    return float(np.sqrt((shift**2).mean())), float(np.exp(np.sqrt((np.log(sd / exact_sd) ** 2).mean())))


def _deviation(covariance: Array, along: Array) -> Array:
    return np.asarray(np.sqrt(np.einsum("kr,rs,ks->k", along, covariance, along)))
