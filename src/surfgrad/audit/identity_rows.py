"""Statistics and verdicts of the identities."""

from typing import Any

import numpy as np

from surfgrad.audit.record import Measurements
from surfgrad.audit.statistics import finite, median, median_interval, quantile
from surfgrad.audit.thresholds import IDENTITIES, Thresholds


def identity_rows(m: Measurements, thresholds: Thresholds) -> list[dict[str, Any]]:
    """One entry per identity, wave and band; not judged where the exact kernels themselves do not meet it numerically.

    The slope T dc/dT comes from a spline through the predicted curve: `floor` is the residual that the exact kernels
    keep with the same slope, and a floor above the passing limit says that the periods are too coarse to judge.
    """
    entries = []
    for name in IDENTITIES:
        for wave, band in np.ndindex(len(m.waves), len(m.bands)):
            inside = m.bands[band].contains(m.periods)
            residual = finite(np.abs(m.identities[name][:, wave, inside]))
            if name == "love_vp" and m.waves[wave] != "love":
                continue
            floor = median(np.abs(m.identity_floor[name][:, wave, inside]))
            too_coarse = floor > thresholds.table[name].good
            value = float("nan") if too_coarse else median(residual)
            entries.append(
                {
                    "identity": name,
                    "wave": m.waves[wave],
                    "band": m.bands[band].name,
                    "n": int(residual.size),
                    "median": median(residual),
                    "p95": quantile(residual, 0.95),
                    "interval": list(median_interval(np.abs(m.identities[name][:, wave, inside]))),
                    "floor": floor,
                    "verdict": thresholds.verdict(name, value, int(residual.size)),
                }
            )
    return entries
