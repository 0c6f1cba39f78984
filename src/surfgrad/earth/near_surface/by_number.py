"""Layering by number (LN): so many layers, each ending anywhere down to the resolution depth.

As in Cox & Teague (2016, GJI 207, 422-438) and Vantassel & Cox (2021, GJI 224, 1141-1156): every bottom lies between
the thinnest layer that the shortest wavelength resolves and the depth to which the longest one does.
"""

import numpy as np

from surfgrad.earth.near_surface.checks import checked_depths
from surfgrad.earth.near_surface.layering import Layering
from surfgrad.earth.near_surface.wavelengths import WavelengthRange
from surfgrad.errors import UsageError


def layering_by_number(
    wavelengths: WavelengthRange, number: float, *, thinnest: float = 3.0, resolution: float = 2.0
) -> Layering:
    """`number` layers over a half-space.

    `thinnest`, `resolution`: what the shortest wavelength is divided by for the thinnest layer, and the longest for
    the depth that is resolved, 2 to 3 as a rule. Raises UsageError for a range that holds no layer, or for more layers
    than fit.
    """
    least, deepest = checked_depths(wavelengths, thinnest, resolution)
    if not (1 <= number < np.inf) or number != int(number):
        raise UsageError(f"number: {number:g} given; whole numbers of 1 and above are allowed")
    most = int(deepest / least * (1.0 + 1e-12))
    if number > most:
        raise UsageError(
            f"number: {number:g} layers of {least:.4g} or more do not fit into {deepest:.4g}; up to {most} are allowed"
        )
    count = int(number)
    return Layering("number", count, least, deepest, np.full(count, least), np.full(count, deepest))
