"""pysurf96's one function on surfgrad's engine: a script written for pysurf96 changes one import.

    from surfgrad.integrations.pysurf96 import surf96     # was: from pysurf96 import surf96

Same call, same units, modes from 1. pysurf96 itself is not needed. Written from its documentation (M. P. Isken,
pysurf96 1.0.1).

What differs:
- A velocity that does not exist is NaN; pysurf96 gives 0 (`unsolved="zero"` gives that too).
- A wave must be slower than the half-space's vs, or it leaks into it. pysurf96 also returns faster ones, among them 7
  of the 20 values of its README's example, which no trapped mode has.
- Any number of layers and periods (there: 100 and 60), periods in any order, lists as well as arrays.
- `flat_earth=False` is the same flattening; layers are turned into flat ones by the values at their middle here and by
  an average there: 1e-5 apart for Rayleigh and 1e-4 for Love waves in crustal models.
- Group velocities are exact; pysurf96's are differences, off by 1e-4 and more near cut-off.
"""

from typing import Any

import numpy as np

import surfgrad as sg
from surfgrad.choices import check_choice
from surfgrad.contracts import WAVES
from surfgrad.errors import UsageError

Array = np.ndarray


def surf96(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    wave: str = "love",
    mode: int = 1,
    velocity: str = "group",
    flat_earth: bool = True,
    *,
    unsolved: str = "nan",
) -> Array:
    """Phase or group velocity of one mode, km/s, (T,).

    `thickness`, `vp`, `vs`, `rho`: (L,), km, km/s, km/s, g/cm3; the last layer is the half-space. `periods`: (T,), s.
    `wave`: "love" or "rayleigh". `mode`: 1 is the fundamental. `velocity`: "group" or "phase". `unsolved`: what stands
    for a velocity that does not exist, "nan" or "zero". Raises ModelError (a ValueError) naming the first bad entry,
    UsageError (a ValueError) for an option.
    """
    check_choice("wave", wave, WAVES)
    check_choice("velocity", velocity, ("group", "phase"))
    check_choice("unsolved", unsolved, ("nan", "zero"))
    if isinstance(mode, bool) or not isinstance(mode, int | np.integer) or mode < 1:
        raise UsageError(f"mode: {mode!r} given; allowed are integers from 1 (fundamental)")
    solve = sg.phase_velocity if velocity == "phase" else sg.group_velocity
    earth = "flat" if flat_earth else "spherical"
    # One thread: threads share models, and here is one.
    values = solve(thickness, vp, vs, rho, periods, wave=wave, mode=mode - 1, earth=earth, threads=1)
    return np.nan_to_num(values, nan=0.0) if unsolved == "zero" else values
