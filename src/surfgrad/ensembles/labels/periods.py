"""Which periods of a sample have derivatives."""

import numpy as np

Array = np.ndarray


def choose_periods(periods: Array, chance: Array, count: int) -> Array:
    """(n, count), distinct indices into `periods` (T,), ascending; `chance`: (n, T), uniform random numbers.

    Half by period and half by its logarithm: of 2 to 60 s the bands of the audit, from [2, 5) to [45, 60] s, have 14 to
    18 % each. Drawn without replacement by exponential races (Efraimidis & Spirakis 2006).
    """
    races = -np.log1p(-chance) / _shares(periods)
    return np.sort(np.argpartition(races, count - 1, axis=1)[:, :count], axis=1)


def _shares(periods: Array) -> Array:
    """(T,), adding up to 1: the mean of even shares and of shares by the distance to the neighbours in log period."""
    even = np.full(periods.size, 1.0 / periods.size)
    if periods.size < 2:
        return even
    order = np.argsort(periods)
    by_log = np.empty(periods.size)
    by_log[order] = np.gradient(np.log(periods[order]))
    return 0.5 * (even + by_log / by_log.sum())
