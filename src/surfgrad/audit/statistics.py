"""Statistics of samples that may be missing: NaN is left out, and counted by the caller.

Intervals are percentile bootstraps (Efron & Tibshirani 1993, ch. 13) that draw whole models: the samples of one model
at neighbouring periods are nearly the same sample.
"""

from functools import lru_cache

import numpy as np

from surfgrad.records import Array

RESAMPLES = 200
"""Bootstrap resamples: enough for the 2.5 % ends to be stable to the second digit."""
ENDS = (0.025, 0.975)
"""A 95 % interval."""


def finite(samples: Array) -> Array:
    """The finite samples, flat."""
    return samples[np.isfinite(samples)]


def quantile(samples: Array, share: float) -> float:
    """Quantile of the finite samples; NaN when there are none."""
    kept = np.sort(finite(samples))
    return _ranked(kept, share) if kept.size else float("nan")


def _ranked(values: Array, share: float) -> float:
    """Quantile of sorted values, linear between them; `np.quantile` takes ten times as long for a few hundred."""
    place = share * (values.size - 1)
    low = int(place)
    above = values[min(low + 1, values.size - 1)]
    return float(values[low] + (place - low) * (above - values[low]))


def median(samples: Array) -> float:
    """Median of the finite samples; NaN when there are none."""
    return quantile(samples, 0.5)


def median_interval(samples: Array, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of the median of `samples` (N, S), drawing whole models.

    (NaN, NaN) for fewer than two models with a finite sample. The median of a resample is that of its values, each as
    often as its model is drawn: values are sorted once, and counted for each resample.
    """
    models = samples[np.isfinite(samples).any(axis=1)]
    if len(models) < 2:
        return float("nan"), float("nan")
    known = np.isfinite(models)
    values, owner = models[known], np.nonzero(known)[0]
    order = np.argsort(values, kind="stable")
    below = np.cumsum(_draws(len(models), seed)[:, owner[order]], axis=1, dtype=np.int32)
    half = 0.5 * below[:, -1:]
    ranked = values[order]
    medians = 0.5 * (ranked[np.argmax(below >= half, axis=1)] + ranked[np.argmax(below > half, axis=1)])
    return _ends(medians)


def mean_interval(samples: Array, seed: int = 0) -> tuple[float, float]:
    """The same of the mean of `samples` (N, S)."""
    known = np.isfinite(samples)
    models = known.any(axis=1)
    if models.sum() < 2:
        return float("nan"), float("nan")
    total, count = np.where(known, samples, 0.0).sum(axis=1)[models], known.sum(axis=1)[models]
    draws = _draws(int(models.sum()), seed)
    return _ends((draws @ total) / (draws @ count))


@lru_cache(maxsize=64)
def _draws(models: int, seed: int) -> Array:
    """(RESAMPLES, models): how often each model is drawn."""
    drawn = np.random.default_rng(seed).integers(models, size=(RESAMPLES, models))
    return np.stack([np.bincount(each, minlength=models) for each in drawn]).astype(np.int32)


def _ends(values: Array) -> tuple[float, float]:
    ranked = np.sort(values)
    return _ranked(ranked, ENDS[0]), _ranked(ranked, ENDS[1])
