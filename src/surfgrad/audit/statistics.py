"""Statistics of samples that may be missing: NaN is left out, and counted by the caller."""

import numpy as np

from surfgrad.records import Array

RESAMPLES = 200
"""Bootstrap resamples: enough for the 2.5 % ends to be stable to the second digit."""


def finite(samples: Array) -> Array:
    """The finite samples, flat."""
    return samples[np.isfinite(samples)]


def quantile(samples: Array, share: float) -> float:
    """Quantile of the finite samples; NaN when there are none."""
    kept = finite(samples)
    return float(np.quantile(kept, share)) if kept.size else float("nan")


def median(samples: Array) -> float:
    """Median of the finite samples; NaN when there are none."""
    return quantile(samples, 0.5)


def median_interval(samples: Array, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of the median of `samples` (N, S), drawing whole models.

    The samples of one model at neighbouring periods are nearly the same sample, so models are drawn, not samples.
    (NaN, NaN) for fewer than two models with a finite sample.
    """
    models = samples[np.isfinite(samples).any(axis=1)]
    if len(models) < 2:
        return float("nan"), float("nan")
    draw = np.random.default_rng(seed).integers(len(models), size=(RESAMPLES, len(models)))
    medians = [np.median(finite(models[each])) for each in draw]
    low, high = np.quantile(medians, [0.025, 0.975])
    return float(low), float(high)
