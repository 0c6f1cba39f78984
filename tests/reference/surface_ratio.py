"""Ellipticity by matrix exponentials in arbitrary precision: the null vector of the tractions of what decays below."""

import mpmath as mp
import numpy as np
from tests.reference.branch import slowest_root
from tests.reference.propagator import _decaying, _system_psv
from tests.reference.stiffness import Model


def ellipticity(model: Model, period: float, mode: int, digits: int = 40) -> float:
    """Signed H/V at the surface of dry land, positive for retrograde motion; NaN where the mode does not exist."""
    with mp.workdps(digits + 20):
        c = slowest_root(model, period, "rayleigh", mode, digits=digits)
        if c is None:
            return np.nan
        w = 2 * mp.pi / mp.mpf(float(period))
        h, vp, vs, rho = ([mp.mpf(float(value)) for value in column] for column in model)
        systems = [_system_psv(a, b, r, w, w / c) for a, b, r in zip(vp, vs, rho, strict=True)]
        x = _decaying(systems[-1], w / c)
        for thickness, system in zip(h[-2::-1], systems[-2::-1], strict=True):
            x = mp.expm(-thickness * system, method="taylor") * x
        one, two = x[2, 1], -x[2, 0]  # their mixture without shear stress
        return float(-(one * x[0, 0] + two * x[0, 1]) / (one * x[1, 0] + two * x[1, 1]))
