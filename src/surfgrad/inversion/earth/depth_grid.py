"""Fine layers for profiles that vary smoothly, and the matrices that lay a profile on them."""

import numpy as np

from surfgrad.earth.grid import middles

Array = np.ndarray


def fine_layers(scale: float, bottom: float, count: int) -> Array:
    """(count + 1,), km: `count` layers down to `bottom`, even in s = ln(1 + z / `scale`), over a half-space (0)."""
    edges = scale * np.expm1(np.linspace(0.0, np.log1p(bottom / scale), count + 1))
    return np.append(np.diff(edges), 0.0)


def places(thickness: Array, scale: float) -> Array:
    """(L,): s of the middles of the layers, and of the half-space's top."""
    return np.log1p(middles(thickness) / scale)


def matern(at: Array, length: float) -> Array:
    """(K, K): the Matern correlation of order 3/2 (Rasmussen & Williams 2006, eq. 4.17) of points `at` (K,)."""
    apart = np.sqrt(3.0) * np.abs(at[:, None] - at[None, :]) / length
    return np.asarray((1.0 + apart) * np.exp(-apart))


def square_root(covariance: Array, kept: float = 1.0) -> Array:
    """(K, R): F with F F' the covariance, of its largest components that hold the share `kept` of the variance."""
    values, vectors = np.linalg.eigh(covariance)
    values = np.maximum(values[::-1], 0.0)
    count = int(np.searchsorted(np.cumsum(values), kept * values.sum() * (1 - 1e-12))) + 1
    return np.asarray(vectors[:, ::-1][:, :count] * np.sqrt(values[:count]))


def b_splines(at: Array, count: int) -> Array:
    """(L, count): cubic B-splines with ends clamped at the first and the last of `at` (L,), rising; rows add up to 1.

    Fewer than four are of lower order. Their control points lie at the Greville abscissae (`control_points`).
    """
    from scipy.interpolate import BSpline

    knots, order = _knots(at, count)
    inside = np.clip(at, knots[0], knots[-1])
    return np.asarray(BSpline.design_matrix(inside, knots, order).toarray())


def control_points(at: Array, count: int) -> Array:
    """(count,): where the coefficients of `b_splines` lie, in the units of `at`."""
    knots, order = _knots(at, count)
    if order == 0:
        return np.array([0.5 * (at[0] + at[-1])])
    return np.array([knots[i + 1 : i + 1 + order].mean() for i in range(count)])


def _knots(at: Array, count: int) -> tuple[Array, int]:
    order = min(3, count - 1)
    inner = np.linspace(at[0], at[-1], count - order + 1)
    return np.concatenate([np.full(order, at[0]), inner, np.full(order, at[-1])]), order
