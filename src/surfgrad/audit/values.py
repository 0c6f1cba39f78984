"""Errors of the velocities themselves."""

from typing import Any

import numpy as np

from surfgrad.audit.exclusion import Exclusion, count_reasons
from surfgrad.audit.record import Measurements
from surfgrad.audit.statistics import mean_interval, quantile
from surfgrad.audit.thresholds import Thresholds
from surfgrad.records import Array


def value_row(measurements: Measurements, waves: Array, periods: Array, thresholds: Thresholds) -> dict[str, Any]:
    """Mean absolute error (km/s and %), bias, 95th percentile over chosen waves (W,) and periods (T,), both bool.

    `n_invented` counts velocities given where the mode is not trapped: they are wrong, but have no true value.
    """
    where = np.ix_(np.ones(measurements.velocity.shape[0], dtype=bool), waves, periods)
    reason = measurements.value_reason[where]
    judged = reason == Exclusion.JUDGED
    exact = measurements.exact_velocity[where][judged]
    error = measurements.velocity[where][judged] - exact
    apart = np.where(judged, np.abs(measurements.velocity[where] - measurements.exact_velocity[where]), np.nan)
    mae = float(np.abs(error).mean()) if error.size else float("nan")
    return {
        "n": int(error.size),
        "n_excluded": count_reasons(reason),
        "n_invented": int(measurements.invented[where].sum()),
        "mae_km_s": mae,
        "interval": list(mean_interval(apart.reshape(len(apart), -1))),
        "mae_percent": float(100 * np.abs(error / exact).mean()) if error.size else float("nan"),
        "bias_km_s": float(error.mean()) if error.size else float("nan"),
        "p95_km_s": quantile(np.abs(error), 0.95),
        "verdict": thresholds.verdict("value_mae", mae, int(error.size)),
    }


def value_summary(measurements: Measurements, thresholds: Thresholds) -> dict[str, Any]:
    """Value errors over everything, and per wave: over all bands, by band, by period."""
    every = np.ones(measurements.periods.size, dtype=bool)
    both = np.ones(len(measurements.waves), dtype=bool)
    result: dict[str, Any] = {"overall": value_row(measurements, both, every, thresholds), "waves": {}}
    for wave in measurements.waves:
        chosen = np.array([each == wave for each in measurements.waves])
        bands = [
            {"band": band.name, **value_row(measurements, chosen, band.contains(measurements.periods), thresholds)}
            for band in measurements.bands
        ]
        by_period = [
            {"period_s": float(period), **value_row(measurements, chosen, np.arange(every.size) == k, thresholds)}
            for k, period in enumerate(measurements.periods)
        ]
        overall = value_row(measurements, chosen, every, thresholds)
        result["waves"][wave] = {"overall": overall, "bands": bands, "periods": by_period}
    return result
