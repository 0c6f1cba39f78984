"""disba's interface on surfgrad's engine: a script written for disba changes one import.

    from surfgrad.integrations.disba import PhaseDispersion     # was: from disba import PhaseDispersion

Same constructors, calls, tuples and units: thickness km, velocities km/s, density g/cm3, periods s, modes from 0.
disba itself is not needed. Written from disba's documentation (K. Luu, disba 0.7, doi:10.5281/zenodo.3987395).

What differs:
- `algorithm`, `dc`, `dt`, `dp` are taken and have no effect: roots are certified and derivatives exact, without steps.
- Where a mode does not exist, velocity, ellipticity and kernels are NaN and `period` keeps the length of the input.
  With `drop=True`, in the constructor or in a call, curves lose these periods as in disba. `EigenFunction` and
  `EllipticitySensitivity` raise DispersionError as there; disba's velocity kernels are zeros, which nobody notices.
- Periods may be a list, a number, or unsorted. The caller's arrays are never changed.
- disba's kernels are differences with steps of 2.5 % (`dp`), some per cent off. They agree in sign and
  normalisation: derivatives by one layer's parameter, not per km; a thickness moves everything below it.
- Ellipticity under water is that of the sea floor; disba's is that of the water's surface, 0.
- disba's Love eigenfunctions end with displacement 0 at the last depth; these go on decaying.
"""

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

import surfgrad as sg
from surfgrad.choices import check_choice
from surfgrad.errors import SurfgradError, UsageError
from surfgrad.integrations.disba_model import VelocityModel, depthplot, resample

__all__ = [
    "DispersionCurve",
    "DispersionError",
    "EigenFunction",
    "Ellipticity",
    "EllipticitySensitivity",
    "GroupDispersion",
    "GroupSensitivity",
    "LoveEigen",
    "PhaseDispersion",
    "PhaseSensitivity",
    "RayleighEigen",
    "RayleighEllipticity",
    "SensitivityKernel",
    "VelocityModel",
    "depthplot",
    "resample",
]

DispersionCurve = namedtuple("DispersionCurve", ("period", "velocity", "mode", "wave", "type"))
SensitivityKernel = namedtuple(
    "SensitivityKernel", ("depth", "kernel", "period", "velocity", "mode", "wave", "type", "parameter")
)
RayleighEllipticity = namedtuple("RayleighEllipticity", ("period", "ellipticity", "mode"))
RayleighEigen = namedtuple("RayleighEigen", ("depth", "ur", "uz", "tz", "tr", "period", "mode"))
LoveEigen = namedtuple("LoveEigen", ("depth", "uu", "tt", "period", "mode"))

Array = np.ndarray
PARAMETERS = {"thickness": "thickness", "velocity_p": "vp", "velocity_s": "vs", "density": "rho"}
ALGORITHMS = ("dunkin", "fast-delta")
STEPS = {"dc": 0.005, "dt": 0.025, "dp": 0.025}
"""disba's settings and their defaults."""


class DispersionError(SurfgradError):
    """A mode does not exist at the period that was asked for."""


class _Solver(VelocityModel):
    """A model, and disba's settings, which are kept and have no effect."""

    _steps: tuple[str, ...] = ("dc",)

    def __init__(
        self,
        thickness: Any,
        velocity_p: Any,
        velocity_s: Any,
        density: Any,
        algorithm: str = "dunkin",
        *steps: float,
        **named: float,
    ) -> None:
        super().__init__(thickness, velocity_p, velocity_s, density)
        self.algorithm = check_choice("algorithm", algorithm, ALGORITHMS)
        given = dict(zip(self._steps, steps, strict=False))
        surplus = [repr(step) for step in steps[len(self._steps) :]]
        surplus += [name for name in named if name in given or name not in self._steps]
        if surplus:
            raise UsageError(f"{surplus[0]}: given; after algorithm, {', '.join(self._steps)} are allowed, once each")
        for name in self._steps:
            setattr(self, name, {**STEPS, **given, **named}[name])


class _CurveSolver(_Solver):
    """What gives values at many periods, and may drop those without."""

    def __init__(self, *model: Any, drop: bool = False, **settings: Any) -> None:
        super().__init__(*model, **settings)
        self.drop = drop

    def _curve(self, solve: Callable[..., Array], t: Any, drop: bool | None, **options: Any) -> tuple[Array, Array]:
        """Periods and values, all or those that are there."""
        values = solve(*self._columns, t, **options, threads=1)  # threads share models, and here is one
        periods = np.atleast_1d(np.asarray(t, dtype=np.float64))
        kept = np.isfinite(values) if (self.drop if drop is None else drop) else slice(None)
        return periods[kept], values[kept]


class PhaseDispersion(_CurveSolver):
    """Phase velocity: PhaseDispersion(thickness, velocity_p, velocity_s, density, algorithm, dc, *, drop=False)."""

    def __call__(self, t: Any, mode: int = 0, wave: str = "rayleigh", drop: bool | None = None) -> DispersionCurve:
        """Velocities, km/s, at periods `t` (T,), s: DispersionCurve(period, velocity, mode, wave, type)."""
        return DispersionCurve(*self._curve(sg.phase_velocity, t, drop, mode=mode, wave=wave), mode, wave, "phase")


class GroupDispersion(_CurveSolver):
    """Group velocity: GroupDispersion(thickness, velocity_p, velocity_s, density, algorithm, dc, dt, *, drop=False)."""

    _steps = ("dc", "dt")

    def __call__(self, t: Any, mode: int = 0, wave: str = "rayleigh", drop: bool | None = None) -> DispersionCurve:
        """Velocities, km/s, at periods `t` (T,), s: DispersionCurve(period, velocity, mode, wave, type)."""
        return DispersionCurve(*self._curve(sg.group_velocity, t, drop, mode=mode, wave=wave), mode, wave, "group")


class Ellipticity(_CurveSolver):
    """Ellipticity: Ellipticity(thickness, velocity_p, velocity_s, density, algorithm, dc, *, drop=False)."""

    def __call__(self, t: Any, mode: int = 0, drop: bool | None = None) -> RayleighEllipticity:
        """H/V, positive for retrograde motion, at periods `t`, s: RayleighEllipticity(period, ellipticity, mode)."""
        return RayleighEllipticity(*self._curve(sg.ellipticity, t, drop, mode=mode), mode)


class _VelocitySensitivity(_Solver):
    _type = ""

    def __call__(
        self, t: float, mode: int = 0, wave: str = "rayleigh", parameter: str = "velocity_s"
    ) -> SensitivityKernel:
        """At one period, s: SensitivityKernel(depth, kernel, period, velocity, mode, wave, type, parameter)."""
        solve = getattr(sg, f"{self._type}_kernels")
        record = solve(*self._columns, _one(t), mode=mode, wave=wave, threads=1)
        return _sensitivity(self, record, t, record.velocity[0], mode, wave, self._type, parameter)


class PhaseSensitivity(_VelocitySensitivity):
    """Kernels of c: PhaseSensitivity(thickness, velocity_p, velocity_s, density, algorithm, dc, dp)."""

    _type, _steps = "phase", ("dc", "dp")


class GroupSensitivity(_VelocitySensitivity):
    """Kernels of U: GroupSensitivity(thickness, velocity_p, velocity_s, density, algorithm, dc, dt, dp)."""

    _type, _steps = "group", ("dc", "dt", "dp")


class EllipticitySensitivity(_Solver):
    """Kernels of H/V: EllipticitySensitivity(thickness, velocity_p, velocity_s, density, algorithm, dc, dp)."""

    _steps = ("dc", "dp")

    def __call__(self, t: float, mode: int = 0, parameter: str = "velocity_s") -> SensitivityKernel:
        """At one period, s: SensitivityKernel as for velocities, its `velocity` None as in disba.

        Raises DispersionError where the mode does not exist.
        """
        record = sg.ellipticity_kernels(*self._columns, _one(t), mode=mode, threads=1)
        _must_exist(record.status[0], t, mode, "rayleigh")
        return _sensitivity(self, record, t, None, mode, "rayleigh", "ellipticity", parameter)


class EigenFunction(_Solver):
    """Eigenfunctions: EigenFunction(thickness, velocity_p, velocity_s, density, algorithm, dc)."""

    def __call__(self, t: float, mode: int = 0, wave: str = "rayleigh") -> RayleighEigen | LoveEigen:
        """At the tops of the layers and one period, s, with vertical (Love: transverse) displacement 1 at the surface.

        RayleighEigen(depth, ur, uz, tz, tr, period, mode) or LoveEigen(depth, uu, tt, period, mode); stresses in
        GPa/km. Raises DispersionError where the mode does not exist. With r1 ... r4 of Aki & Richards (2002, section
        7.2), ur = -r1, uz = r2, tz = r4, tr = -r3.
        """
        record = sg.eigenfunctions(*self._columns, _one(t), mode=mode, wave=wave, depths=self.depth)
        _must_exist(record.status[0], t, mode, wave)
        if wave == "love":
            return LoveEigen(self.depth, record["l1"][0], record["l2"][0], t, mode)
        ur, uz, tz, tr = -record["r1"][0], record["r2"][0], record["r4"][0], -record["r3"][0]
        return RayleighEigen(self.depth, ur, uz, tz, tr, t, mode)


def _one(t: Any) -> float:
    """The period, s, of a call that takes one."""
    if np.size(t) != 1:
        raise UsageError(f"t: {t!r} given; one period in s is allowed")
    return np.asarray(t).reshape(-1)[0]


def _must_exist(status: int, t: float, mode: int, wave: str) -> None:
    if not sg.Status(status).has_value:
        raise DispersionError(f"mode {mode} ({wave}) has no value at {t:g} s: {sg.Status(status).advice}")


def _sensitivity(model: VelocityModel, record: sg.Kernels, t: float, *rest: Any) -> SensitivityKernel:
    """disba's tuple of a record of one period; `rest`: velocity, mode, wave, type, parameter."""
    parameter = rest[-1]
    kernel = record[PARAMETERS[check_choice("parameter", parameter, PARAMETERS)]]
    assert kernel is not None  # the engine has all four
    return SensitivityKernel(model.depth, kernel[0], t, *rest)
