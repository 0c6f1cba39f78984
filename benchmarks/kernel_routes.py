"""Kernels by three routes: the secular function, energy integrals, and differences of a mode known to 60 digits.

Profiles are compared over their largest value, but at least over `FLOOR` of c/m (1/T for a thickness): where a mode
feels one medium only, its density and thickness kernels vanish, and what is left in them is rounding of the others.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from benchmarks.truth.judge import Value
from tests.reference import meeting
from tests.reference.float_count import count_float

import surfgrad as sg
from surfgrad.waves.group_kernels import group_kernels_valid

Array = np.ndarray
PARAMETERS = ("thickness", "vp", "vs", "rho")
FLOOR = 1e-2
STEPS = (8e-3, 2e-3, 5e-4, 1.25e-4)
"""Relative steps in frequency over which energy kernels are differentiated; neighbours in the list judge each other."""
EPS = 2.0**-52


@dataclass(frozen=True)
class Profiles:
    """Kernels (4, L) of one value, by thickness, vp, vs, rho, and their estimated error as the route states it."""

    kernels: Array
    error: float = 0.0


def scales(value: Value, kernels: Array, quantity: float) -> Array:
    """(4,) what errors of each profile of the kernels of `quantity` are relative to."""
    natural = [abs(quantity) / value.period / value.velocity]
    natural += [abs(quantity) / np.max(column) for column in value.model[1:]]
    return np.maximum(np.max(np.abs(kernels), axis=1), FLOOR * np.array(natural))


def difference(value: Value, one: Array, two: Array, quantity: float | None = None) -> float:
    """Largest difference of two sets of kernels (4, L) over the scales of the first; NaN where one has no value."""
    scale = scales(value, one, value.velocity if quantity is None else quantity)
    return float(np.max(np.abs(one - two) / scale[:, None]))


def phase(value: Value, method: str, period: float | None = None) -> tuple[float, Array]:
    """Phase velocity and its kernels (4, L), by `method`, at the value's period or another."""
    k = sg.phase_kernels(
        *value.model, [period or value.period], wave=value.wave, mode=value.mode, method=method, threads=1
    )
    return float(k.velocity[0]), np.array([k[name][0] for name in PARAMETERS])


def phase_implicit(value: Value) -> Profiles:
    """Phase kernels as the engine gives them, with the error estimate that they carry."""
    k = sg.phase_kernels(*value.model, [value.period], wave=value.wave, mode=value.mode, threads=1)
    return Profiles(np.array([k[name][0] for name in PARAMETERS]), float(k.error[0]))


def group_implicit(value: Value) -> Profiles:
    """Group kernels as the engine gives them, with the error estimate by which it accepts or refuses them."""
    columns = [np.asarray(column, float)[None] for column in value.model]
    periods = np.array([value.period])
    root = np.array([[value.velocity]])
    _, raw, error = group_kernels_valid(*columns, periods, root, wave=value.wave, mode=value.mode, threads=1)
    return Profiles(raw[0, :, 0], float(error[0, 0]))


def group_by_energy(value: Value) -> Profiles:
    """Group kernels after Rodi et al. (1975, BSSA 65), equation 17, from energy kernels at neighbouring periods.

    dU/dm = (U/c)(2 - U/c) c_m + (U/c)^2 w d(c_m)/dw along the branch, fourth-order differences over the step whose
    result differs least from that of the next longer one; that difference is the error estimate.
    """
    c, by_m = phase(value, "energy")
    ratio = sg.group_velocity(*value.model, [value.period], wave=value.wave, mode=value.mode, method="energy")[0] / c
    tried = [ratio * (2 - ratio) * by_m + ratio**2 * _by_log_frequency(value, step) for step in STEPS]
    errors = [difference(value, fine, coarse) for coarse, fine in pairwise(tried)]
    if not np.isfinite(errors).any():
        return Profiles(np.full_like(by_m, np.nan), np.inf)
    best = int(np.nanargmin(errors))
    return Profiles(tried[best + 1], errors[best])


def _by_log_frequency(value: Value, step: float) -> Array:
    """w d(c_m)/dw of the energy kernels, NaN where the branch isn't trapped on both sides."""
    rows = [phase(value, "energy", value.period / (1 + j * step))[1] for j in (-2, -1, 1, 2)]
    return (8 * (rows[2] - rows[1]) - (rows[3] - rows[0])) / (12 * step)


def exact(value: Value, quantity: str) -> Array:
    """(4, L) kernels of "phase", "group" or "ellipticity" from 60 digits. Raises ValueError if the mode isn't found."""
    mode = meeting.find_mode(value.model, value.period, value.wave, value.mode, value.velocity)
    if quantity == "phase":
        return np.array([meeting.profile(mode, meeting.phase_kernel, position) for position in range(4)])
    measure = {"group": meeting.group, "ellipticity": meeting.ellipticity}[quantity]

    def one(mode: meeting.Mode, position: int, layer: int) -> float:
        return meeting.kernel(mode, measure, position, layer)

    return np.array([meeting.profile(mode, one, position) for position in range(4)])


def gap(value: Value) -> float:
    """Relative distance in frequency, at the value's own k, to the next mode (rounded down to half a decade), or to the
    half-space's vs if that is nearer."""
    w = 2 * np.pi / value.period
    k = w / value.velocity
    d = 10.0 ** np.arange(-13, -0.4, 0.5)
    top = k * float(np.asarray(value.model[2])[-1])
    below = count_float(value.model, w * (1 - d), k, value.wave) < value.mode
    above = count_float(value.model, np.minimum(w * (1 + d), top), k, value.wave) > value.mode + 1
    near = np.flatnonzero(below | above)
    alone = 1.0 if not near.size else EPS if near[0] == 0 else float(d[near[0] - 1])
    return min(alone, max(1 - value.velocity / float(np.asarray(value.model[2])[-1]), EPS))
