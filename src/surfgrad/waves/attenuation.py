"""Attenuation and physical dispersion of surface waves, to first order in the layers' 1/Q: what people call.

A layer with quality factor Q, the same at all frequencies, has the complex velocity (Liu et al. 1976, Geophys. J. R.
astr. Soc. 47; Kanamori & Anderson 1977, Rev. Geophys. 15; Aki & Richards 2002, section 5.5)

    v (1 + ln(omega/omega_0)/(pi Q) - i/(2 Q))    beside exp(-i omega t),

v at the reference frequency omega_0. With A = sum over layers of vp dc/dvp / Qp + vs dc/dvs / Qs, at real frequency

    c' = c + ln(omega/omega_0) A/pi,    gamma = omega A/(2 c^2) = omega/(2 c Q_x) = omega/(2 U Q),

so 1/Q_x = A/c in space (real frequency) and 1/Q = U A/c^2 in time (real wavenumber): Anderson & Archambeau (1964, J.
Geophys. Res. 69), Aki & Richards (2002, section 7.3). The group velocity belonging to c' needs the slope of A with
frequency, which comes from S = sum of vp dU/dvp / Qp + vs dU/dvs / Qs: omega dA/domega = c^2 S/U^2 + A (1 - 2c/U).
"""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_model, check_periods, real_numbers
from surfgrad.errors import ModelError, UsageError
from surfgrad.records import Attenuation
from surfgrad.waves.chunks import in_chunks
from surfgrad.waves.group import group_velocity
from surfgrad.waves.group_kernels import group_kernels
from surfgrad.waves.kernels import phase_kernels

Array = np.ndarray


def attenuation(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    qp: Any,
    qs: Any,
    wave: str = "rayleigh",
    mode: int = 0,
    reference_period: float = 1.0,
    earth: str = "flat",
    threads: int | None = None,
) -> Attenuation:
    """Quality factor, decay with distance and anelastic velocities of one mode, to first order in 1/Q.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3; the last layer is the half-space; vp and vs hold at
    `reference_period`, s. `periods`: (T,), s. `qp`, `qs`: (..., L) or broadcastable to it, quality factors of 1 and
    above, inf for no attenuation; `qs` is ignored in water. Returns Attenuation with arrays (..., T): temporal and
    spatial Q, gamma in 1/km, phase and group velocity with physical dispersion in km/s, status; NaN where the mode does
    not exist (for the group velocity, also where `group_kernels` refuses). What first order leaves is of the relative
    size 1/Q^2. `wave`, `mode`, `earth`, errors as in `phase_velocity`; ModelError also for a
    bad Q, UsageError for a bad `reference_period`. Sources of the formulas: head of this module.
    """
    _check_reference(reference_period)
    periods = check_periods(periods)
    h, a, b, r = check_model(thickness, vp, vs, rho)
    by_vp, by_vs = a * _loss("qp", qp, a.shape), b * _loss("qs", qs, b.shape)
    options: dict[str, Any] = {"wave": wave, "mode": mode, "earth": earth, "threads": threads}
    return _attenuation(
        h, a, b, r, periods, by_vp=by_vp, by_vs=by_vs, reference_period=float(reference_period), **options
    )


@in_chunks("by_vp", "by_vs")
def _attenuation(
    h: Array,
    a: Array,
    b: Array,
    r: Array,
    periods: Array,
    *,
    by_vp: Array,
    by_vs: Array,
    reference_period: float,
    **options: Any,
) -> Attenuation:
    """Of checked models; `by_vp`, `by_vs`: (..., L), velocities over quality factors."""
    kernels = phase_kernels(h, a, b, r, periods, **options)
    c = kernels.velocity
    change = _along(kernels.vp, by_vp) + _along(kernels.vs, by_vs)
    group = group_velocity(h, a, b, r, periods, **options)
    by_group = group_kernels(h, a, b, r, periods, **options)  # refused here and there where `group` is not
    slope = _along(by_group.vp, by_vp) + _along(by_group.vs, by_vs)
    log = np.log(reference_period / periods) / np.pi
    gamma = np.pi / periods * change / c**2
    velocity = c + log * change
    with np.errstate(divide="ignore"):
        spatial, temporal = c / change, c**2 / (group * change)
    change_slope = c**2 / group**2 * slope + change * (1.0 - 2.0 * c / group)
    velocity_slope = c - c**2 / group + change / np.pi + log * change_slope
    anelastic = velocity**2 / (velocity - velocity_slope)
    return Attenuation(
        periods, temporal, spatial, gamma, velocity, anelastic, kernels.status,
        options["wave"], options["mode"], reference_period,
    )  # fmt: skip


def _along(kernel: Array | None, direction: Array) -> Array:
    """Derivative (..., T) along a direction (..., L) in one parameter."""
    assert kernel is not None  # exact kernels have every parameter
    return np.sum(kernel * direction[..., None, :], axis=-1)


def _loss(name: str, quality: Any, shape: tuple[int, ...]) -> Array:
    """1/Q, (..., L); raises ModelError naming the first bad entry."""
    numbers = real_numbers(name, quality)
    try:
        values = np.broadcast_to(numbers, shape)
    except ValueError:
        given = " ".join(repr(quality).split())[:60]
        raise ModelError(f"{name}: {given} given; numbers in the layers' shape {shape} are allowed") from None
    bad = np.argwhere(~(values >= 1.0))
    if bad.size:
        index = tuple(bad[0])
        where = ", ".join(map(str, index))
        raise ModelError(f"{name}[{where}]: {values[index]:g} given; values of 1 and above are allowed (inf: no loss)")
    return 1.0 / values


def _check_reference(period: float) -> None:
    try:
        good = 0.0 < float(period) < np.inf
    except (TypeError, ValueError):
        good = False
    if not good:
        raise UsageError(f"reference_period: {period!r} given; finite values above 0 s are allowed")
