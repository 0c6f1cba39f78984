"""Identities that exact kernels obey, as residuals relative to c: they judge a forward without any reference.

On a flat Earth c has no scale of its own. Scaling all velocities by a and all periods by 1/a scales c by a, density
enters by ratios only, and Love waves do not see vp. Hence, per model and period (design of the package, section 4):

    homogeneity:  sum_i (vp_i dc/dvp_i + vs_i dc/dvs_i) = c + T dc/dT
    density:      sum_i rho_i dc/drho_i = 0
    love_vp:      dc/dvp_i = 0 for Love waves
"""

import numpy as np
from scipy.interpolate import CubicSpline

from surfgrad.audit.runs import runs
from surfgrad.records import Array, Kernels

NAMES = ("homogeneity", "density", "love_vp")
FEWEST_PERIODS = 5
"""A curve with fewer finite points has no spline slope worth the name."""


def log_slope(periods: Array, velocity: Array) -> Array:
    """T dc/dT (..., T), km/s, of curves `velocity` (..., T) from a cubic spline in log period.

    NaN where it cannot be had: at the first and last finite period, for curves of fewer than 5 distinct finite
    periods, and beside gaps. `periods` may come in any order and repeat.
    """
    distinct, inverse = np.unique(periods, return_inverse=True)
    first = np.zeros(distinct.size, dtype=np.int64)
    first[inverse[::-1]] = np.arange(periods.size)[::-1]
    curves = velocity[..., first].reshape(-1, distinct.size)
    slope = np.full(curves.shape, np.nan)
    finite = np.isfinite(curves)
    for pattern in np.unique(finite, axis=0):
        rows = (finite == pattern).all(axis=1)
        for start, stop in runs(pattern):
            if stop - start >= FEWEST_PERIODS:
                x = np.log(distinct[start:stop])
                spline = CubicSpline(x, curves[rows, start:stop], axis=1)
                slope[rows, start + 1 : stop - 1] = spline(x[1:-1], 1)
    return slope[:, inverse].reshape(velocity.shape)


def identity_residuals(
    kernels: Kernels, waves: tuple[str, ...], vp: Array, vs: Array, rho: Array, periods: Array
) -> dict[str, Array]:
    """Residual of each identity over c, no unit, (n, W, T); NaN where it cannot be formed.

    `kernels`: arrays (n, W, T, L), per layer. `vp`, `vs`, `rho`: (n, L). A forward without vp kernels is taken as zero
    there for Love and gives no homogeneity for Rayleigh; without rho kernels there is no density identity.
    """
    c = kernels.velocity
    nothing = np.full(c.shape, np.nan)
    shear = nothing if kernels.vs is None else _weighted(kernels.vs, vs)
    pressure = nothing if kernels.vp is None else _weighted(kernels.vp, vp)
    density = nothing if kernels.rho is None else _weighted(kernels.rho, rho)
    is_love = np.array([wave == "love" for wave in waves])[None, :, None]
    if kernels.vp is None:
        pressure = np.where(is_love, 0.0, pressure)
    size = nothing if kernels.vp is None else _weighted(np.abs(kernels.vp), vp)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "homogeneity": (shear + pressure) / c - 1.0 - log_slope(periods, c) / c,
            "density": density / c,
            "love_vp": np.where(is_love, size / c, np.nan),
        }


def _weighted(kernel: Array, parameter: Array) -> Array:
    return np.einsum("nwtl,nl->nwt", kernel, parameter)
