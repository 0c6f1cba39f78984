"""Quantiles of what may be missing."""

import numpy as np

from surfgrad.records import Array


def quantiles(values: Array, shares: tuple[float, ...]) -> Array:
    """Quantiles over the first axis of the finite entries, (len(shares), ...); NaN where there are none."""
    flat = values.reshape(values.shape[0], -1)
    result = np.full((len(shares), flat.shape[1]), np.nan)
    for column, each in enumerate(flat.T):
        kept = each[np.isfinite(each)]
        if kept.size:
            result[:, column] = np.quantile(kept, shares)
    return result.reshape(len(shares), *values.shape[1:])
