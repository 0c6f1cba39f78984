"""Numbers by period, for figures."""

import numpy as np

from surfgrad.audit.exclusion import Exclusion
from surfgrad.audit.record import PARAMETERS, Measurements
from surfgrad.audit.statistics import median
from surfgrad.records import Array
from surfgrad.status import Status


def by_period(m: Measurements) -> dict[str, Array]:
    """Over all models: `value_mae` (W, T), km/s, NaN where no value was judged; `share_no_mode` (W, T), of models
    whose mode is not trapped; `relative_l2` (W, P, T), median error of the kernels."""
    error = np.where(m.value_reason == Exclusion.JUDGED, np.abs(m.velocity - m.exact_velocity), np.nan)
    relative = m.profile["relative_l2"]
    waves, periods = len(m.waves), m.periods.size
    medians = np.array([median(relative[:, w, p, t]) for w, p, t in np.ndindex(waves, len(PARAMETERS), periods)])
    count = np.isfinite(error).sum(axis=0)
    total = np.nansum(error, axis=0)
    return {
        "value_mae": np.where(count > 0, total / np.maximum(count, 1), np.nan),
        "share_no_mode": (m.status == Status.NO_MODE).mean(axis=0),
        "relative_l2": medians.reshape(waves, len(PARAMETERS), periods),
    }
