"""What a range of wavelengths and its divisors must be for a layering."""

import numpy as np

from surfgrad.earth.near_surface.wavelengths import WavelengthRange
from surfgrad.errors import UsageError


def checked_depths(wavelengths: WavelengthRange, thinnest: float, resolution: float) -> tuple[float, float]:
    """(thinnest layer, resolution depth); raises UsageError where they are none, or hold no layer."""
    if not 0.0 < wavelengths.shortest <= wavelengths.longest < np.inf:
        raise UsageError(f"wavelengths: {wavelengths.shortest:g} to {wavelengths.longest:g} given; "
                         "a finite range above 0 is allowed")  # fmt: skip
    if not 2.0 <= thinnest < np.inf:
        raise UsageError(f"thinnest: {thinnest:g} given; 2 and above is allowed (the shortest wavelength over it)")
    if not 1.0 <= resolution < np.inf:
        raise UsageError(f"resolution: {resolution:g} given; 1 and above is allowed (the longest wavelength over it)")
    least, deepest = wavelengths.thinnest(thinnest), wavelengths.resolution(resolution)
    if deepest < least:
        raise UsageError(
            f"wavelengths: {wavelengths.shortest:.4g} to {wavelengths.longest:.4g} resolve down to {deepest:.4g}, less "
            f"than one layer of {least:.4g}; a wider range is allowed"
        )
    return least, deepest
