r"""Group velocity and phase kernels from energy integrals of the eigenfunctions: the second route.

Aki & Richards (2002), section 7.3; Takeuchi & Saito (1972). The Lagrangian per wavelength

    L = 1/2 int rho w^2 |u|^2 - lambda (k r1 + r2')^2 - 2 mu (k^2 r1^2 + r2'^2) - mu (r1' - k r2)^2 dz

(SH: 1/2 int rho w^2 l1^2 - mu (k^2 l1^2 + l1'^2) dz) vanishes at a mode and is stationary against changes of the
displacements. So a changed parameter m shifts k at fixed w by dL/dm / D with D = -dL/dk = 2 k I2 + I3, hence

    dc/dm = -(c/k) dL/dm / D,    U = D/(2 w I1) = (I2 + I3/(2k))/(c I1),

I1, I2, I3 as there (equations 7.66, 7.74). Strains come from displacements and stresses, so nothing is differentiated
and no difference of large numbers is squared. A layer made thicker by dh adds (r3 r1' + r4 r2' + l) dh to L, l its
density: half of W(x', x), the same at every depth of a layer (see `modeshape_system.pairing`).

Integrals: Gauss-Legendre with `POINTS` points in every piece. A piece is at most 1/k, 1/|p| and 1/|q| thick and the
integrands go as exp(2z) at most, so the quadrature's error is below 1e-16 of the largest value in the piece.
"""

from dataclasses import dataclass

import numpy as np

from surfgrad.waves.batch import kernel_room
from surfgrad.waves.modeshape import ModeShape, mode_shape
from surfgrad.waves.modeshape_solve import Model
from surfgrad.waves.modeshape_system import exponents, pairing, stress_scale, stress_unit, system

Array = np.ndarray
POINTS = 8


@dataclass(frozen=True)
class Energy:
    """Integrals over each layer, (L,), in units of 1/k: what L, D and I1 are made of, and W(x', x)/2 (0 below).

    `inertia`: 1/2 |u|^2. `flux`: D. `by_lambda`, `by_mu`: dL/dlambda, dL/dmu. `by_rigidity`: dL/dmu at fixed lambda +
    2 mu. `by_length`: dL/dh.
    """

    inertia: Array
    flux: Array
    by_lambda: Array
    by_mu: Array
    by_rigidity: Array
    by_length: Array


def energy(shape: ModeShape) -> Energy:
    """Integrals of one mode."""
    x, layer, weight = _points(shape)
    densities = (_sh if shape.wave == "love" else _psv)(shape, x, layer)
    size = len(shape.model[0])
    inertia, flux, by_lambda, by_mu, by_rigidity = (np.bincount(layer, weight * y, size) for y in densities)
    return Energy(inertia, flux, by_lambda, by_mu, by_rigidity, _by_length(shape))


def phase_kernels_of(shape: ModeShape) -> Array:
    """(4, L): derivatives of the phase velocity by thickness, vp, vs, rho."""
    _, vp, vs, rho = shape.model
    e, c = energy(shape), shape.c
    by_vp = 2.0 * rho * vp * e.by_lambda
    by_vs = 2.0 * rho * vs * e.by_rigidity
    by_rho = c**2 * e.inertia + (vp**2 - 2.0 * vs**2) * e.by_lambda + vs**2 * e.by_mu
    if shape.wave == "love":
        by_rho = c**2 * e.inertia + vs**2 * e.by_mu
    return -c / np.sum(e.flux) * np.stack([shape.k * e.by_length, by_vp, by_vs, by_rho])


def group_velocity_of(shape: ModeShape) -> float:
    """U, km/s."""
    e = energy(shape)
    return float(np.sum(e.flux) / (2.0 * shape.c * np.sum(shape.model[3] * e.inertia)))


def kernels_by_energy(model: Model, periods: Array, velocity: Array, wave: str) -> Array:
    """(N, 4, T, L) kernels by thickness, vp, vs, rho at roots `velocity` (N, T) of valid models (N, L)."""
    out = kernel_room(len(velocity), len(periods), model[2].shape[1])
    out[:] = np.nan
    for i, j in np.argwhere(np.isfinite(velocity)):
        shape = _shape(model, i, periods[j], velocity[i, j], wave)
        out[i, :, j] = 0.0
        out[i, :, j, -len(shape.model[0]) :] = phase_kernels_of(shape)
    return out


def group_by_energy(model: Model, periods: Array, velocity: Array, wave: str) -> Array:
    """(N, T) group velocities, km/s, at roots `velocity` (N, T) of valid models (N, L)."""
    out = np.full(velocity.shape, np.nan)
    for i, j in np.argwhere(np.isfinite(velocity)):
        out[i, j] = group_velocity_of(_shape(model, i, periods[j], velocity[i, j], wave))
    return out


def _shape(model: Model, i: int, period: float, c: float, wave: str) -> ModeShape:
    solid = int(np.argmax(model[2][i] > 0.0)) if wave == "love" else 0  # Love waves do not know of the water
    thickness, vp, vs, rho = (column[i, solid:] for column in model)
    return mode_shape(wave, (thickness, vp, vs, rho), 2.0 * np.pi / period, c)


def _points(shape: ModeShape) -> tuple[Array, Array, Array]:
    """Vectors (P, d), layers (P,) and weights (P,), lengths in 1/k, that turn integrals of squares into sums.

    The half-space's solutions a, b of rates p, q have int a b = a b/(p + q): with the Cholesky factor of that matrix
    their mixtures act like points of weight 1.
    """
    place, weight = np.polynomial.legendre.leggauss(POINTS)
    used = np.flatnonzero(~shape.pieces.empty)
    t = shape.pieces.t[used, None]
    x = shape.within(used, 0.5 * t * (1.0 + place)).reshape(-1, len(shape.decaying))
    rates = exponents(shape.wave, shape.c, shape.model[1][-1], shape.model[2][-1])
    mixtures = (shape.decaying @ np.linalg.cholesky(1.0 / (rates[:, None] + rates))).T
    layer = np.append(np.repeat(shape.pieces.layer[used], POINTS), np.full(len(rates), len(shape.model[0]) - 1))
    return np.vstack([x, mixtures]), layer, np.append((0.5 * t * weight).ravel(), np.ones(len(rates)))


def _psv(shape: ModeShape, x: Array, layer: Array) -> tuple[Array, ...]:
    """Densities (P,) in the order of Energy's fields."""
    _, vp, vs, rho = (column[layer] for column in shape.model)
    mu, m, s = rho * vs**2, (vs / vp) ** 2, stress_scale(shape.c, vs)
    r1, r2, shear, normal = x[:, 0], x[:, 1], s * x[:, 2], s * x[:, 3]  # stresses over k mu, in water over k rho c^2
    divergence = np.where(vs > 0.0, m * (2.0 * r1 + normal), (shape.c / vp) ** 2 * normal)
    stretch = divergence - r1  # r2'/k
    flux = r1 * (rho * (vp**2 - 2.0 * vs**2) * divergence + 2.0 * mu * r1) - r2 * mu * shear
    by_mu = -(r1**2 + stretch**2) - 0.5 * shear**2
    return 0.5 * (r1**2 + r2**2), flux, -0.5 * divergence**2, by_mu, 2.0 * r1 * stretch - 0.5 * shear**2


def _sh(shape: ModeShape, x: Array, layer: Array) -> tuple[Array, ...]:
    _, _, vs, rho = (column[layer] for column in shape.model)
    u, shear = x[:, 0], stress_scale(shape.c, vs) * x[:, 1]
    by_mu = -0.5 * (u**2 + shear**2)
    return 0.5 * u**2, rho * vs**2 * u**2, np.zeros_like(u), by_mu, by_mu


def _by_length(shape: ModeShape) -> Array:
    """W(x', x)/2 of every layer, from where its vectors are smallest: there it loses least."""
    _, vp, vs, rho = shape.model
    out = np.zeros(len(vs))
    pieces = shape.pieces
    size = np.sum(shape.nodes**2, axis=1)
    for i in range(len(vs) - 1):
        own = np.flatnonzero(pieces.layer == i)
        if pieces.empty[own].any():
            continue  # between the ends of a layer this thick nothing is left
        x = shape.nodes[own[np.argmin(size[own])]]
        slope = system(shape.wave, shape.c, vp[i : i + 1], vs[i : i + 1])[0] @ x
        out[i] = 0.5 * float(pairing(slope, x))
    return out * stress_unit(shape.c, vs, rho)
