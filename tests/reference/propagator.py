"""Secular functions from matrix exponentials of the motion-stress system, in arbitrary precision: the third route.

Aki & Richards (2002), equations 7.24 and 7.28: d/dz of the motion-stress vector is a constant matrix in each layer.
Solutions that decay in the half-space are carried to the surface, where tractions must vanish. Digits are lost as
exp(2 k H): choose `digits` accordingly.
"""

from typing import Any

import mpmath as mp
from tests.reference.stiffness import Model


def secular(model: Model, w: Any, k: Any, wave: str) -> Any:
    """Surface traction determinant (P-SV) or traction (SH) of the solutions that decay at depth; zero at a mode."""
    w, k = mp.mpf(w), mp.mpf(k)
    thickness, vp, vs, rho = ([mp.mpf(float(value)) for value in column] for column in model)
    system = _system_psv if wave == "rayleigh" else _system_sh
    solutions = _decaying(system(vp[-1], vs[-1], rho[-1], w, k), k)
    for i in range(len(vs) - 2, -1, -1):
        solutions = mp.expm(-thickness[i] * system(vp[i], vs[i], rho[i], w, k), method="taylor") * solutions
    if wave == "love":
        return solutions[1, 0]
    return solutions[2, 0] * solutions[3, 1] - solutions[2, 1] * solutions[3, 0]


def _system_psv(vp: Any, vs: Any, rho: Any, w: Any, k: Any) -> Any:
    mu = rho * vs**2
    p_modulus = rho * vp**2
    lam = p_modulus - 2 * mu
    xi = 4 * mu * (lam + mu) / p_modulus
    return mp.matrix(
        [
            [0, k, 1 / mu, 0],
            [-k * lam / p_modulus, 0, 0, 1 / p_modulus],
            [k**2 * xi - rho * w**2, 0, 0, k * lam / p_modulus],
            [0, -rho * w**2, -k, 0],
        ]
    )


def _system_sh(vp: Any, vs: Any, rho: Any, w: Any, k: Any) -> Any:
    mu = rho * vs**2
    return mp.matrix([[0, 1 / mu], [mu * k**2 - rho * w**2, 0]])


def _decaying(system: Any, k: Any) -> Any:
    """Eigenvectors of the half-space's matrix whose eigenvalues have negative real part, scaled to be real."""
    values, vectors = mp.eig(system)
    columns = [vectors[:, j] / vectors[0, j] for j in range(system.rows) if mp.re(values[j]) < 0]
    return mp.matrix([[mp.re(column[i]) for column in columns] for i in range(system.rows)])
