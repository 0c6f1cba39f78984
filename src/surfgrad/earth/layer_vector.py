"""A layered model as the vector that inversion codes move about: vs, and thicknesses unless they are held."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.earth.relations import Relation, VpVsRatio
from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError, UsageError
from surfgrad.records import Kernels
from surfgrad.units import NAMES, unit_system

Array = np.ndarray
ORDERS = ("blocks", "interleaved")
DEFAULT_RELATION = VpVsRatio()


@dataclass(frozen=True, eq=False)
class LayerVector:
    """`layers` layers, the half-space included, as a vector.

    `order`: "blocks", h1 ... hL-1, v1 ... vL, or "interleaved", v1, h1, v2, h2 ... vL. `thickness`: (L-1,) if
    thicknesses are held; the vector is then vs alone. `relation`: what gives vp and density. `units` of the vector and
    of `thickness`: "km" (km, km/s) or "si" (m, m/s); never guessed.
    """

    layers: int
    relation: Relation = DEFAULT_RELATION
    order: str = "blocks"
    thickness: Any = None
    units: str = "km"

    def __post_init__(self) -> None:
        check_choice("units", self.units, NAMES)
        if isinstance(self.layers, bool) or not isinstance(self.layers, int | np.integer) or self.layers < 1:
            raise UsageError(f"layers: {self.layers!r} given; allowed are integers from 1, the half-space included")
        check_choice("order", self.order, ORDERS)
        if self.thickness is not None:
            held = real_numbers("thickness", self.thickness)
            if held.shape != (self.layers - 1,):
                allowed = f"({self.layers - 1},), one for each layer above the half-space, is allowed"
                raise UsageError(f"thickness: shape {held.shape} given; {allowed}")
            object.__setattr__(self, "thickness", held)

    @property
    def size(self) -> int:
        """Number of entries of the vector."""
        return self.layers if self.thickness is not None else 2 * self.layers - 1

    def split(self, vector: Any) -> tuple[Array, Array]:
        """Thicknesses (..., L-1) and vs (..., L) of vectors (..., size), its units; ModelError for another size."""
        values = real_numbers("vector", vector)
        if values.ndim == 0 or values.shape[-1] != self.size:
            raise ModelError(f"vector: shape {values.shape} given; (..., {self.size}) is allowed, {self._what}")
        if self.thickness is not None:
            return np.broadcast_to(self.thickness, (*values.shape[:-1], self.layers - 1)), values
        if self.order == "blocks":
            return values[..., : self.layers - 1], values[..., self.layers - 1 :]
        return values[..., 1::2], values[..., ::2]

    def join(self, thickness: Any, vs: Any) -> Array:
        """The vector (..., size) of thicknesses (..., L-1) and vs (..., L), in the vector's units."""
        vs = real_numbers("vs", vs)
        if self.thickness is not None:
            return vs
        return self._merge(real_numbers("thickness", thickness), vs)

    def model(self, vector: Any) -> tuple[Array, Array, Array, Array]:
        """thickness, vp, vs, rho (..., L), km, km/s, km/s, g/cm3, of vectors (..., size); not yet checked."""
        factor = unit_system(self.units).factor
        thickness, vs = (values / factor for values in self.split(vector))
        vp, rho = self.relation.columns(vs)
        return np.concatenate([thickness, np.zeros((*thickness.shape[:-1], 1))], axis=-1), vp, vs, rho

    def jacobian(self, kernels: Kernels, vector: Any) -> Array:
        """d velocity / d vector, (..., T, size), from kernels (..., T, L) per layer of the vector's model.

        The chain rule through the relation. Velocity by velocity has no unit, velocity by thickness is 1/s in either
        system: the numbers are those of the engine.
        """
        if kernels.per != "layer" or kernels.thickness is None:
            raise UsageError(f"kernels: per={kernels.per!r} given; kernels per layer, thickness included, are allowed")
        vs = self.split(vector)[1] / unit_system(self.units).factor
        vp_by_vs, rho_by_vs = self.relation.slopes(vs)
        by_vs = kernels.tied(vp_by_vs[..., None, :], rho_by_vs[..., None, :])
        return by_vs if self.thickness is not None else self._merge(kernels.thickness[..., :-1], by_vs)

    def _merge(self, thickness: Array, vs: Array) -> Array:
        """(..., L-1) and (..., L) in the vector's order."""
        if self.order == "blocks":
            return np.concatenate([thickness, vs], axis=-1)
        out = np.empty((*vs.shape[:-1], self.size))
        out[..., 1::2], out[..., ::2] = thickness, vs
        return out

    @property
    def _what(self) -> str:
        if self.thickness is not None:
            return f"vs of {self.layers} layers"
        inside = "h1, ..., v1, ..." if self.order == "blocks" else "v1, h1, v2, ..."
        return f"{inside} of {self.layers} layers"
