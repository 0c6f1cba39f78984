"""A forward plug-in for BayHunter on surfgrad's engine, in the place of its SURF96.

    from BayHunter import Targets
    from surfgrad.integrations.bayhunter import DispersionPlugin

    target = Targets.RayleighDispersionPhase(periods, c_observed)
    target.update_plugin(DispersionPlugin(periods, "rdispph"))

BayHunter is not imported, here or at the call: the plug-in has the methods that its documentation asks for (J. Dreiling
& F. Tilmann, BayHunter 2.1, section "Setting up the targets"). Units km, km/s, g/cm3, s; modes from 1. What differs
from its SURF96: any number of periods (there: more than 60 are interpolated), and a mode that does not exist at one of
them makes the model invalid; SURF96 gives 0 for overtones that do not exist, which enter the misfit as velocities.
"""

from typing import Any

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.earth.validate import check_periods
from surfgrad.errors import UsageError
from surfgrad.integrations.pysurf96 import surf96

REFERENCES = {
    "rdispph": ("rayleigh", "phase"),
    "rdispgr": ("rayleigh", "group"),
    "ldispph": ("love", "phase"),
    "ldispgr": ("love", "group"),
}


class DispersionPlugin:
    """Velocities at the periods `obsx` (T,), s, of the kind that BayHunter calls `ref`.

    `ref`: rdispph, rdispgr, ldispph or ldispgr (Rayleigh or Love, phase or group).
    `set_modelparams(mode=2, flsph=1)`: the first overtone, on a spherical Earth; by default 1 and 0.
    """

    def __init__(self, obsx: Any, ref: str) -> None:
        self.ref = check_choice("ref", ref, REFERENCES)
        self.obsx = check_periods(obsx)
        self.modelparams: dict[str, int] = {"mode": 1, "flsph": 0}

    def set_modelparams(self, **mparams: int) -> None:
        """Change `mode` (from 1) or `flsph` (0: flat, 1: spherical)."""
        unknown = sorted(set(mparams) - set(self.modelparams))
        if unknown:
            raise UsageError(f"{unknown[0]}: given; allowed are {', '.join(self.modelparams)}")
        self.modelparams.update(mparams)

    def run_model(self, h: Any, vp: Any, vs: Any, rho: Any, **params: Any) -> tuple[Any, Any]:
        """(periods, velocities), or (nan, nan), BayHunter's sign of an invalid model, where one has no velocity.

        `h`, `vp`, `vs`, `rho`: (L,), of any float type; the last layer is the half-space. `params` are ignored.
        """
        wave, velocity = REFERENCES[self.ref]
        mode, flat = self.modelparams["mode"], not self.modelparams["flsph"]
        values = surf96(h, vp, vs, rho, self.obsx, wave=wave, mode=mode, velocity=velocity, flat_earth=flat)
        return (self.obsx, values) if np.isfinite(values).all() else (np.nan, np.nan)
