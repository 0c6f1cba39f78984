"""Surface-wave dispersion, its exact kernels, learned forward models and their audit."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "EarthModel": "surfgrad.earth.model",
    "Status": "surfgrad.status",
    "ModelError": "surfgrad.errors",
    "FormatError": "surfgrad.errors",
    "UsageError": "surfgrad.errors",
    "Dispersion": "surfgrad.records",
    "Kernels": "surfgrad.records",
    "Attenuation": "surfgrad.records",
    "Eigenfunctions": "surfgrad.records",
    "phase_velocity": "surfgrad.waves.phase",
    "dispersion": "surfgrad.waves.phase",
    "ellipticity": "surfgrad.waves.ellipticity",
    "ellipticity_kernels": "surfgrad.waves.ellipticity",
    "group_velocity": "surfgrad.waves.group",
    "attenuation": "surfgrad.waves.attenuation",
    "mode_count": "surfgrad.waves.count",
    "phase_kernels": "surfgrad.waves.kernels",
    "eigenfunctions": "surfgrad.waves.eigenfunctions",
    "group_kernels": "surfgrad.waves.group_kernels",
    "vs30": "surfgrad.earth.near_surface.vs30",
    "vsz": "surfgrad.earth.near_surface.vs30",
    "vsz_gradient": "surfgrad.earth.near_surface.vs30",
    "ExactForward": "surfgrad.waves.forward",
    "load_surrogate": "surfgrad.surrogates.checkpoint",
    "ObservedCurves": "surfgrad.curves",
    "read_curves": "surfgrad.curves",
    "write_curves": "surfgrad.curves",
    "audit": "surfgrad.audit",  # a room that can be called
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'surfgrad' has no attribute {name!r}")
    home = import_module(_HOME[name])
    value = home if _HOME[name] == f"{__name__}.{name}" else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
