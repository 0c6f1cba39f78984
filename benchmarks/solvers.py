"""Other solvers behind one face: a curve on all periods, NaN where they give none, and kernels of vs.

Each is imported when it is asked for; `available` says which are installed.
"""

import importlib.util
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
from benchmarks.models import Arrays

from surfgrad.waves.kernels import phase_kernels
from surfgrad.waves.phase import phase_velocity

Array = np.ndarray
Curve = Callable[[Arrays, Array, str, int], Array]
"""(model, periods (T,), wave, mode) -> velocities (T,) or kernels by vs (T, L)."""
MOST_LAYERS = {"pysurf96": 100}


def ours(model: Arrays, periods: Array, wave: str, mode: int) -> Array:
    """surfgrad's curve."""
    return phase_velocity(*model, periods, wave=wave, mode=mode, threads=1)


def our_kernels(model: Arrays, periods: Array, wave: str, mode: int) -> Array:
    """surfgrad's exact vs kernels; the other three parameters come with them."""
    return phase_kernels(*model, periods, wave=wave, mode=mode, threads=1).vs


def disba(model: Arrays, periods: Array, wave: str, mode: int, dc: float = 0.005) -> Array:
    """disba, algorithm "dunkin", search step `dc` (km/s; its default); it drops periods that it cannot solve."""
    from disba import DispersionError, PhaseDispersion

    curve = np.full(periods.size, np.nan)
    try:
        found = PhaseDispersion(*model, algorithm="dunkin", dc=dc)(periods, mode=mode, wave=wave)
    except DispersionError:
        return curve
    curve[np.searchsorted(periods, found.period)] = found.velocity
    return curve


def disba_kernels(model: Arrays, periods: Array, wave: str, mode: int) -> Array:
    """disba's differences (step 2.5 %), period by period."""
    from disba import DispersionError, PhaseSensitivity

    solver = PhaseSensitivity(*model, algorithm="dunkin")
    out = np.full((periods.size, model[2].size), np.nan)
    for row, period in zip(out, periods, strict=True):
        with suppress(DispersionError):
            row[:] = solver(period, mode=mode, wave=wave, parameter="velocity_s").kernel
    return out


def pysurf96(model: Arrays, periods: Array, wave: str, mode: int) -> Array:
    """pysurf96; zeros stand for periods that it cannot solve."""
    from pysurf96.wrapper import Surf96Error, surf96

    try:
        curve = surf96(*model, periods, wave=wave, mode=mode + 1, velocity="phase")
    except Surf96Error:
        return np.full(periods.size, np.nan)
    return np.where(curve > 0.0, curve, np.nan)


def pysurf96_kernels(model: Arrays, periods: Array, wave: str, mode: int) -> Array:
    """Central differences of pysurf96's curves, step 1 %; it has no kernels of its own."""
    out = np.empty((periods.size, model[2].size))
    for layer in range(model[2].size):
        sides = []
        for sign in (1, -1):
            columns = [np.array(column) for column in model]
            columns[2][layer] *= 1 + 0.01 * sign
            sides.append(pysurf96(tuple(columns), periods, wave, mode))
        out[:, layer] = (sides[0] - sides[1]) / (0.02 * model[2][layer])
    return out


def dispcal(model: Arrays, periods: Array, wave: str, mode: int, **options: Any) -> Array:
    """dispcal; -1 stands for no value, and its `flat_earth=False` is the flat Earth (True meets spherical values)."""
    from dispCal.disp import calDisp

    curve = calDisp(*model, periods, wave=wave, mode=mode + 1, flat_earth=False, **options)
    return curve if options else np.where(curve > 0.0, curve, np.nan)


def dispcal_kernels(model: Arrays, periods: Array, wave: str, mode: int) -> Array:
    """dispcal's analytic kernels of vs."""
    return dispcal(model, periods, wave, mode, velocity="kernel", parameter="vs").T


FINE = "disba, dc 0.0005"
"""disba with a tenth of its step: for soft ground, where its default is long."""
CURVES: dict[str, Curve] = {
    "surfgrad": ours,
    "disba": disba,
    FINE: partial(disba, dc=0.0005),
    "pysurf96": pysurf96,
    "dispcal": dispcal,
}
KERNELS: dict[str, Curve] = {
    "surfgrad": our_kernels,
    "disba": disba_kernels,
    "pysurf96": pysurf96_kernels,
    "dispcal": dispcal_kernels,
}


def available(model: Arrays) -> list[str]:
    """Names of the solvers that are installed, take so many layers and are meant for such ground."""
    modules = {"dispcal": "dispCal", FINE: "disba"}
    vs = model[2]
    return [
        name
        for name in CURVES
        if importlib.util.find_spec(modules.get(name, name))
        and vs.size <= MOST_LAYERS.get(name, vs.size)
        and (name != FINE or vs.min() < 1.0)
    ]
