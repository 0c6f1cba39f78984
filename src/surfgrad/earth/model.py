"""One layered model of the ground."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.contracts import PARAMETERS
from surfgrad.earth.grid import tops
from surfgrad.earth.validate import check_model
from surfgrad.errors import ModelError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray


@dataclass(frozen=True, eq=False, repr=False)
class EarthModel:
    """Homogeneous layers over a half-space.

    `thickness`, `vp`, `vs`, `rho`: (L,), km, km/s, km/s, g/cm3, from the surface down; the last layer is the
    half-space and its thickness is stored as 0. vs = 0 is water and stands in the top layers only. The arrays are
    read-only copies. Raises ModelError naming the first bad entry.
    """

    thickness: Array
    vp: Array
    vs: Array
    rho: Array
    name: str | None = None

    def __post_init__(self) -> None:
        """Check and freeze."""
        arrays = check_model(self.thickness, self.vp, self.vs, self.rho)
        if arrays[0].ndim != 1:
            raise ModelError(f"model: shape {arrays[0].shape} given; one model, four arrays (layers,), is allowed")
        for name, array in zip(PARAMETERS, arrays, strict=True):
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    @property
    def arrays(self) -> tuple[Array, Array, Array, Array]:
        """thickness, vp, vs, rho."""
        return self.thickness, self.vp, self.vs, self.rho

    @property
    def n_layers(self) -> int:
        """Number of layers, the half-space included."""
        return int(self.vs.size)

    @property
    def depth_top(self) -> Array:
        """(L,), km: depth of the top of each layer; the last is the top of the half-space."""
        return tops(self.thickness)

    @property
    def depth(self) -> Array:
        """(L - 1,), km: depth of each interface."""
        return self.depth_top[1:]

    def __eq__(self, other: object) -> bool:
        """Same layers, to the last bit; the name is a label and does not count."""
        if not isinstance(other, EarthModel):
            return NotImplemented
        return all(np.array_equal(a, b) for a, b in zip(self.arrays, other.arrays, strict=True))

    def __hash__(self) -> int:
        """Consistent with equality."""
        return hash(tuple(array.tobytes() for array in self.arrays))

    def __repr__(self) -> str:
        """One line: name, layers, depth and vs range."""
        name = f"{self.name!r}, " if self.name else ""
        span = f"vs {self.vs.min():.3g} to {self.vs.max():.3g} km/s"
        return f"EarthModel({name}{self.n_layers} layers, half-space at {self.depth_top[-1]:.6g} km, {span})"

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        units: str = "km",
        format: str | None = None,
        depth: float | None = None,
        step: float | None = None,
    ) -> "EarthModel":
        """Read a model96, CSV, Geopsy, .nd or .tvel file; `units`: "km" or "si" (m, m/s, kg/m3), what it is in.

        The options are those of `surfgrad.earth.formats.reading.read_models`. Raises UsageError for an option that is
        not allowed and a file that cannot be opened, FormatError naming the line for what is wrong inside.
        """
        from surfgrad.earth.formats import read_model

        return read_model(path, units=units, format=format, depth=depth, step=step)

    def to_file(self, path: str | Path, *, units: str = "km", format: str | None = None) -> None:
        """Write CSV, .nd or .tvel where the name ends so, else model96, or the `format` given; whole or not at all.

        `units`: "km" or "si"; see `surfgrad.earth.formats.writing.write_model`.
        """
        from surfgrad.earth.formats import write_model

        write_model(self, path, units=units, format=format)

    @classmethod
    def reference(cls, name: str) -> "EarthModel":
        """A reference Earth, "ak135" or "prem", cut into layers (see `surfgrad.earth.reference`)."""
        from surfgrad.earth.reference import reference

        return reference(name)

    def plot(self, depth: float | None = None, *, units: str = "km") -> "Figure":
        """Staircases of vp, vs and rho over depth, drawn down to `depth`; returns the matplotlib figure.

        `units`: "km" or "si" (m, m/s, kg/m3), of `depth` too; raises UsageError for others.
        """
        from surfgrad.earth.plot import plot_models

        return plot_models([self], depth=depth, units=units)
