r"""The motion-stress system of one homogeneous layer and its exponential: plain numpy, many pieces of layers at once.

Aki & Richards (2002), equations 7.24 and 7.28: x' = A x, x = (r1, r2, r3, r4) for P-SV and (l1, l2) for SH. Here
lengths are in units of 1/k and stresses in units of k mu s, s = max(1, c/vs), which leaves numbers of order one:

    P-SV: A = [[0, 1, s, 0], [2m - 1, 0, 0, m s], [(4 - 4m - g)/s, 0, 0, 1 - 2m], [0, -g/s, -1, 0]]
    SH:   A = [[0, s], [(1 - g)/s, 0]],        m = (vs/vp)^2, g = (c/vs)^2.

Water (vs = 0, P-SV only) has r3 = 0 and r1 = r4/(k rho c^2): stresses are in units of k rho c^2, r2' = -p^2 r4, r4' =
-r2, and the places of r1 and r3 in x are idle.

A^2 has the eigenvalues p^2 = 1 - (c/vp)^2 and q^2 = 1 - (c/vs)^2 (SH: q^2 alone), hence with C(y) = cosh(sqrt y),
S(y) = sinh(sqrt y)/sqrt y and divided differences C[x, y], S[x, y] at x = (p t)^2, y = (q t)^2, and B = A^2 - q^2,

    exp(A t) = C(y) + t S(y) A + t^2 C[x, y] B + t^3 S[x, y] A B,

all of it by power series: no special case at c = vs or vp, nothing lost where t is small. Not shared with the secular
functions by intention: this is the second route.
"""

from math import factorial

import numpy as np

Array = np.ndarray
TERMS = 11
"""For |x|, |y| <= 1: the first term left out is below 1/22!."""


def stress_scale(c: float, vs: Array) -> Array:
    """s of every layer; 1 in water."""
    return np.maximum(1.0, c / _solid(c, vs))


def stress_unit(c: float, vs: Array, rho: Array) -> Array:
    """What the stresses of every layer are measured in, over k: GPa."""
    return np.where(vs > 0.0, rho * vs**2 * stress_scale(c, vs), rho * c**2)


def squares(c: float, vp: Array, vs: Array) -> tuple[Array, Array]:
    """(p^2, q^2) of every layer, vertical wavenumbers in units of k; negative where the layer oscillates.

    In water, which has no S wave, q^2 is p^2.
    """
    p2 = 1.0 - (c / vp) ** 2
    return p2, np.where(vs > 0.0, 1.0 - (c / _solid(c, vs)) ** 2, p2)


def _solid(c: float, vs: Array) -> Array:
    """vs, with something harmless where it is 0."""
    return np.where(vs > 0.0, vs, c)


def system(wave: str, c: float, vp: Array, vs: Array) -> Array:
    """A of every layer (n,) as (n, d, d); d = 4 (Rayleigh) or 2 (Love)."""
    m, g, s = (vs / vp) ** 2, (c / _solid(c, vs)) ** 2, stress_scale(c, vs)
    zero, one = np.zeros_like(vs), np.ones_like(vs)
    if wave == "love":
        rows = [[zero, s], [(1.0 - g) / s, zero]]
    else:
        rows = [
            [zero, one, s, zero],
            [2.0 * m - 1.0, zero, zero, m * s],
            [(4.0 - 4.0 * m - g) / s, zero, zero, 1.0 - 2.0 * m],
            [zero, -g / s, -one, zero],
        ]
    A = np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)
    water = vs == 0.0
    if water.any():
        A[water] = 0.0
        A[water, 1, 3], A[water, 3, 1] = (c / vp[water]) ** 2 - 1.0, -1.0
    return A


def exponential(A: Array, p2: Array, q2: Array, t: Array) -> Array:
    """exp(A t), (n, j, d, d), of systems A (n, d, d) at lengths t (n, j) with t, t |p|, t |q| at most 1."""
    x, y = p2[:, None] * t**2, q2[:, None] * t**2
    c, s, dc, ds = _series(x, y)
    B = A @ A - q2[:, None, None] * np.eye(A.shape[-1])
    coefficients = np.stack([c, t * s, t**2 * dc, t**3 * ds], axis=-1)
    basis = np.stack([np.broadcast_to(np.eye(A.shape[-1]), A.shape), A, B, A @ B], axis=1)
    flat = coefficients @ basis.reshape(len(A), 4, A.shape[-1] ** 2)
    return flat.reshape(*t.shape, *A.shape[1:])


def _series(x: Array, y: Array) -> tuple[Array, Array, Array, Array]:
    """C(y), S(y), C[x, y], S[x, y]; the divided difference of y^n is the sum of x^i y^(n-1-i)."""
    c, s, dc, ds = np.ones_like(y), np.ones_like(y), np.zeros_like(y), np.zeros_like(y)
    power, divided = np.ones_like(y), np.zeros_like(y)
    for n in range(1, TERMS):
        divided = x * divided + power
        power = power * y
        even, odd = 1.0 / factorial(2 * n), 1.0 / factorial(2 * n + 1)
        c, s, dc, ds = c + even * power, s + odd * power, dc + even * divided, ds + odd * divided
    return c, s, dc, ds


def exponents(wave: str, c: float, vp: float, vs: float) -> Array:
    """The decay rates (p, q), or (q,), of an evanescent layer in units of k."""
    p2, q2 = squares(c, np.asarray(vp), np.asarray(vs))
    # A mode at c = vs itself does not decay: its integrals are infinite, their quotients just off it are right.
    p, q = np.sqrt(max(float(p2), 1e-30)), np.sqrt(max(float(q2), 1e-30))
    return np.array([q]) if wave == "love" else np.array([p, q])


def exponential_solutions(wave: str, c: float, vp: float, vs: float, sign: float) -> Array:
    """Eigenvectors (d, d/2) of A, P then S, that go as exp(sign p z) and exp(sign q z); sign -1 decays downwards.

    Of water only the first means something.
    """
    if vs == 0.0:
        p, _ = exponents(wave, c, vp, vs)
        return np.array([[0.0, 0.0], [-sign * p, 0.0], [0.0, 0.0], [1.0, 0.0]])
    s, g = float(stress_scale(c, np.asarray(vs))), (c / vs) ** 2
    if wave == "love":
        (q,) = exponents(wave, c, vp, vs)
        return np.array([[1.0], [sign * q / s]])
    p, q = exponents(wave, c, vp, vs)
    return np.array(
        [[1.0, -sign * q], [-sign * p, 1.0], [2.0 * sign * p / s, (g - 2.0) / s], [(g - 2.0) / s, 2.0 * sign * q / s]]
    )


def pairing(left: Array, right: Array) -> Array:
    """W = sum of (displacement of left * stress of right - stress of left * displacement of right), last axis.

    Two solutions of x' = A x keep it at every depth, so exponential solutions of rates a and b have W = 0 unless
    a + b = 0: W with the decaying solutions measures the growing ones.
    """
    half = left.shape[-1] // 2
    return np.sum(left[..., :half] * right[..., half:] - left[..., half:] * right[..., :half], axis=-1)
