"""Phase velocity of layered half-spaces: what people call."""

from typing import Any

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.earth.validate import check_model, check_periods, invalid_models
from surfgrad.errors import UsageError
from surfgrad.records import Dispersion
from surfgrad.status import Status
from surfgrad.waves.batch import WAVE_CODES, solve_valid
from surfgrad.waves.flattening import check_earth, flattened, surface_velocity
from surfgrad.waves.plain import plain_copy

Array = np.ndarray
Model = tuple[Array, Array, Array, Array]
MOST_MODES = 10**9
"""No model within reach has so many modes."""


def phase_velocity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
) -> Array:
    """Phase velocity of one mode of a layered half-space.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3; the last layer is the half-space. `periods`:
    (T,), s, in any order. Returns (..., T), km/s, NaN where the mode does not exist. Raises ModelError naming the
    first bad entry. Root of the secular function (Dunkin 1965), certified by the mode count (Wittrick & Williams
    1971); relative error below 1e-10. `earth`: "flat", or "spherical" by Earth flattening (see `flattening`): the
    velocity along the surface, under which a mode is trapped if it is slower than the flattened half-space.
    """
    return dispersion(thickness, vp, vs, rho, periods, wave=wave, mode=mode, earth=earth, threads=threads).velocity


def dispersion(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
) -> Dispersion:
    """Phase velocity with the status of every value; arguments, units and errors as in `phase_velocity`."""
    check_options(wave, mode)
    check_earth(earth)
    model, batch = flat_batch(thickness, vp, vs, rho)
    periods = check_periods(periods)
    flat = flattened(model, wave, earth)
    velocity, status = solve_valid(*flat, periods, wave=wave, mode=mode, threads=threads)
    velocity = surface_velocity(velocity, periods, wave, earth)
    shape = (*batch, periods.size)
    return Dispersion(periods, velocity.reshape(shape), status.reshape(shape), wave, mode)


def solve_batch(
    thickness: Array,
    vp: Array,
    vs: Array,
    rho: Array,
    periods: Any,
    *,
    wave: str,
    mode: int = 0,
    threads: int | None = None,
) -> tuple[Array, Array]:
    """Velocity and status, both (N, T), of N models (N, L); an invalid model gets NaN and INVALID_MODEL, not an
    error."""
    periods = check_periods(periods)
    arrays = [np.ascontiguousarray(a, dtype=float) for a in np.broadcast_arrays(thickness, vp, vs, rho)]
    bad = invalid_models(*arrays)
    velocity = np.full((bad.size, periods.size), np.nan)
    status = np.full(velocity.shape, Status.INVALID_MODEL, np.uint8)
    good = ~bad
    if good.any():
        h, a, b, r = (np.ascontiguousarray(values[good]) for values in arrays)
        velocity[good], status[good] = solve_valid(h, a, b, r, periods, wave=wave, mode=mode, threads=threads)
    return velocity, status


def check_options(wave: str, mode: int, earth: str = "flat") -> None:
    """Raise UsageError for options outside what is allowed."""
    check_choice("wave", wave, WAVE_CODES)
    if isinstance(mode, bool) or not isinstance(mode, int | np.integer) or mode < 0:
        raise UsageError(f"mode: {mode!r} given; allowed are integers from 0 (fundamental)")
    if mode > MOST_MODES:
        raise UsageError(f"mode: {mode} given; allowed are integers from 0 (fundamental) to {MOST_MODES}")
    if earth != "flat":
        raise UsageError(f"earth: {earth!r} given; allowed here is 'flat'")


def flat_batch(thickness: Any, vp: Any, vs: Any, rho: Any) -> tuple[Model, tuple[int, ...]]:
    """Checked arrays as (N, L), and the batch shape they had."""
    plain = plain_copy((thickness, vp, vs, rho))
    if plain is not None:
        return (plain[0], plain[1], plain[2], plain[3]), vs.shape[:-1]
    arrays = check_model(thickness, vp, vs, rho)
    batch = arrays[2].shape[:-1]
    layers = arrays[2].shape[-1]
    thickness, vp, vs, rho = (np.ascontiguousarray(a).reshape(-1, layers) for a in arrays)
    return (thickness, vp, vs, rho), batch
