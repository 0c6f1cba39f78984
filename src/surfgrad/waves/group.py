"""Group velocity: what people call.

U = dw/dk along the branch. A flat Earth has no scale of its own, so scaling every thickness and the period together
leaves c unchanged: T dc/dT = -sum h dc/dh, and U = c^2 / (c + T dc/dT) follows from the exact thickness kernels.
"""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_periods
from surfgrad.records import Dispersion
from surfgrad.waves.batch import WAVE_CODES, distinct_periods, share_out, solve_valid, spread
from surfgrad.waves.flattening import check_earth, flattened, surface_group
from surfgrad.waves.group_gradient import group_of_models
from surfgrad.waves.methods import check_method
from surfgrad.waves.phase import Model, check_options, flat_batch

Array = np.ndarray


def group_velocity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    method: str = "implicit",
    threads: int | None = None,
) -> Array:
    """Group velocity of one mode of a layered half-space.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3; the last layer is the half-space. `periods`: (T,),
    s, in any order. Returns (..., T), km/s, NaN where the mode does not exist. Raises ModelError naming the first bad
    entry. Exact: from the derivatives of the secular function at the certified root, no differences in period. `earth`
    as in `phase_velocity`. `method`: "implicit", or "energy": U = (I2 + I3/(2k))/(c I1) from energy integrals of the
    eigenfunctions (Aki & Richards 2002, section 7.3), a route of its own; milliseconds a value, in one thread.
    """
    return group_dispersion(
        thickness, vp, vs, rho, periods, wave=wave, mode=mode, earth=earth, method=method, threads=threads
    ).velocity


def group_dispersion(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    method: str = "implicit",
    threads: int | None = None,
) -> Dispersion:
    """Group velocity with the status of every value; arguments, units and errors as in `group_velocity`."""
    check_options(wave, mode)
    check_earth(earth)
    check_method(method)
    model, batch = flat_batch(thickness, vp, vs, rho)
    h, a, b, r = flattened(model, wave, earth)
    given = check_periods(periods)
    periods, back = distinct_periods(given)
    phase, status = solve_valid(h, a, b, r, periods, wave=wave, mode=mode, threads=threads)
    if method == "energy":
        from surfgrad.waves.energy import group_by_energy  # scipy: only for whoever asks

        group = group_by_energy((h, a, b, r), periods, phase, wave)
    else:
        group = _by_scaling((h, a, b, r), periods, phase, wave, threads)
    group = surface_group(group, phase, periods, wave, earth)
    shape = (*batch, given.size)
    group, status = spread(group, back).reshape(shape), spread(status, back).reshape(shape)
    return Dispersion(given, group, status, wave, mode, kind="group")


def _by_scaling(model: Model, periods: Array, phase: Array, wave: str, threads: int | None) -> Array:
    h, a, b, r = model
    group = np.empty(phase.shape)
    omega = 2.0 * np.pi / periods

    def run(part: slice) -> None:
        group_of_models(WAVE_CODES[wave], h[part], a[part], b[part], r[part], omega, phase[part], group[part])

    share_out(run, phase.shape[0], threads)
    return group
