"""Derivatives of a group velocity in arbitrary precision, from roots alone."""

from typing import Any

import mpmath as mp
import numpy as np
from tests.reference.branch import refine
from tests.reference.stiffness import Model

STEP = 2.0**-34
"""Relative, in period and in the parameter: with roots of 36 digits the mixed difference is left with 1e-15 of noise,
and truncation stays small next to modes 1e-6 away."""


def group_slope(
    model: Model, period: float, wave: str, mode: int, position: int, weights: np.ndarray, c: float
) -> tuple[float, np.ndarray, float]:
    """How U answers to column `position` of layer i moving by the share e weights_i, about e = 0.

    Returns U, km/s; the parameters' velocities d m/de (L,), as rounding of the models left them; and dU/de. `c`: the
    phase velocity, km/s, within 1e-6. U = dw/dk is a quotient of central differences along the branch.
    """
    columns, values = [], []
    for sign in (1, -1):
        moved = [np.array(column, dtype=float) for column in model]
        moved[position] *= 1 + sign * STEP * weights
        columns.append(moved[position])
        values.append(_group(tuple(moved), period, wave, mode, c))
    with mp.workdps(45):
        middle, slope = (values[0] + values[1]) / 2, (values[0] - values[1]) / (2 * mp.mpf(STEP))
    return float(middle), (columns[0] - columns[1]) / (2 * STEP), float(slope)


def _group(model: Model, period: float, wave: str, mode: int, c: float) -> Any:
    w, k = [], []
    for sign in (1, -1):
        shifted = period * (1 + sign * STEP)
        bracket = (c * (1 - 1e-6), min(c * (1 + 1e-6), float(np.asarray(model[2])[-1])))
        root = refine(model, shifted, wave, mode, bracket, digits=36)
        with mp.workdps(45):
            w.append(2 * mp.pi / mp.mpf(shifted))
            k.append(w[-1] / root)
    with mp.workdps(45):
        return (w[0] - w[1]) / (k[0] - k[1])
