"""Engines that compute right and behave wrongly: each breaks one promise of the interface, as other programs do."""

from dataclasses import replace
from typing import Any

import numpy as np
from tests.waves.engine import ENGINE, Engine

from surfgrad.errors import ModelError, UsageError
from surfgrad.records import Dispersion, Kernels


def _velocities(bend: Any) -> Engine:
    """An engine whose velocities are `bend(true values, arguments, options)`."""

    def velocity(*arguments: Any, **options: Any) -> Any:
        return bend(ENGINE.phase_velocity(*arguments, **options), arguments, options)

    return replace(ENGINE, phase_velocity=velocity)


def _records(bend: Any) -> Engine:
    """An engine whose dispersion records are bent."""
    return replace(ENGINE, dispersion=lambda *arguments, **options: bend(ENGINE.dispersion(*arguments, **options)))


def without_untrapped_periods() -> Engine:
    """Gives a shorter curve where a mode is not trapped at every period."""
    return _velocities(lambda true, *_: true[..., np.isfinite(true).all(axis=tuple(range(true.ndim - 1)))][..., :-1])


def without_unit_axes() -> Engine:
    """Squeezes a batch axis of length 1 away."""
    return _velocities(lambda true, *_: np.squeeze(true))


def one_bit_with(cause: str) -> Engine:
    """The last bit depends on how many models, or threads, there are."""

    def bend(true: Any, arguments: Any, options: Any) -> Any:
        many = true.ndim > 1 if cause == "company" else options.get("threads", 1) > 1
        return np.nextafter(true, np.inf) if many else true

    return _velocities(bend)


def sorted_periods() -> Engine:
    """Gives velocities in the order of ascending periods."""
    return _velocities(lambda true, arguments, _: true[..., np.argsort(arguments[4], kind="stable")])


def guessing() -> Engine:
    """Follows the curve from period to period and stops where a step is small: neighbours shift a root by 1e-9."""
    return _velocities(lambda true, arguments, _: true * (1 + 1e-9 * (np.size(arguments[4]) > 1)))


def writing_into_its_input() -> Engine:
    """Perturbs the caller's arrays, for a finite difference, say."""

    def bend(true: Any, arguments: Any, options: Any) -> Any:
        if arguments[2].flags.writeable:
            arguments[2][...] *= 1.0 + 1e-3
        return true

    return _velocities(bend)


def zero_for_missing() -> Engine:
    """0 km/s where there is no mode."""
    return _records(lambda true: replace(true, velocity=np.nan_to_num(true.velocity)))


def missing_last() -> Engine:
    """Values first, then what is missing."""

    def bend(true: Dispersion) -> Dispersion:
        order = np.argsort(np.isnan(true.velocity), kind="stable")
        return replace(true, velocity=true.velocity[order], status=true.status[order])

    return _records(bend)


def counting_layers() -> Engine:
    """Shares kernels out evenly, layers that are not there included."""

    def kernels(*arguments: Any, **options: Any) -> Kernels:
        true = ENGINE.phase_kernels(*arguments, **options)
        assert true.vs is not None
        return replace(true, vs=true.vs + 1e-3 / true.vs.shape[-1])

    return replace(ENGINE, phase_kernels=kernels)


def miscounting() -> Engine:
    """Counts a mode too few."""
    return replace(ENGINE, mode_count=lambda *arguments, **options: ENGINE.mode_count(*arguments, **options) - 1)


def silent() -> Engine:
    """NaN for whatever is wrong."""

    def velocity(*arguments: Any, **options: Any) -> Any:
        try:
            return ENGINE.phase_velocity(*arguments, **options)
        except (ModelError, UsageError):
            return np.full(np.size(arguments[4]), np.nan)

    return replace(ENGINE, phase_velocity=velocity)


def mumbling() -> Engine:
    """Raises an error that names nothing."""

    def velocity(*arguments: Any, **options: Any) -> Any:
        try:
            return ENGINE.phase_velocity(*arguments, **options)
        except (ModelError, UsageError):
            raise ModelError("invalid input") from None

    return replace(ENGINE, phase_velocity=velocity)
