"""The part of disba's interface that is about models: a container, its resampling, a plot against depth."""

import math
from typing import Any

import numpy as np

from surfgrad.earth.grid import tops
from surfgrad.earth.validate import check_model, real_numbers
from surfgrad.errors import ModelError, UsageError

Array = np.ndarray


class VelocityModel:
    """A layered model in disba's words.

    `thickness`, `velocity_p`, `velocity_s`, `density`: (L,), km, km/s, km/s, g/cm3; the last layer is the half-space.
    The arrays are copies: nothing that is done here changes the caller's. Raises ModelError naming the first bad entry.
    """

    def __init__(self, thickness: Any, velocity_p: Any, velocity_s: Any, density: Any) -> None:
        _, vp, vs, rho = check_model(thickness, velocity_p, velocity_s, density)
        if vs.ndim != 1:
            raise ModelError(f"model: shape {vs.shape} given; one model, four arrays (layers,), is allowed")
        # The half-space keeps the thickness that it was given: resampling cuts it up, as disba does.
        self._columns = (np.array(np.broadcast_to(real_numbers("thickness", thickness), vs.shape)), vp, vs, rho)

    @property
    def thickness(self) -> Array:
        """Layer thickness, km."""
        return self._columns[0]

    @property
    def velocity_p(self) -> Array:
        """P-wave velocity, km/s."""
        return self._columns[1]

    @property
    def velocity_s(self) -> Array:
        """S-wave velocity, km/s."""
        return self._columns[2]

    @property
    def density(self) -> Array:
        """Density, g/cm3."""
        return self._columns[3]

    d, vp, vs, rho = thickness, velocity_p, velocity_s, density

    @property
    def n_layers(self) -> int:
        """Number of layers, the half-space included."""
        return self.thickness.size

    @property
    def depth(self) -> Array:
        """(L,), km: depth of the top of each layer."""
        return tops(self.thickness)

    def resample(self, dz: float) -> None:
        """Cut every layer into equal ones no thicker than `dz`, km, in place."""
        thickness, rest = resample(self.thickness, np.column_stack(self._columns[1:]), dz)
        vp, vs, rho = (np.ascontiguousarray(column) for column in rest.T)
        self._columns = (thickness, vp, vs, rho)

    def to_dict(self) -> dict[str, Array]:
        """The four columns by name."""
        return dict(zip(("thickness", "velocity_p", "velocity_s", "density"), self._columns, strict=True))

    def to_numpy(self) -> Array:
        """(L, 4): thickness, velocity_p, velocity_s, density."""
        return np.column_stack(self._columns)

    def to_list(self) -> list[list[float]]:
        """The rows of `to_numpy` as lists."""
        return self.to_numpy().tolist()


def resample(thickness: Any, parameters: Any, dz: float) -> tuple[Array, Array]:
    """Layers (L,), km, and their parameters (L,) or (L, P), cut into equal layers no thicker than `dz`, km.

    The half-space is cut up as well if it was given a thickness, which changes no wave. Raises UsageError for a `dz`
    that is not above 0.
    """
    if not (isinstance(dz, int | float | np.number) and math.isfinite(dz) and dz > 0):
        raise UsageError(f"dz: {dz!r} given; a thickness in km above 0 is allowed")
    thickness, parameters = real_numbers("thickness", thickness), real_numbers("parameters", parameters)
    if thickness.ndim != 1 or parameters.shape[:1] != thickness.shape:
        shapes = f"shape {parameters.shape} given beside thickness {thickness.shape}"
        raise ModelError(f"parameters: {shapes}; one row a layer is allowed")
    if not (thickness >= 0.0).all():
        raise ModelError("thickness: negative or nan given; values of 0 km and above are allowed")
    pieces = np.ceil(np.where(np.isfinite(thickness), thickness, 0.0) / dz).astype(int).clip(min=1)
    return np.repeat(thickness / pieces, pieces), np.repeat(parameters, pieces, axis=0)


def depthplot(
    thickness: Any, parameter: Any, zmax: float | None = None, plot_args: dict[str, Any] | None = None, ax: Any = None
) -> None:
    """Draw `parameter` (L,), one value a layer of `thickness` (L,), as a staircase over depth, positive downwards.

    `zmax`: where the half-space ends in the drawing; by default as far below the last interface as the half-space was
    given thickness, or, without one, as the thinnest layer. `plot_args`: for `Axes.plot`. `ax`: by default the current.
    """
    import matplotlib.pyplot as plt

    axes = plt.gca() if ax is None else ax
    thickness, parameter = real_numbers("thickness", thickness), real_numbers("parameter", parameter)
    top = tops(thickness)
    tail = thickness[-1] if 0.0 < thickness[-1] < np.inf else np.min(thickness[:-1], initial=1.0)
    bottom = top[-1] + tail if zmax is None else zmax
    edges = np.append(top, max(bottom, top[-1]))
    axes.plot(np.repeat(parameter, 2), np.repeat(edges, 2)[1:-1], **{"color": "black", **(plot_args or {})})
    axes.set_ylim(bottom, 0.0)
