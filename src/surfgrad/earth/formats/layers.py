"""From numbered rows to a checked model, so that what is wrong is named by its line."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.contracts import PARAMETERS
from surfgrad.looks import density_doubt, depth_doubt, velocity_doubt
from surfgrad.text import fail
from surfgrad.units import KM, Units

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

Row = tuple[int, Sequence[float]]


def checked_model(rows: Sequence[Row], path: str | Path, name: str | None, units: Units = KM) -> "EarthModel":
    """The model of rows (line number, (thickness, vp, vs, rho)) in km, km/s, km/s, g/cm3.

    `units`: those of the file, which words are given in. FormatError names the line of the first bad row, or says that
    the numbers look like those of the other units.
    """
    from surfgrad.earth.model import EarthModel
    from surfgrad.earth.validate import first_fault

    if not rows:
        fail(path, 1, "no layers given; at least the half-space is allowed")
    table = np.array([row for _, row in rows], dtype=np.float64)
    thickness, vp, vs, rho = table.T
    fault = first_fault(thickness, vp, vs, rho)
    if fault is not None:
        field, (index,), words = fault
        if units != KM:
            words = _in_units(words, table[index, PARAMETERS.index(field)], field, units)
        fail(path, rows[index][0], f"{field}: {words}")
    for column, values, doubted in (("vp", vp, velocity_doubt), ("rho", rho, density_doubt)):
        doubt = doubted(column, float(values.max()), units)
        if doubt is not None:
            fail(path, rows[int(values.argmax())][0], doubt)
    with np.errstate(over="ignore"):
        doubt = depth_doubt(float(thickness[:-1].sum()), units)
    if doubt is not None:
        fail(path, rows[int(thickness[:-1].argmax())][0], doubt)
    return EarthModel(thickness, vp, vs, rho, name=name)


def _in_units(words: str, value: float, field: str, units: Units) -> str:
    """The words about a bad value as they are in the file's own units; what is allowed is 0 in any."""
    unit = {"thickness": units.length, "rho": units.density}.get(field, units.velocity)
    return f"{value * units.factor:g} {unit} given; {words.partition('; ')[2].replace('km', units.length)}"
