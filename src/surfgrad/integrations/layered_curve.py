"""A dispersion curve as a function of a model vector, with its exact Jacobian: what guests' problems are made of."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.earth.layer_vector import LayerVector
from surfgrad.integrations.curve import Curve
from surfgrad.integrations.start_model import start_model
from surfgrad.units import unit_system

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class LayeredCurve:
    """`curve` of the model that `vector` describes; velocities have the vector's unit, km/s or m/s."""

    curve: Curve
    vector: LayerVector

    def forward(self, vector: Any) -> Array:
        """Velocities (..., T) of vectors (..., size); NaN where the mode does not exist. ModelError for a bad model."""
        return self._factor * self.curve.velocity(*self.vector.model(vector))

    def forward_and_jacobian(self, vector: Any) -> tuple[Array, Array]:
        """Velocities (..., T) and their exact derivatives (..., T, size) by the vector; NaN rows where no mode is."""
        kernels = self.curve.kernels(*self.vector.model(vector))
        return self._factor * kernels.velocity, self.vector.jacobian(kernels, vector)

    def start(self, velocity: Any) -> Array:
        """A vector that is roughly right for velocities (T,) in the vector's unit (see `start_model`)."""
        factor, held = self._factor, self.vector.thickness
        in_km = None if held is None else held / factor
        thickness, vs = start_model(self.curve.periods, np.asarray(velocity) / factor, self.vector.layers, in_km)
        return self.vector.join(factor * thickness, factor * vs)

    @property
    def _factor(self) -> float:
        return unit_system(self.vector.units).factor
