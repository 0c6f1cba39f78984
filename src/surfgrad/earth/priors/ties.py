"""vp and density that follow from vs, as the priors tie them."""

from typing import Any

import numpy as np

from surfgrad.earth.brocher import VS_RANGE_VP, vp_from_vs

Array = np.ndarray

_END = VS_RANGE_VP[1]
MANTLE_RATIO = float(vp_from_vs(_END)) / _END
"""vp/vs of Brocher's equation (9) at the end of its range, vs = 4.5 km/s (1.757), kept beyond it."""


def rock_vp(vs: Any) -> Array:
    """vp, km/s: Brocher's (2005) equation (9) up to vs = 4.5 km/s, and its last vp/vs beyond."""
    vs = np.asarray(vs, dtype=np.float64)
    return np.where(vs <= _END, vp_from_vs(np.minimum(vs, _END)), MANTLE_RATIO * vs)
