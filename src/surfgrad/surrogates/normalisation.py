"""Scales of inputs and outputs, taken from the training part of a store."""

from dataclasses import dataclass

import numpy as np

_SMALLEST = 1e-3
"""Floor of the standard deviations: a parameter that hardly varies must not be blown up to unit variance. In log
units for inputs (0.1 %), in km/s for outputs."""


@dataclass(frozen=True, eq=False)
class Normalisation:
    """`input_mean`, `input_std`: (3, L), of log vp, log vs, log rho. `output_mean`, `output_std`: (W, T), km/s."""

    input_mean: np.ndarray
    input_std: np.ndarray
    output_mean: np.ndarray
    output_std: np.ndarray


def normalise(vp: np.ndarray, vs: np.ndarray, rho: np.ndarray, velocity: np.ndarray) -> Normalisation:
    """Means and standard deviations over the samples; (N, L) each, and velocity (N, W, T), NaN where there is none.

    Where no sample has a value, mean 0 and scale 1 stand in: nothing is learned there.
    """
    logs = [np.log(values, dtype=np.float64) for values in (vp, vs, rho)]
    mean_log, spread_log = (np.stack([f(each, axis=0) for each in logs]) for f in (np.mean, np.std))
    velocity = np.asarray(velocity, dtype=np.float64)
    valued = np.isfinite(velocity)
    count = np.maximum(valued.sum(axis=0), 1)
    mean = np.where(valued, velocity, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(valued, velocity - mean, 0.0) ** 2).sum(axis=0) / count)
    spread = np.where(valued.any(axis=0), np.maximum(spread, _SMALLEST), 1.0)
    return Normalisation(mean_log, np.maximum(spread_log, _SMALLEST), mean, spread)
