"""Models to begin with: each shows something that is worth dragging."""

from dataclasses import dataclass

import numpy as np

from surfgrad.earth.model import EarthModel


@dataclass(frozen=True)
class StartingPoint:
    """A model with the periods, s, between which it is looked at, and the units, "km" or "si", that suit it."""

    model: EarthModel
    periods: tuple[float, float]
    units: str = "km"


def _point(
    name: str, rows: list[tuple[float, float, float, float]], periods: tuple[float, float], units: str = "km"
) -> StartingPoint:
    thickness, vp, vs, rho = np.transpose(rows)
    return StartingPoint(EarthModel(thickness, vp, vs, rho, name=name), periods, units)


STARTING_POINTS = (
    _point(
        "Continental crust",
        [
            (2.0, 4.30, 2.45, 2.45),
            (10.0, 5.95, 3.45, 2.70),
            (12.0, 6.35, 3.65, 2.80),
            (12.0, 6.90, 3.90, 2.95),
            (30.0, 8.05, 4.50, 3.32),
            (34.0, 8.00, 4.35, 3.30),
            (0.0, 8.25, 4.60, 3.36),
        ],
        (2.0, 60.0),
    ),
    _point(
        "Low-velocity zone in the crust",
        [
            (3.0, 4.80, 2.75, 2.50),
            (9.0, 6.00, 3.50, 2.72),
            (8.0, 5.40, 3.00, 2.65),
            (15.0, 6.60, 3.75, 2.88),
            (0.0, 8.05, 4.50, 3.32),
        ],
        (2.0, 60.0),
    ),
    _point(
        "Ocean",
        [
            (4.0, 1.50, 0.00, 1.03),
            (0.6, 1.90, 0.50, 1.90),
            (2.0, 5.00, 2.60, 2.60),
            (5.0, 6.80, 3.85, 2.95),
            (50.0, 8.10, 4.55, 3.33),
            (0.0, 8.00, 4.35, 3.34),
        ],
        (3.0, 100.0),
    ),
    _point(
        "Soft soil over rock",
        [
            (0.004, 0.36, 0.15, 1.75),
            (0.008, 1.45, 0.22, 1.85),
            (0.018, 1.60, 0.38, 1.95),
            (0.0, 2.40, 1.10, 2.25),
        ],
        (0.02, 1.0),
        "si",
    ),
)
