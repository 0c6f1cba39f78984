"""The checks themselves, as functions that return what they found: the engine must pass them, the liars must not."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from tests.reference.branch import velocity_grid
from tests.reference.float_count import count_float
from tests.reference.stiffness import Model
from tests.waves.engine import Engine

from surfgrad.status import WITH_VALUE, Status

D = 1e-6
"""Distance of the certificate's probes, as the design states it."""


def largest_error(engine: Engine, model: Model, periods: Sequence[float], wave: str, mode: int, truth: Any) -> float:
    """Largest relative error against true velocities; inf where only one of the two has a value."""
    truth = np.asarray(truth, float)
    found = np.asarray(engine.phase_velocity(*model, np.asarray(periods, float), wave=wave, mode=mode))
    if found.shape != truth.shape or np.any(np.isnan(found) != np.isnan(truth)):
        return np.inf
    error = np.abs(found / truth - 1)
    return float(np.nanmax(error, initial=0.0))


def is_certified(count: Any, models: Model, periods: Any, velocity: Any, wave: str, mode: int, d: float) -> np.ndarray:
    """(..., T) whether n = mode just below and mode + 1 just above, each velocity at its own wavenumber.

    `models`: arrays (..., L); `velocity`: (..., T). The upper probe's velocity is clipped at the half-space's vs.
    """
    below, above = probes(count, models, periods, velocity, wave, d)
    return np.isfinite(velocity) & (below == mode) & (above == mode + 1)


def probes(
    count: Any, models: Model, periods: Any, velocity: Any, wave: str, d: float
) -> tuple[np.ndarray, np.ndarray]:
    """The two counts, d below and d above each velocity in frequency."""
    top = np.asarray(models[2], float)[..., -1:]
    filled = np.where(np.isfinite(velocity), velocity, 0.9 * top)
    below = count(*models, np.asarray(periods) / (1 - d), filled * (1 - d), wave=wave)
    above = count(*models, np.asarray(periods) / (1 + d), np.minimum(filled * (1 + d), top), wave=wave)
    return below, above


def certificate_failures(engine: Engine, models: Model, periods: Any, wave: str, mode: int) -> list[str]:
    """Values whose certificate or whose status is not what the design says; empty when all is well."""
    record = engine.dispersion(*models, periods, wave=wave, mode=mode)
    velocity, status = np.asarray(record.velocity), np.asarray(record.status)
    wide = is_certified(engine.mode_count, models, periods, velocity, wave, mode, D)
    close = status == Status.CLOSE_MODES
    narrow = np.zeros_like(wide)
    if close.any():
        for d in 10.0 ** np.arange(-7, -16, -1):
            narrow |= is_certified(engine.mode_count, models, periods, velocity, wave, mode, d)
        # Modes that double precision cannot tell apart: the count passes from at most `mode` to beyond it in one step.
        below, above = probes(engine.mode_count, models, periods, velocity, wave, 1e-12)
        narrow |= (below <= mode) & (above >= mode + 1)
    said = np.isin(status, WITH_VALUE)
    wrong = {
        "value and status disagree": said != np.isfinite(velocity),
        "not certified at 1e-6, yet not CLOSE_MODES": said & ~close & ~wide,
        "CLOSE_MODES, yet certified at no distance": close & ~narrow,
        "CLOSE_MODES, yet certified at 1e-6": close & wide,
        "not converged": status == Status.NOT_CONVERGED,
        "called invalid": status == Status.INVALID_MODEL,
    }
    return [f"{text}: {np.argwhere(bad)[:3].tolist()}" for text, bad in wrong.items() if bad.any()]


def branch_failures(engine: Engine, model: Model, periods: Any, wave: str, mode: int, points: int = 300) -> list[str]:
    """One model's statuses and values against the double-precision stiffness count on a grid of velocities.

    The judge counts on its own: NO_MODE where the branch is never below c, MULTIPLE where it is left and met again, and
    no root of the branch slower than the value returned.
    """
    record = engine.dispersion(*model, periods, wave=wave, mode=mode)
    failures = []
    for period, c, status in zip(np.asarray(periods, float), record.velocity, record.status, strict=True):
        failures += [
            f"{wave} mode {mode} T={period}: {why}" for why in _judge(model, period, wave, mode, points, c, status)
        ]
    return failures


def _judge(model: Model, period: float, wave: str, mode: int, points: int, c: float, status: int) -> list[str]:
    grid = velocity_grid(model, points)
    w = 2 * np.pi / period
    if not np.isfinite(c):
        above = count_float(model, w, w / grid, wave) > mode
        missed = above[:-1].any() or (above[-1] and not hugging(model, w, wave, mode))
        return [f"no value, but the count says {mode + 1} at {grid[above][0]} km/s"] if missed else []
    # Points that the root itself could confuse are left out; they are the certificate's business.
    grid = grid[np.abs(grid / c - 1) > 1e-7]
    above = count_float(model, w, w / grid, wave) > mode
    why = []
    if above[grid < c].any():
        why.append(f"{c} is not the slowest root: the count is past {mode} at {grid[above][0]} km/s")
    falls = bool((~above[grid > c]).any())
    if falls and status != Status.MULTIPLE:
        why.append(f"the branch is met again beyond {c}, but the status is {Status(status).name}")
    if status == Status.MULTIPLE and not falls and not _falls_closely(model, w, wave, mode, c):
        why.append(f"MULTIPLE, but the count does not fall back beyond {c}")
    return why


def hugging(model: Model, w: float, wave: str, mode: int) -> bool:
    """Whether the count at the half-space's vs itself is decided by rounding (a cut-off within 1e-9 of w)."""
    top = float(model[2][-1])
    return bool(count_float(model, w * (1 - 1e-9), w * (1 - 1e-9) / top, wave) <= mode)


def _falls_closely(model: Model, w: float, wave: str, mode: int, c: float) -> bool:
    """A finer look for a narrow backward band beyond c."""
    top = float(model[2][-1])
    offsets = np.concatenate([np.geomspace(1e-8, 1.0, 4000), np.linspace(0, 1, 4000)[1:]])
    grid = c + (top - c) * np.sort(offsets)
    return bool((count_float(model, w, w / grid, wave) <= mode).any())


def identity_residuals(engine: Engine, model: Model, periods: Any, wave: str, mode: int) -> dict[str, float]:
    """Largest residual of each exact identity (design, section 4), relative to c."""
    periods = np.asarray(periods, float)
    k = engine.phase_kernels(*model, periods, wave=wave, mode=mode)
    h, vp, vs, rho = (np.asarray(column, float) for column in model)
    c = k.velocity
    velocities, depths = k.vp @ vp + k.vs @ vs, k.thickness[..., :-1] @ h[:-1]
    slope = period_slope(engine, model, periods, wave, mode)
    residuals = {
        "velocities and thicknesses": velocities + depths - c,
        "thicknesses and period": depths + slope,
        "velocities and period": velocities - c - slope,
        "densities": k.rho @ rho,
        "half-space thickness": k.thickness[..., -1],
        "Love waves and vp": k.vp.max(axis=-1) if wave == "love" else np.zeros_like(c),
    }
    return {name: float(np.max(np.abs(value / c))) for name, value in residuals.items()}


def period_slope(engine: Engine, model: Model, periods: np.ndarray, wave: str, mode: int) -> np.ndarray:
    """T dc/dT by central differences, three levels of Richardson extrapolation."""

    def difference(step: float) -> np.ndarray:
        up, down = (engine.phase_velocity(*model, periods * (1 + s * step), wave=wave, mode=mode) for s in (1, -1))
        return (up - down) / (2 * step)

    return richardson(difference, 4e-3)


ROUNDING = 1e-14
"""Relative error of a root that differences have to live with."""


def richardson(difference: Any, step: float) -> np.ndarray:
    """Central differences at step, step/2, step/4, step/8 extrapolated: the error is of order step^8."""
    row = [np.asarray(difference(step / 2**j)) for j in range(4)]
    for order in (4, 16, 64):
        row = [(order * fine - coarse) / (order - 1) for coarse, fine in pairwise(row)]
    return row[0]


def kernel_error(
    engine: Engine,
    model: Model,
    periods: Any,
    wave: str,
    mode: int,
    layers: Sequence[int] | None = None,
    step: float = 4e-3,
) -> dict[str, float]:
    """Per parameter: largest |kernel - differences of the root| over the largest kernel value of each profile.

    What differences cannot resolve (rounding of the root over the smallest step: all that is left of density and
    thickness kernels where the wave sees one layer only) is subtracted first.

    `layers`: which to differentiate (default all); the profile's largest value is always taken over all layers.
    """
    kernels = engine.phase_kernels(*model, periods, wave=wave, mode=mode)
    layers = list(range(len(model[2]))) if layers is None else list(layers)
    errors = {}
    for position, name in enumerate(("thickness", "vp", "vs", "rho")):
        if wave == "love" and name == "vp":
            errors[name] = float(np.max(np.abs(kernels.vp)))
            continue
        worst = 0.0
        scale = np.max(np.abs(kernels[name]), axis=-1)
        for layer in layers:
            if name == "thickness" and layer == len(model[2]) - 1:
                continue
            slope = _parameter_slope(engine, model, periods, wave, mode, position, layer, step)
            blind = 8 * ROUNDING * kernels.velocity / (step * float(model[position][layer]))
            beyond = np.maximum(np.abs(kernels[name][..., layer] - slope) - blind, 0)
            worst = max(worst, float(np.max(beyond / scale)))
        errors[name] = worst
    return errors


def _parameter_slope(
    engine: Engine, model: Model, periods: Any, wave: str, mode: int, position: int, layer: int, step: float
) -> np.ndarray:
    def difference(relative: float) -> np.ndarray:
        curves = []
        for sign in (1, -1):
            columns = [np.array(column, dtype=float) for column in model]
            columns[position][layer] *= 1 + sign * relative
            curves.append(engine.phase_velocity(*columns, periods, wave=wave, mode=mode))
        return (curves[0] - curves[1]) / (2 * relative * float(model[position][layer]))

    return richardson(difference, step)
