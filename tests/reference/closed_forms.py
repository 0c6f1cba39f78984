"""Cases with a closed secular equation: Rayleigh waves of a half-space, Love waves of one layer over a half-space."""

from math import atan, pi, sqrt

from scipy.optimize import brentq


def rayleigh_halfspace(vp: float, vs: float) -> float:
    """Rayleigh velocity, km/s: the root of Rayleigh's cubic in (c/vs)^2 (Aki & Richards 2002, equation 5.56)."""
    r = (vs / vp) ** 2
    x = brentq(lambda x: x**3 - 8 * x**2 + (24 - 16 * r) * x - 16 * (1 - r), 0.1, 1.0, xtol=1e-16, rtol=1e-15)
    return vs * sqrt(x)


def love_two_layer(
    h: float, vs: tuple[float, float], rho: tuple[float, float], period: float, mode: int
) -> float | None:
    """Love velocity, km/s, of a layer over a half-space (Aki & Richards 2002, equation 7.6); None below cut-off."""
    w = 2 * pi / period
    mu1, mu2 = rho[0] * vs[0] ** 2, rho[1] * vs[1] ** 2

    def phase(c: float) -> float:
        inside, outside = sqrt(max(0.0, vs[0] ** -2 - c**-2)), sqrt(max(0.0, c**-2 - vs[1] ** -2))
        return w * h * inside - mode * pi - (atan(mu2 * outside / (mu1 * inside)) if inside > 0 else pi / 2)

    if w * h * sqrt(vs[0] ** -2 - vs[1] ** -2) < mode * pi:
        return None
    return brentq(phase, vs[0], vs[1], xtol=1e-15, rtol=1e-15)
