"""One dispersion curve, asked of the engine for one model after another, as samplers and optimisers do."""

from dataclasses import dataclass
from typing import Any

import numpy as np

import surfgrad as sg
from surfgrad.choices import check_choice
from surfgrad.contracts import WAVES
from surfgrad.earth.validate import check_periods
from surfgrad.records import Kernels
from surfgrad.waves.flattening import EARTHS
from surfgrad.waves.phase import check_options

Array = np.ndarray
KINDS = ("phase", "group")


@dataclass(frozen=True, eq=False)
class Curve:
    """Velocities of one mode at `periods` (T,), s.

    `kind`: "phase" or "group". `mode`: 0 is the fundamental. `earth`: "flat" or "spherical". `threads`: one by default,
    because guests run their chains in processes of their own.
    """

    periods: Any
    wave: str = "rayleigh"
    mode: int = 0
    kind: str = "phase"
    earth: str = "flat"
    threads: int | None = 1

    def __post_init__(self) -> None:
        for name, allowed in (("wave", WAVES), ("kind", KINDS), ("earth", EARTHS)):
            check_choice(name, getattr(self, name), allowed)
        check_options(self.wave, self.mode)
        object.__setattr__(self, "periods", check_periods(self.periods))

    def velocity(self, thickness: Any, vp: Any, vs: Any, rho: Any) -> Array:
        """(..., T), km/s, of models (..., L), km, km/s, km/s, g/cm3; NaN where the mode does not exist."""
        solve = sg.phase_velocity if self.kind == "phase" else sg.group_velocity
        return solve(thickness, vp, vs, rho, self.periods, **self._options)

    def kernels(self, thickness: Any, vp: Any, vs: Any, rho: Any) -> Kernels:
        """The same with derivatives (..., T, L) per layer; NaN where there is no velocity."""
        solve = sg.phase_kernels if self.kind == "phase" else sg.group_kernels
        return solve(thickness, vp, vs, rho, self.periods, **self._options)

    @property
    def _options(self) -> dict[str, Any]:
        return {"wave": self.wave, "mode": self.mode, "earth": self.earth, "threads": self.threads}
