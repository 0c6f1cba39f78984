"""Models to differentiate at, and quantities whose derivatives are wrong."""

from dataclasses import dataclass, field

import numpy as np

from surfgrad.integrations.quantity import ARGUMENTS, Quantity

Array = np.ndarray

PERIODS = np.array([4.0, 7.0, 13.0])
CASES = [
    *((kind, wave, mode) for kind in ("phase", "group") for wave in ("rayleigh", "love") for mode in (0, 1)),
    *(("ellipticity", "rayleigh", mode) for mode in (0, 1)),
]
TOLERANCE = {"eps": 1e-5, "atol": 1e-7, "rtol": 1e-6}
"""Central differences of values good to 1e-12 or so: 1e-7 of rounding, less of truncation."""


def random_models(seed: int, count: int = 2, layers: int = 4) -> tuple[Array, Array, Array, Array]:
    """(count, layers) each: crusts with low-velocity zones; the slowest layer on top, the fastest is the half-space.

    So modes are not faint on top, where ellipticities and their kernels lose digits. The half-space has a thickness,
    without meaning, so that a step to both sides of it is a model too.
    """
    rng = np.random.default_rng(seed)
    thickness = rng.uniform(2.0, 15.0, (count, layers))
    vs = rng.uniform(2.4, 3.8, (count, layers))
    vs[:, 0] = rng.uniform(1.8, 2.2, count)
    vs[:, -1] = rng.uniform(4.2, 4.8, count)
    vp = vs * rng.uniform(1.6, 2.0, (count, layers))
    return thickness, vp, vs, rng.uniform(2.2, 3.3, (count, layers))


SHALLOW = (np.array([5.0, 1.0]), np.array([5.0, 8.0]), np.array([3.0, 4.5]), np.array([2.5, 3.3]))
"""A model whose first overtones are trapped at the first of BAND only."""
BAND = np.array([2.0, 40.0])


@dataclass(frozen=True)
class Bent(Quantity):
    """One kernel entry is too large by a thousandth of the largest: that of `layer` at the second period."""

    parameter: str = "vs"
    layer: int = 0

    def values_and_kernels(self, wanted: tuple[str, ...], *given: Array) -> tuple[Array, ...]:  # type: ignore[override]
        """The honest ones, bent."""
        value, *kernels = super().values_and_kernels(wanted, *given)
        bent = dict(zip(wanted, kernels, strict=True))[self.parameter]
        entry = (..., 1) if self.parameter == "periods" else (..., 1, self.layer)
        bent[entry] += 1e-3 * np.abs(np.stack([np.abs(kernel).max() for kernel in kernels])).max()
        return value, *kernels


LIES = [*((name, layer) for name in ARGUMENTS[1:4] for layer in (0, 2, 3)), ("thickness", 1), ("periods", 0)]


@dataclass(frozen=True)
class Leaky(Quantity):
    """Kernels of missing values are NaN, as the engine's records have them, not zero."""

    def values_and_kernels(self, wanted: tuple[str, ...], *given: Array) -> tuple[Array, ...]:  # type: ignore[override]
        """The honest ones, with NaN put back."""
        value, *kernels = super().values_and_kernels(wanted, *given)
        for kernel in kernels:
            kernel[np.isnan(value)] = np.nan
        return value, *kernels


@dataclass(frozen=True, eq=False)
class Recording(Quantity):
    """An honest one that notes what it was asked for: None (values), or the names of the kernels."""

    calls: list = field(default_factory=list)

    __eq__ = object.__eq__  # equal ones share a callback
    __hash__ = object.__hash__

    def values(self, *given: Array) -> Array:  # type: ignore[override]
        """The honest ones."""
        self.calls.append(None)
        return super().values(*given)

    def values_and_kernels(self, wanted: tuple[str, ...], *given: Array) -> tuple[Array, ...]:  # type: ignore[override]
        """The honest ones."""
        self.calls.append(wanted)
        return super().values_and_kernels(wanted, *given)
