"""Frozen records that carry results: arrays with what they mean.

A record is equal to itself alone: whether two hold the same numbers is for `numpy.testing` to say, array by array.
"""

from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Dispersion:
    """One dispersion curve, or a batch of them.

    `periods`: (T,), s, in the caller's order. `velocity`: (..., T), km/s, NaN where there is none.
    `status`: (..., T), `surfgrad.Status` codes.
    """

    periods: Array
    velocity: Array
    status: Array
    wave: str
    mode: int
    kind: str = "phase"


@dataclass(frozen=True, eq=False)
class Ellipticity:
    """Signed H/V of one Rayleigh mode, or a batch of them.

    `periods`: (T,), s. `ellipticity`: (..., T), positive for retrograde motion, NaN where there is none. `status`:
    (..., T), `surfgrad.Status` codes.
    """

    periods: Array
    ellipticity: Array
    status: Array
    mode: int


@dataclass(frozen=True, eq=False)
class Attenuation:
    """How one mode decays, and how fast it is once attenuation has changed the velocities.

    All arrays but `periods` (T,), s, are (..., T), NaN where there is no mode. `quality`: temporal Q, of a free
    oscillation with real wavenumber. `spatial_quality`: Q of a wave train with real frequency. `gamma`: decay of
    amplitude with distance, 1/km. `velocity`, `group`: phase and group velocity, km/s, with the dispersion that comes
    with attenuation when the layers' velocities hold at `reference_period`, s. `status`: `surfgrad.Status` codes.
    """

    periods: Array
    quality: Array
    spatial_quality: Array
    gamma: Array
    velocity: Array
    group: Array
    status: Array
    wave: str
    mode: int
    reference_period: float


@dataclass(frozen=True, eq=False)
class Kernels:
    """Velocities with their partial derivatives with respect to the layers' parameters.

    `velocity`, `status`: (..., T). `thickness`, `vp`, `vs`, `rho`: (..., T, L), or None for a parameter that the
    forward does not have. `per`: "layer" (d velocity / d parameter), "km" or "log". NaN where `velocity` is NaN.
    `error`: (..., T), estimated error of the kernels per layer, over the largest of each parameter's profile (at least
    1 % of velocity over parameter); None where nothing is known of it.
    """

    velocity: Array
    status: Array
    thickness: Array | None
    vp: Array | None
    vs: Array | None
    rho: Array | None
    per: str = "layer"
    error: Array | None = None

    def __getitem__(self, parameter: str) -> Array | None:
        """The kernel of one parameter by name."""
        if parameter not in ("thickness", "vp", "vs", "rho"):
            raise KeyError(parameter)
        return getattr(self, parameter)

    def tied(self, vp_by_vs: Array | float = 0.0, rho_by_vs: Array | float = 0.0) -> Array:
        """The vs kernel (..., T, L) when vp and rho follow vs: the chain rule.

        `vp_by_vs`, `rho_by_vs`: derivatives of the relations at the model's layers, (L,) or (..., 1, L), such as
        `surfgrad.earth.brocher` gives; for `per="log"`, d ln vp / d ln vs and d ln rho / d ln vs. 0: not tied. A
        forward without a vp or rho kernel counts as one that does not depend on it.
        """
        if self.vs is None:
            raise ValueError("vs: the forward has no vs kernel")
        total = self.vs
        for kernel, slope in ((self.vp, vp_by_vs), (self.rho, rho_by_vs)):
            total = total if kernel is None else total + kernel * slope
        return total


@dataclass(frozen=True, eq=False)
class Eigenfunctions:
    """Displacement and stress of one mode with depth, Aki & Richards (2002), equations 7.24 and 7.26.

    `periods`: (T,), s. `depths`: (Z,), km. `velocity`, `status`: (..., T), the phase velocity, km/s, and its code.
    `displacement`: (..., T, Z, C), r1 and r2 (Rayleigh) or l1 (Love), of which one is 1 (see
    `surfgrad.eigenfunctions`). `stress`: (..., T, Z, C), r3 and r4 or l2, GPa/km for a displacement of 1. NaN where
    `velocity` is NaN.
    """

    periods: Array
    depths: Array
    velocity: Array
    status: Array
    displacement: Array
    stress: Array
    wave: str
    mode: int

    def __getitem__(self, name: str) -> Array:
        """One function (..., T, Z) by name: r1, r2, r3, r4 or l1, l2."""
        names = ("l1", "l2") if self.wave == "love" else ("r1", "r2", "r3", "r4")
        if name not in names:
            raise KeyError(f"{name!r}; a {self.wave} wave has {', '.join(names)}")
        both = np.concatenate([self.displacement, self.stress], axis=-1)
        return both[..., names.index(name)]
