"""Are ranks uniform? Bands of their distribution function (Sailynoja, Burkner & Vehtari 2022, Stat. Comput. 32, 32)."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from surfgrad.inversion.calibration import Ranks

Array = np.ndarray

SIMULATIONS = 10000
"""Sets of uniform ranks that the least probability is compared with: p-values come in steps of 1e-4."""


@dataclass(frozen=True, eq=False)
class Uniformity:
    """Per quantity (Q,): `p`, the chance of ranks that lie as far from uniform; `passed` where p is above the limit.

    `limit`: `level` shared out to the quantities (Bonferroni), so that `level` is the chance that a right posterior
    fails in any of them. `band`: (2, draws + 1), least and largest share of ranks up to each one that passes.
    """

    names: tuple[str, ...]
    p: Array
    limit: float
    passed: Array
    band: Array


def uniformity(ranks: Ranks, level: float = 0.01, seed: int = 0) -> Uniformity:
    """Hold the ranks of each quantity to the uniform distribution.

    At every rank z the number of trials with ranks up to z is binomial; the smallest two-sided tail probability over
    all z is the statistic, and its distribution under uniform ranks is simulated with `seed`. It sees what a
    chi-square of the histogram hardly does: a posterior that is a little too narrow, too wide, or aside.
    """
    count, bins = len(ranks.ranks), ranks.draws + 1
    share = np.arange(1, bins) / bins
    table = _tails(count, share)
    simulated = np.random.default_rng(seed).multinomial(count, np.full(bins, 1.0 / bins), SIMULATIONS)
    least = np.sort(_least(simulated, table))
    p = (1.0 + np.searchsorted(least, _least(ranks.histogram(), table), side="right")) / (SIMULATIONS + 1.0)
    limit = level / len(ranks.names)
    return Uniformity(ranks.names, p, limit, p > limit, _band(least, limit, count, share))


def _tails(count: int, share: Array) -> Array:
    """(count + 1, bins - 1): two-sided tail probability of every number of trials up to every rank but the last."""
    hits = np.arange(count + 1)[:, None]
    below, above = binom.cdf(hits, count, share), binom.sf(hits - 1, count, share)
    return np.asarray(np.minimum(2.0 * np.minimum(below, above), 1.0))


def _least(histograms: Array, table: Array) -> Array:
    """(S,): the smallest tail probability of each histogram (S, bins)."""
    reached = np.cumsum(histograms, axis=1)[:, :-1]
    return np.asarray(table[reached, np.arange(table.shape[1])].min(axis=1))


def _band(least: Array, limit: float, count: int, share: Array) -> Array:
    tail = least[min(int(limit * (SIMULATIONS + 1)), SIMULATIONS - 1)]
    inside = np.stack([binom.ppf(tail / 2.0, count, share), binom.isf(tail / 2.0, count, share)]) / count
    return np.concatenate([inside, np.ones((2, 1))], axis=1)
