"""What a layered model and a period array must be, and the message when they are not.

A solid needs a positive bulk modulus, kappa = rho (vp^2 - 4/3 vs^2) > 0 (Aki & Richards 2002, section 2.2): anything
else is not a material, and dispersion curves of it mean nothing.
"""

from typing import Any

import numpy as np

from surfgrad.contracts import PARAMETERS
from surfgrad.errors import ModelError
from surfgrad.masked import refuse_masked

Array = np.ndarray
Model = tuple[Array, Array, Array, Array]
_UNITS = {"thickness": "km", "vp": "km/s", "vs": "km/s", "rho": "g/cm3"}
_BULK = 4.0 / 3.0
SMALLEST, LARGEST = 1e-15, 1e15
"""Of velocities, densities, periods, and of thicknesses upwards: in any units a planet's lie far inside, and the sixth
powers that the engine works in still are doubles."""


def check_model(thickness: Any, vp: Any, vs: Any, rho: Any) -> Model:
    """The four arrays as new C-contiguous float64 of one shape (..., L), L >= 1; the half-space's thickness is 0.

    `thickness`, `vp`, `vs`, `rho`: (..., L) or broadcastable to it; km, km/s, km/s, g/cm3. Thicknesses are finite and
    >= 0 (0: a layer that is not there); the last one is ignored (0, inf, any number >= 0). vp, rho > 0; vs >= 0;
    vs = 0 (water) in the top layers only, never in the half-space; vp > sqrt(4/3) vs (positive bulk modulus).
    All within SMALLEST and LARGEST. Raises ModelError naming the first bad entry: by field, index, value, and what is
    allowed.
    """
    model = _broadcast(
        *(real_numbers(name, value) for name, value in zip(PARAMETERS, (thickness, vp, vs, rho), strict=True))
    )
    if not _plainly_fine(*model):
        fault = first_fault(*model)
        if fault is not None:
            name, index, words = fault
            raise ModelError(f"{name}[{', '.join(str(i) for i in index)}]: {words}")
    model[0][..., -1] = 0.0
    return model


def _plainly_fine(h: Array, vp: Array, vs: Array, rho: Array) -> bool:
    """Whether a model is dry and has no fault, in few passes: most calls are of one such model.

    False tells nothing: water, or an infinite thickness of the half-space, need the closer look.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        # A sum is small only if every term is; of one that is not, the closer look may accept the terms.
        good = (vs >= SMALLEST) & (rho >= SMALLEST) & (h >= 0.0) & (vp * vp > _BULK * vs * vs)
        good &= h + vp + rho <= LARGEST
    return bool(good.all()) and bool((vp > 0.0).all())


def first_fault(thickness: Array, vp: Array, vs: Array, rho: Array) -> tuple[str, tuple[int, ...], str] | None:
    """(field, index, what is given and what is allowed) of the first bad entry of four arrays (..., L), or None."""
    for name, bad, allowed in _faults(thickness, vp, vs, rho):
        if bad.any():
            index = tuple(int(i) for i in np.argwhere(bad)[0])
            value = {"thickness": thickness, "vp": vp, "vs": vs, "rho": rho}[name][index]
            beside = f" beside vs = {vs[index]:g} km/s" if "bulk" in allowed else ""
            return name, index, f"{value:g} {_UNITS[name]} given{beside}; {allowed}"
    return None


def invalid_models(thickness: Any, vp: Any, vs: Any, rho: Any) -> Array:
    """(N,) bool: True where a model of the batch is not one that `check_model` accepts; never raises for a bad value.

    The arrays are (N, L) or (L,), which counts as N = 1.
    """
    model = _broadcast(*(np.atleast_2d(np.asarray(value, dtype=np.float64)) for value in (thickness, vp, vs, rho)))
    bad = np.zeros(model[0].shape[0], dtype=bool)
    for _, entries, _ in _faults(*model):
        bad |= entries.any(axis=-1)
    return bad


def check_periods(periods: Any) -> Array:
    """The periods, s, as a (T,) float64 array in the given order: finite, > 0, at least one; else ModelError."""
    values = np.atleast_1d(real_numbers("periods", periods))
    if values.ndim != 1 or values.size == 0:
        raise ModelError(f"periods: shape {values.shape} given; a list of one or more periods in s is allowed")
    bad = ~(np.isfinite(values) & (values > 0))
    if bad.any():
        i = int(np.argmax(bad))
        raise ModelError(f"periods[{i}]: {values[i]:g} s given; finite values above 0 s are allowed")
    far = (values < SMALLEST) | (values > LARGEST)
    if far.any():
        i = int(np.argmax(far))
        raise ModelError(f"periods[{i}]: {values[i]:g} s given; {SMALLEST:g} to {LARGEST:g} s is allowed")
    return np.ascontiguousarray(values)


def real_numbers(name: str, value: Any) -> Array:
    """The value as a new float64 array; raises ModelError naming what is given where it holds no real numbers."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "iuf":
            raise TypeError
        numbers = array.astype(np.float64, order="C")
    except (TypeError, ValueError):
        given = " ".join(repr(value).split())
        given = given if len(given) <= 60 else given[:57] + "..."
        raise ModelError(f"{name}: {given} given; real numbers in an array or a list are allowed") from None
    refuse_masked(name, value)
    return numbers


def _broadcast(*arrays: Array) -> Model:
    shape = arrays[0].shape
    if shape and shape[-1] and all(array.shape == shape and array.flags.owndata for array in arrays):
        h, vp, vs, rho = arrays
        return h, vp, vs, rho
    try:
        shape = np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in zip(PARAMETERS, arrays, strict=True))
        raise ModelError(f"model: shapes {shapes} given; four arrays of one shape (..., layers) are allowed") from None
    if not shape or shape[-1] == 0:
        raise ModelError(f"model: shape {shape} given; at least one layer, the half-space, is allowed")
    h, vp, vs, rho = (np.array(np.broadcast_to(array, shape), order="C") for array in arrays)
    return h, vp, vs, rho


def _faults(h: Array, vp: Array, vs: Array, rho: Array) -> list[tuple[str, Array, str]]:
    """(field, entries that are bad, what is allowed), in the order in which they are reported."""
    last = np.zeros(h.shape[-1], dtype=bool)
    last[-1] = True
    solid_above = np.logical_or.accumulate(vs > 0, axis=-1)
    with np.errstate(invalid="ignore", over="ignore"):
        return [
            ("thickness", ~((h >= 0) & (np.isfinite(h) | last)), "finite values of 0 km and above are allowed"),
            ("vp", ~((vp > 0) & np.isfinite(vp)), "finite values above 0 km/s are allowed"),
            ("vs", ~((vs >= 0) & np.isfinite(vs)), "finite values of 0 km/s (water) and above are allowed"),
            ("rho", ~((rho > 0) & np.isfinite(rho)), "finite values above 0 g/cm3 are allowed"),
            ("thickness", (h > LARGEST) & ~last, f"up to {LARGEST:g} km is allowed"),
            ("vp", (vp < SMALLEST) | (vp > LARGEST), f"{SMALLEST:g} to {LARGEST:g} km/s is allowed"),
            ("vs", (vs > 0) & ((vs < SMALLEST) | (vs > LARGEST)), f"0 or {SMALLEST:g} to {LARGEST:g} km/s is allowed"),
            ("rho", (rho < SMALLEST) | (rho > LARGEST), f"{SMALLEST:g} to {LARGEST:g} g/cm3 is allowed"),
            ("vs", (vs == 0) & last, "the half-space must be solid: vs above 0 km/s is allowed"),
            ("vs", (vs == 0) & solid_above, "vs = 0 (water) is allowed in the top layers only"),
            ("vp", ~(vp * vp > _BULK * vs * vs), "vp above sqrt(4/3) vs is allowed (positive bulk modulus)"),
        ]
