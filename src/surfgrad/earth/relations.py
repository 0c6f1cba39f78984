"""What ties vp and density to vs where data do not tell them apart, with the derivatives for the chain rule."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from surfgrad.earth import brocher
from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError

Array = np.ndarray


class Relation(Protocol):
    """vp and density of layers whose vs is known."""

    def columns(self, vs: Array) -> tuple[Array, Array]:
        """vp, km/s, and density, g/cm3, both (..., L), of vs (..., L), km/s."""
        ...

    def slopes(self, vs: Array) -> tuple[Array, Array]:
        """d vp / d vs and d density / d vs, g/cm3 per km/s, both (..., L)."""
        ...


@dataclass(frozen=True)
class VpVsRatio:
    """vp = `ratio` vs and density = `density_slope` vp + `density_constant` (g/cm3, vp in km/s).

    The defaults are those of the Rayleigh-wave tutorials of BayesBay and CoFI; BayHunter has the same density.
    """

    ratio: float = 1.77
    density_slope: float = 0.32
    density_constant: float = 0.77

    def columns(self, vs: Array) -> tuple[Array, Array]:
        """vp, km/s, and density, g/cm3, of vs (..., L), km/s."""
        vp = self.ratio * vs
        return vp, self.density_slope * vp + self.density_constant

    def slopes(self, vs: Array) -> tuple[Array, Array]:
        """Their derivatives by vs."""
        return np.full_like(vs, self.ratio), np.full_like(vs, self.density_slope * self.ratio)


@dataclass(frozen=True)
class Brocher:
    """The crust of Brocher (2005): vp by equation (9), for vs of 0 to 4.5 km/s, and density of that vp by equation (1).

    Outside the range of validity the caller answers for it.
    """

    def columns(self, vs: Array) -> tuple[Array, Array]:
        """vp, km/s, and density, g/cm3, of vs (..., L), km/s."""
        vp = brocher.vp_from_vs(vs)
        return vp, brocher.density_from_vp(vp)

    def slopes(self, vs: Array) -> tuple[Array, Array]:
        """Their derivatives by vs."""
        slope = brocher.vp_derivative(vs)
        return slope, brocher.density_derivative(brocher.vp_from_vs(vs)) * slope


@dataclass(frozen=True, eq=False)
class Held:
    """`vp`, km/s, and `rho`, g/cm3, (L,) or one number, which do not follow vs (saturated soil, for one)."""

    vp: Any
    rho: Any

    def columns(self, vs: Array) -> tuple[Array, Array]:
        """vp, km/s, and density, g/cm3, whatever vs (..., L) is."""
        return self._spread("vp", vs), self._spread("rho", vs)

    def slopes(self, vs: Array) -> tuple[Array, Array]:
        """Zero."""
        return np.zeros_like(vs), np.zeros_like(vs)

    def _spread(self, name: str, vs: Array) -> Array:
        held = real_numbers(name, getattr(self, name))
        if held.shape not in ((), vs.shape[-1:]):
            raise ModelError(f"{name}: shape {held.shape} given; one number or {vs.shape[-1:]} is allowed")
        return np.broadcast_to(held, vs.shape)
