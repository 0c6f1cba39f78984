"""The exact engine as a Forward: what audit, inversion and study hold against a learned one."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.contracts import PARAMETERS, WAVES, Domain
from surfgrad.earth.stack import stack_models
from surfgrad.earth.validate import check_periods
from surfgrad.records import Dispersion, Kernels
from surfgrad.waves.kernels import phase_kernels
from surfgrad.waves.phase import check_options, dispersion

Array = np.ndarray


@dataclass(frozen=True)
class ExactForward:
    """Phase velocities and kernels of one mode by the exact engine (see `phase_velocity`, `phase_kernels`).

    `models` of its methods: an EarthModel, a list of them, or the four arrays (N, L). `threads`: None for all cores.
    """

    waves: tuple[str, ...] = WAVES
    mode: int = 0
    threads: int | None = None
    kind: str = "phase"

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, ("phase",))  # of Forward's contract: no other is solved here
        for wave in self.waves:
            check_options(wave, self.mode)

    @property
    def domain(self) -> Domain:
        """Everywhere: any valid model, any period."""
        return Domain(
            note="Exact: any layered half-space, wet or dry, any period; the status says where there is no mode."
        )

    def predict(self, models: Any, periods: Any) -> Array:
        """Phase velocities (N, W, T), km/s; NaN where the mode does not exist."""
        return self.dispersion(models, periods).velocity

    def dispersion(self, models: Any, periods: Any) -> Dispersion:
        """Phase velocities with their status, both (N, W, T); the record's `wave` names all waves."""
        stack = stack_models(models)
        curves = [
            dispersion(*stack.arrays, periods, wave=wave, mode=self.mode, threads=self.threads) for wave in self.waves
        ]
        return Dispersion(
            check_periods(periods),
            np.stack([curve.velocity for curve in curves], axis=1),
            np.stack([curve.status for curve in curves], axis=1),
            ",".join(self.waves),
            self.mode,
        )

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Kernels (N, W, T, L) per layer, with `velocity` and `status` (N, W, T); NaN at a shorter model's padding."""
        stack = stack_models(models)
        each = [
            phase_kernels(*stack.arrays, periods, wave=wave, mode=self.mode, threads=self.threads)
            for wave in self.waves
        ]
        thickness, vp, vs, rho = (_masked([one[name] for one in each], stack.mask) for name in PARAMETERS)
        velocity = np.stack([one.velocity for one in each], axis=1)
        return Kernels(velocity, np.stack([one.status for one in each], axis=1), thickness, vp, vs, rho)


def _masked(kernels: list[Array | None], mask: Array) -> Array:
    array = np.stack([kernel for kernel in kernels if kernel is not None], axis=1)
    return array if mask.all() else np.where(mask[:, None, None, :], array, np.nan)
