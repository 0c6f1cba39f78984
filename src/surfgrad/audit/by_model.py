"""Numbers by model, for whoever asks what makes a model hard: distance, depth, whatever the audit does not know."""

from collections.abc import Callable

import numpy as np

from surfgrad.audit.exclusion import Exclusion
from surfgrad.audit.record import Measurements
from surfgrad.records import Array


def by_model(m: Measurements) -> dict[str, Array]:
    """`model_relative_l2` (N, W, P, B), median over a band's periods; `model_value_mae` (N, W, B), km/s, the mean.

    NaN where no sample of the band was judged.
    """
    error = np.where(m.value_reason == Exclusion.JUDGED, np.abs(m.velocity - m.exact_velocity), np.nan)
    relative = m.profile["relative_l2"]
    inside = [band.contains(m.periods) for band in m.bands]
    return {
        "model_relative_l2": np.stack([_known(np.nanmedian, relative[..., each]) for each in inside], axis=-1),
        "model_value_mae": np.stack([_known(np.nanmean, error[..., each]) for each in inside], axis=-1),
    }


def _known(average: Callable[..., Array], samples: Array) -> Array:
    """Over the last axis; NaN, without numpy's warning, where there is nothing to average."""
    if not samples.shape[-1]:  # no period asked lies in the band
        return np.full(samples.shape[:-1], np.nan)
    some = np.isfinite(samples).any(axis=-1)
    return np.where(some, average(np.where(some[..., None], samples, 0.0), axis=-1), np.nan)
