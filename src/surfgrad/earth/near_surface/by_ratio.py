"""Layering by ratio (LR): layers that may be thicker the deeper they lie, in a constant ratio.

Cox & Teague (2016, GJI 207, 422-438): the first layer ends between a third and half of the shortest wavelength; each
further one ends below where the one above ends at the deepest, within a range as thick as the layering ratio times the
range above (that of the first counted from the surface); the last range ends at the resolution depth. There the ranges
that do not come out even are cut as Vantassel & Cox (2021, GJI 224, 1141-1156) do: what is left below the last whole
range is a layer of its own where it is thicker than that range, and is added to it otherwise.
"""

import numpy as np

from surfgrad.earth.near_surface.checks import checked_depths
from surfgrad.earth.near_surface.layering import Layering
from surfgrad.earth.near_surface.wavelengths import WavelengthRange
from surfgrad.errors import UsageError

MOST_LAYERS = 1000


def layering_by_ratio(
    wavelengths: WavelengthRange, ratio: float, *, thinnest: float = 3.0, resolution: float = 2.0
) -> Layering:
    """As many layers over a half-space as the ratio makes of the range.

    `thinnest`, `resolution`: as for `layering_by_number`. Raises UsageError for a ratio that is not above 1, or for a
    range that holds no layer.
    """
    least, deepest = checked_depths(wavelengths, thinnest, resolution)
    if not 1.0 < ratio < np.inf:
        raise UsageError(f"ratio: {ratio:g} given; finite values above 1 are allowed")
    bottoms = _bottoms(wavelengths.shortest / 2.0, ratio, deepest)
    return Layering("ratio", float(ratio), least, deepest, np.append(least, bottoms[:-1]), bottoms)


def _bottoms(first: float, ratio: float, deepest: float) -> np.ndarray:
    """Deepest bottom of each layer: first, first (1 + ratio), first (1 + ratio + ratio^2), ..., deepest."""
    edges = [0.0]
    span = first
    while edges[-1] + span < deepest:
        edges.append(edges[-1] + span)
        span *= ratio
        if len(edges) > MOST_LAYERS:
            raise UsageError(f"ratio: {ratio:g} makes more than {MOST_LAYERS} layers; give a larger one")
    if len(edges) > 1 and deepest - edges[-1] <= edges[-1] - edges[-2]:
        edges.pop()
    return np.array([*edges[1:], deepest])
