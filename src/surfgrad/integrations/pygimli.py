"""A forward operator for pyGIMLi: a dispersion curve of a few layers, with its exact Jacobian. Needs pygimli.

    import pygimli as pg
    from surfgrad.integrations.pygimli import DispersionModelling

    fop = DispersionModelling(1 / frequencies, layers=4)                # Rayleigh, fundamental, phase; m and m/s
    model = pg.Inversion(fop=fop).run(c_observed, relativeError=0.02)   # thicknesses, then vs

Written from pyGIMLi's documentation (C. Ruecker, T. Guenther & F. M. Wagner, 2017, Computers & Geosciences 109). The
model vector is that of its Block1DModelling: L-1 thicknesses, then vs of L layers, the last one the half-space; vp and
density follow vs by a relation. Units are "si" (m, m/s) by default, as its near-surface users write them, or "km".
What differs from an operator with a brute-force Jacobian: derivatives are exact, at the price of little more than one
response. A model that lacks the mode at a period has no response: it raises ModelError with one line, and limits on the
half-space's vs (`fop.setRegionProperties(1, limits=[...])`) or a stronger `lam` keep a run away from there.
"""

from typing import Any

import numpy as np

from surfgrad.earth.layer_vector import DEFAULT_RELATION, LayerVector
from surfgrad.earth.relations import Relation
from surfgrad.errors import ModelError
from surfgrad.integrations.curve import Curve
from surfgrad.integrations.layered_curve import LayeredCurve
from surfgrad.integrations.missing import MissingPackageError
from surfgrad.units import unit_system

try:
    import pygimli as pg
except ImportError:
    raise MissingPackageError("pygimli", "pygimli") from None

Array = np.ndarray


class DispersionModelling(pg.frameworks.Block1DModelling):
    """Velocities at `periods` (T,), s, of one mode, as a function of `layers` - 1 thicknesses and `layers` vs.

    `wave`: "rayleigh" or "love". `mode`: 0 is the fundamental. `kind`: "phase" or "group". `earth`: "flat" or
    "spherical". `relation`: what gives vp and density. `units`: "si" (m, m/s) or "km".
    """

    def __init__(
        self,
        periods: Any,
        layers: int = 4,
        *,
        wave: str = "rayleigh",
        mode: int = 0,
        kind: str = "phase",
        earth: str = "flat",
        relation: Relation = DEFAULT_RELATION,
        units: str = "si",
    ) -> None:
        self.layered = LayeredCurve(
            Curve(periods, wave, mode, kind, earth), LayerVector(layers, relation, order="blocks", units=units)
        )
        super().__init__(nPara=1, nLayers=layers)
        self._matrix = pg.Matrix(self.layered.curve.periods.size, self.layered.vector.size)
        self.setJacobian(self._matrix)

    def response(self, model: Any) -> Array:
        """Velocities (T,), in the operator's units; ModelError where the mode does not exist."""
        values = self.layered.forward(np.asarray(model))
        self._check(values)
        return values

    def createJacobian(self, model: Any) -> None:
        """Fill the operator's Jacobian, (T, 2 layers - 1): d velocity / d thickness, then / d vs."""
        values, jacobian = self.layered.forward_and_jacobian(np.asarray(model))
        self._check(values)
        for row, derivatives in enumerate(jacobian):
            self._matrix[row] = derivatives

    def createStartModel(self, dataVals: Any) -> Array:
        """A model that is roughly right for the data (T,), by the rule of `start_model`."""
        return self.layered.start(np.asarray(dataVals))

    def drawModel(self, ax: Any, model: Any, **style: Any) -> Any:
        """Draw vs over depth, in the operator's units."""
        units = unit_system(self.layered.vector.units)
        pg.viewer.mpl.drawModel1D(ax=ax, model=model, plot="plot", xlabel=f"vs ({units.velocity})", **style)
        ax.set_ylabel(f"depth ({units.length})")
        return ax, None

    def drawData(self, ax: Any, data: Any, **style: Any) -> Any:
        """Draw velocities over log period."""
        ax.semilogx(self.layered.curve.periods, np.asarray(data), **{"marker": "x", "label": style.pop("label", None)})
        ax.set_xlabel("period (s)")
        ax.set_ylabel(f"{self.layered.curve.kind} velocity ({unit_system(self.layered.vector.units).velocity})")
        return ax

    def _check(self, values: Array) -> None:
        missing = int(np.isnan(values).sum())
        if missing:
            curve = self.layered.curve
            raise ModelError(
                f"model: without {curve.wave} mode {curve.mode} at {missing} of {values.size} periods; "
                "one that has it everywhere (a faster half-space) is allowed"
            )
