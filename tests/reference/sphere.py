"""Free oscillations of a layered sphere, with or without gravity, on the sphere itself: the judge of the flattening.

Degree l is a real number here: at a given frequency the l at which the surface is free of traction gives the phase
velocity w a/(l + 1/2). Layers are (thickness, vp, vs, rho) as everywhere, the last one a homogeneous core.
Takeuchi & Saito (1972, Methods in Computational Physics 11), equations 72 (toroidal) and 82 (spheroidal).
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
from scipy.special import jv, jvp, yv, yvp
from tests.reference.stiffness import Model

RADIUS = 6371.0
GRAVITY = 9.8e-3
"""km/s2, the same at all depths that surface waves reach (9.82 to 10.01 in PREM's upper mantle)."""
NEWTON = 6.674e-8
"""G in km3/s2 per (g/cm3 km3)."""


def velocity(
    model: Model,
    period: float,
    wave: str,
    bracket: tuple[float, float],
    *,
    radius: float = RADIUS,
    gravity: float = 0.0,
) -> float:
    """Phase velocity, km/s, along the surface: the root of the surface condition within the bracket of velocities."""
    w = 2 * np.pi / period

    def condition(c: float) -> float:
        degree = w * radius / c - 0.5
        return toroidal(model, w, degree, radius) if wave == "love" else spheroidal(model, w, degree, radius, gravity)

    return float(brentq(condition, *bracket, xtol=1e-9, rtol=1e-9))


def toroidal(model: Model, w: float, degree: float, radius: float = RADIUS) -> float:
    """Surface traction of the toroidal solution that is regular at depth, over its largest value on the way up."""
    thickness, _, vs, rho = (np.asarray(column, float) for column in model)
    r = radius - float(np.sum(thickness[:-1]))
    state = _bessel((jv, jvp), degree, w, vs[-1], rho[-1], r)
    for i in range(len(vs) - 2, -1, -1):
        kinds = [(jv, jvp), (yv, yvp)]
        below = np.column_stack([_bessel(kind, degree, w, vs[i], rho[i], r) for kind in kinds])
        r += thickness[i]
        above = np.column_stack([_bessel(kind, degree, w, vs[i], rho[i], r) for kind in kinds])
        state = above @ np.linalg.solve(below, state)
        state /= np.max(np.abs(state))
    return float(state[1])


def _bessel(kind: tuple[Callable, Callable], degree: float, w: float, vs: float, rho: float, r: float) -> np.ndarray:
    """Displacement W and traction mu (dW/dr - W/r) of a spherical Bessel function (and its slope) of w r/vs."""
    order, x = degree + 0.5, w * r / vs
    function, slope = kind
    value = function(order, x) / np.sqrt(x)
    by_x = slope(order, x) / np.sqrt(x) - 0.5 * value / x
    return np.array([value, rho * vs**2 * (by_x * w / vs - value / r)])


def spheroidal(model: Model, w: float, degree: float, radius: float = RADIUS, gravity: float = 0.0) -> float:
    """Determinant of the surface conditions of three solutions that grow upwards; its sign is what counts.

    The conditions: no radial, no tangential traction, and a potential that decays outside. The start is a rough one
    deep in the core, where all have decayed by many orders; the columns are made orthogonal on the way.
    """
    thickness, vp, vs, rho = (np.asarray(column, float) for column in model)
    core = radius - float(np.sum(thickness[:-1]))
    start = core - _depth_of_decay(w, (degree + 0.5) / radius, float(vs[-1]))
    ends = np.concatenate([[start, core], core + np.cumsum(thickness[-2::-1])])
    k = degree / radius
    state, sign = np.zeros((6, 3)), 1.0
    state[0, 0] = state[2, 1] = state[4, 2] = 1.0
    for i, (low, high) in enumerate(pairwise(ends)):
        layer = len(vs) - 1 - i
        mu = rho[layer] * vs[layer] ** 2
        lam = rho[layer] * vp[layer] ** 2 - 2 * mu
        scale = np.array([1.0, mu * k, 1.0 / degree, mu * k / degree, 1.0, k])[:, None]

        def slope(r, flat, lam=lam, mu=mu, density=rho[layer]):
            return (_spheroidal_system(r, lam, mu, density, w, degree, gravity) @ flat.reshape(6, 3)).ravel()

        pieces = np.linspace(low, high, 2 + int((high - low) * k / 3.0))
        for a, b in pairwise(pieces):
            run = solve_ivp(slope, (a, b), state.ravel(), method="DOP853", rtol=1e-10, atol=1e-14)
            q, upper = np.linalg.qr(run.y[:, -1].reshape(6, 3) / scale)
            state = q * scale
            sign *= np.sign(np.prod(np.diag(upper)))
    _, radial, _, tangential, potential, flux = state
    outside = flux + (degree + 1) / radius * potential
    return float(sign * np.linalg.det([radial / (mu * k), tangential / (mu * k), outside / k]))


def _depth_of_decay(w: float, k: float, vs: float) -> float:
    """Depth below which the start is forgotten: S waves decay by exp(-12) over it."""
    return 12.0 / np.sqrt(max(k * k - (w / vs) ** 2, (0.2 * k) ** 2))


def _spheroidal_system(
    r: float, lam: float, mu: float, rho: float, w: float, degree: float, gravity: float
) -> np.ndarray:
    """d/dr of (U, radial traction, V, tangential traction, potential P, P' + 4 pi G rho U).

    Without gravity the last two are alone and say nothing about the others.
    """
    big = degree * (degree + 1)
    p = lam + 2 * mu
    bulk = 2 * mu * (3 * lam + 2 * mu) / p
    weight = rho * gravity / r
    mass = 4 * np.pi * NEWTON * rho if gravity else 0.0
    pull = rho if gravity else 0.0
    heavy = 2 * bulk / r**2 - rho * w**2 - 4 * weight
    shear = 2 * mu * (lam * (2 * big - 1) + 2 * mu * (big - 1)) / (p * r**2)
    return np.array(
        [
            [-2 * lam / (p * r), 1 / p, big * lam / (p * r), 0, 0, 0],
            [heavy, -4 * mu / (p * r), big * (weight - bulk / r**2), big / r, 0, pull],
            [-1 / r, 0, 1 / r, 1 / mu, 0, 0],
            [weight - bulk / r**2, -lam / (p * r), shear - rho * w**2, -3 / r, pull / r, 0],
            [-mass, 0, 0, 0, 0, 1],
            [0, 0, mass * big / r, 0, big / r**2, -2 / r],
        ]
    )
