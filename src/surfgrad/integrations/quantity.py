"""What a differentiable framework asks of the engine: values, and values with kernels, as numpy arrays."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

import surfgrad
from surfgrad.contracts import PARAMETERS
from surfgrad.earth.validate import invalid_models
from surfgrad.errors import UsageError
from surfgrad.integrations.shapes import each_period_set
from surfgrad.waves.flattening import RADIUS, check_earth
from surfgrad.waves.phase import check_options

Array = np.ndarray

ARGUMENTS = (*PARAMETERS, "periods")
"""What a value is differentiated by, in the order of the functions' arguments."""
SECOND = "second derivatives: of phase and group velocity and ellipticity, first derivatives are allowed"
"""The refusal of a derivative of a kernel."""
INVALID = ("raise", "nan")
"""What an invalid model leads to: a ModelError, or values of NaN, as a sampler inside jit needs them."""
STAND_IN = (0.0, 2.0, 1.0, 1.0)
"""Any layer of a valid model, solved in place of an invalid one."""


@dataclass(frozen=True)
class Quantity:
    """One curve of a model, and how it is asked for: arguments of the engine's functions that are not arrays."""

    kind: str
    wave: str = "rayleigh"
    mode: int = 0
    earth: str = "flat"
    threads: int | None = None
    invalid: str = "raise"

    def __post_init__(self) -> None:
        check_options(self.wave, self.mode)
        check_earth(self.earth)
        if self.invalid not in INVALID:
            raise UsageError(f"invalid: {self.invalid!r} given; allowed are {', '.join(INVALID)}")

    def check_wanted(self, wanted: tuple[str, ...]) -> None:
        """Raise UsageError for a derivative by periods on a spherical Earth, which has a scale of its own."""
        if "periods" in wanted and self.earth != "flat":
            raise UsageError(f'periods: their derivative with earth="{self.earth}" asked for; "flat" is allowed')

    def values(self, thickness: Array, vp: Array, vs: Array, rho: Array, periods: Array) -> Array:
        """(..., T) of models (..., L): phase or group velocity, km/s, or ellipticity; NaN where there is none.

        `periods`: (T,), or (B, T) where each entry of the models' leading axes has periods of its own.
        """
        (value,) = each_period_set(partial(self._curves, None), thickness, vp, vs, rho, periods)
        return value

    def values_and_kernels(
        self, wanted: tuple[str, ...], thickness: Array, vp: Array, vs: Array, rho: Array, periods: Array
    ) -> tuple[Array, ...]:
        """`values`, and for each of `wanted` (of ARGUMENTS) their derivatives: (..., T, L), by periods (..., T).

        Kernels are per layer and 0 where there is no value: what is missing adds nothing to a sum. A value whose
        kernels the engine refuses (see `group_kernels`, `ellipticity_kernels`) is NaN too.
        """
        self.check_wanted(wanted)
        return each_period_set(partial(self._curves, wanted), thickness, vp, vs, rho, periods)

    def _curves(self, wanted: tuple[str, ...] | None, *given: Array) -> tuple[Array, ...]:
        """Values and, unless `wanted` is None, kernels of models that share their periods."""
        *model, periods = given
        model, bad = _without_invalid(model, self.earth) if self.invalid == "nan" else (model, None)
        if wanted is None:
            value, kernels = self._engine("velocity", *model, periods), []
        else:
            record = self._engine("kernels", *model, periods)
            value = record.velocity
            kernels = [_by_period(record.thickness, model, periods) if n == "periods" else record[n] for n in wanted]
        if bad is not None:
            value[bad] = np.nan
        missing = np.isnan(value)
        for kernel in kernels:
            kernel[missing] = 0.0
        return value, *kernels

    def _engine(self, what: str, *given: Array) -> Any:
        """The engine's function for `what` ("velocity" or "kernels") of this kind, called."""
        options = {"mode": self.mode, "earth": self.earth, "threads": self.threads}
        if self.kind == "ellipticity":
            function = surfgrad.ellipticity if what == "velocity" else surfgrad.ellipticity_kernels
            return function(*given, **options)
        return getattr(surfgrad, f"{self.kind}_{what}")(*given, wave=self.wave, **options)


def _without_invalid(model: list[Array], earth: str) -> tuple[list[Array], Array]:
    """Copies of the columns, of one shape (..., L), with a valid model in place of every other; which those are."""
    columns = [np.array(column) for column in np.broadcast_arrays(*model)]
    layers = columns[0].shape[-1]
    bad = invalid_models(*(column.reshape(-1, layers) for column in columns)).reshape(columns[0].shape[:-1])
    if earth == "spherical":
        bad |= columns[0][..., :-1].sum(axis=-1) >= RADIUS
    for column, stand_in in zip(columns, STAND_IN, strict=True):
        column[bad] = stand_in
    return columns, bad


def _by_period(by_thickness: Array, model: list[Array], periods: Array) -> Array:
    """(..., T) derivatives by period, from those (..., T, L) by thickness.

    A flat Earth has no scale of its own: thicknesses and period times s leave c, U and H/V unchanged, so that
    T dq/dT = -sum h dq/dh.
    """
    thickness = np.broadcast_arrays(*model)[0][..., None, :-1]  # the half-space's may be infinite
    return -np.sum(thickness * by_thickness[..., :-1], axis=-1) / periods
