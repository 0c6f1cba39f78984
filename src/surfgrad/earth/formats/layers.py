"""From numbered rows to a checked model, so that what is wrong is named by its line."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.earth.formats.text import fail

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

Row = tuple[int, Sequence[float]]


def checked_model(rows: Sequence[Row], path: str | Path, name: str | None) -> "EarthModel":
    """The model of rows (line number, (thickness, vp, vs, rho)); FormatError names the line of the first bad row."""
    from surfgrad.earth.model import EarthModel
    from surfgrad.earth.validate import first_fault

    if not rows:
        fail(path, 1, "no layers given; at least the half-space is allowed")
    thickness, vp, vs, rho = np.array([row for _, row in rows], dtype=np.float64).T
    fault = first_fault(thickness, vp, vs, rho)
    if fault is not None:
        field, index, words = fault
        fail(path, rows[index[0]][0], f"{field}: {words}")
    return EarthModel(thickness, vp, vs, rho, name=name)
