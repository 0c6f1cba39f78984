"""Sensitivity kernels of group velocity: what people call."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_periods
from surfgrad.errors import UsageError
from surfgrad.records import Kernels
from surfgrad.status import Status
from surfgrad.waves.batch import WAVE_CODES, distinct_periods, kernel_room, share_out, solve_valid
from surfgrad.waves.chunks import in_chunks
from surfgrad.waves.flattening import check_earth, flattened, pull_back, slowing, surface_group
from surfgrad.waves.group_gradient import group_kernels_of_models
from surfgrad.waves.kernels import PER, kernels_record, kernels_valid
from surfgrad.waves.phase import check_options, flat_batch

Array = np.ndarray

LIMIT = 1e-6
"""Estimated error above which a value is refused."""


@in_chunks()
def group_kernels(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    per: str = "layer",
    threads: int | None = None,
) -> Kernels:
    """Group velocity of one mode and its partial derivatives, period fixed, by every layer's thickness, vp, vs, rho.

    `thickness`, `vp`, `vs`, `rho`: (..., L), km, km/s, km/s, g/cm3; the last layer is the half-space, whose
    thickness kernel is 0. `periods`: (T,), s. Returns Kernels with `velocity` (U, km/s), `status` (..., T) and the four
    kernels (..., T, L). `per`, `earth` and exceptions as in `phase_kernels`. Exact: every derivative of the secular
    function is differentiated once more along the branch by the product rule (see `group_lanes`), and put together as
    in Rodi et al. (1975, BSSA 65).

    Every value carries an estimate of its error, in `error`: 1e-9 of a profile's largest for a mode that is alone, more
    beside a neighbouring mode, a cut-off or U = 0; above 1e-6 NaN and NOT_CONVERGED are given instead, the velocity
    included.
    """
    check_options(wave, mode)
    check_earth(earth)
    if per not in PER:
        raise UsageError(f"per: {per!r} given; allowed are {', '.join(PER)}")
    model, batch = flat_batch(thickness, vp, vs, rho)
    periods, back = distinct_periods(check_periods(periods))
    flat = flattened(model, wave, earth)
    phase, status = solve_valid(*flat, periods, wave=wave, mode=mode, threads=threads)
    group, raw, error = group_kernels_valid(*flat, periods, phase, wave=wave, mode=mode, threads=threads)
    if earth == "spherical":
        by_phase = kernels_valid(*flat, periods, phase, wave=wave, threads=threads)
        raw = pull_back(_along_the_surface(raw, by_phase, group, phase, periods, wave), *model, wave)
    group = surface_group(group, phase, periods, wave, earth)
    refused = error > LIMIT
    group[refused] = np.nan
    raw.swapaxes(1, 2)[refused] = np.nan
    status[refused] = Status.NOT_CONVERGED
    return kernels_record(model, batch, group, status, raw, error, per, back)


def group_kernels_valid(
    thickness: Array,
    vp: Array,
    vs: Array,
    rho: Array,
    periods: Array,
    phase: Array,
    *,
    wave: str,
    mode: int,
    threads: int | None,
) -> tuple[Array, Array, Array]:
    """Group velocity (N, T), kernels (N, 4, T, L) by thickness, vp, vs, rho, and their error estimate (N, T).

    `phase`: roots (N, T) of valid models (N, L). The error is that over the largest of a parameter's profile, NaN where
    `phase` is.
    """
    group, error = np.empty(phase.shape), np.empty(phase.shape)
    out = kernel_room(vs.shape[0], periods.size, vs.shape[1])
    omega = 2.0 * np.pi / periods

    def run(part: slice) -> None:
        group_kernels_of_models(
            WAVE_CODES[wave], thickness[part], vp[part], vs[part], rho[part], omega, int(mode), phase[part],
            group[part], out.swapaxes(0, 1), part.start, error[part],
        )  # fmt: skip

    share_out(run, vs.shape[0], threads)
    return group, out, error


def _along_the_surface(raw: Array, by_phase: Array, group: Array, phase: Array, periods: Array, wave: str) -> Array:
    """Kernels of U = U_f/s, s = c/c_f (see `flattening`), by flat layers, from flat kernels `raw` of U_f and of c_f."""
    s = slowing(phase, periods, wave)
    # s^-2 = 1 + (q c_f/w)^2, so d(1/s)/dc_f = (1/s - s)/c_f.
    by_c = group * (1.0 / s - s) / phase
    return raw / s[:, None, :, None] + by_c[:, None, :, None] * by_phase
