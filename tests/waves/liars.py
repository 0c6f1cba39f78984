"""Engines wrong in known ways; every check must reject the ones meant for it."""

from dataclasses import replace
from typing import Any

import numpy as np
from tests.waves.engine import ENGINE, Engine

from surfgrad.records import Dispersion, Kernels
from surfgrad.status import Status


def next_mode() -> Engine:
    """Gives mode m + 1 when asked for mode m."""

    def velocity(*model: Any, wave: str, mode: int = 0, **options: Any) -> Any:
        return ENGINE.phase_velocity(*model, wave=wave, mode=mode + 1, **options)

    def record(*model: Any, wave: str, mode: int = 0, **options: Any) -> Dispersion:
        return replace(ENGINE.dispersion(*model, wave=wave, mode=mode + 1, **options), mode=mode)

    return replace(ENGINE, phase_velocity=velocity, dispersion=record)


def shifted(relative: float) -> Engine:
    """Every velocity off by a relative error."""

    def velocity(*model: Any, **options: Any) -> Any:
        return ENGINE.phase_velocity(*model, **options) * (1 + relative)

    def record(*model: Any, **options: Any) -> Dispersion:
        true = ENGINE.dispersion(*model, **options)
        return replace(true, velocity=true.velocity * (1 + relative))

    return replace(ENGINE, phase_velocity=velocity, dispersion=record)


def with_status(status: Status) -> Engine:
    """Puts one status beside everything, and NaN where that status has no value."""

    def record(*model: Any, **options: Any) -> Dispersion:
        true = ENGINE.dispersion(*model, **options)
        velocity = true.velocity if status.has_value else np.full_like(true.velocity, np.nan)
        return replace(true, velocity=velocity, status=np.full_like(true.status, status))

    return replace(ENGINE, dispersion=record)


def _with_kernels(change: Any) -> Engine:
    def kernels(*model: Any, **options: Any) -> Kernels:
        return change(ENGINE.phase_kernels(*model, **options))

    return replace(ENGINE, phase_kernels=kernels)


def flipped(parameter: str, layer: int) -> Engine:
    """The sign of one layer's kernel is wrong."""

    def change(true: Kernels) -> Kernels:
        array = np.array(true[parameter])
        array[..., layer] *= -1
        return replace(true, **{parameter: array})

    return _with_kernels(change)


def one_sided(fraction: float) -> Engine:
    """Every kernel is too large by a fraction, as a long one-sided step makes it."""
    return _with_kernels(
        lambda true: replace(true, **{name: true[name] * (1 + fraction) for name in ("thickness", "vp", "vs", "rho")})
    )


def without_halfspace() -> Engine:
    """Forgets that the half-space is a layer."""

    def change(true: Kernels) -> Kernels:
        arrays = {name: np.array(true[name]) for name in ("vp", "vs", "rho")}
        for array in arrays.values():
            array[..., -1] = 0
        return replace(true, **arrays)

    return _with_kernels(change)
