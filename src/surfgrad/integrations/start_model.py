"""A first guess of layers from an observed curve, for codes that want a model to start from."""

from typing import Any

import numpy as np

from surfgrad.earth.validate import check_periods, real_numbers
from surfgrad.errors import UsageError

Array = np.ndarray
VS_OVER_C = 1.1
"""vs at a third of a wavelength over that wavelength's phase velocity."""
MARGIN = 1.1
"""vs of the half-space over the fastest vs above it: the start should have the mode at every period."""


def start_model(periods: Any, velocity: Any, layers: int, thickness: Any = None) -> tuple[Array, Array]:
    """Thicknesses (layers-1,), km, and vs (layers,), km/s, of a model that is roughly right.

    `periods`, `velocity`: (T,), s and km/s, all finite; velocities above 0. `thickness`: (layers-1,), km, if held. The
    rule of thumb that vs is 1.1 times the phase velocity of the wave that is three times as long as the depth;
    interfaces, unless held, evenly spaced in log depth from a third of the shortest to half of the longest wavelength.
    No more than a start: it knows nothing of waves and modes.
    """
    periods, velocity = check_periods(periods), real_numbers("velocity", velocity)
    if velocity.shape != periods.shape or not (np.isfinite(velocity) & (velocity > 0)).all():
        raise UsageError(f"velocity: shape {velocity.shape} given; {periods.shape}, finite and above 0, is allowed")
    wavelength = periods * velocity
    order = np.argsort(wavelength)
    if thickness is None:
        edges = np.geomspace(wavelength.min() / 3.0, wavelength.max() / 2.0, max(layers - 1, 1))[: layers - 1]
        thickness = np.diff(edges, prepend=0.0)
    bottoms = np.cumsum(thickness)
    middles = bottoms - 0.5 * np.asarray(thickness)
    vs = VS_OVER_C * np.interp(3.0 * middles, wavelength[order], velocity[order])
    return np.asarray(thickness), np.append(vs, MARGIN * VS_OVER_C * velocity.max())
