"""What a training set covers, and whether a model lies inside.

Four statistics of a model, each over a limit that few of the training set's own models exceed; the largest is its
score, and up to 1 is inside. *distance*: Mahalanobis, along the principal directions of its averages over bins of
depth; *residual*: what these directions leave out (T2 and Q of process control: Jackson & Mudholkar 1979,
Technometrics 21, 341-349); *range*: how far beyond the values seen at a depth; *roughness*: how uneven inside a bin.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.ensembles.domain.bins import Binned, bin_models

Array = np.ndarray
Models = tuple[Array, Array, Array, Array]

STATISTICS = ("distance", "residual", "range", "roughness")
LEVELS = (0.0, 0.001, 0.01, 0.5, 0.99, 0.999, 1.0)
"""Quantiles of log vs, log vp/vs, log rho that are kept for every bin."""
SMALLEST = 1e-3
"""Least spread, in logarithms (0.1 %), by which a departure is measured: what never varied may vary by rounding."""
LEAST_ROUGH = 0.02
"""Unevenness inside a bin, in logarithms, that always counts as seen: another grid's interfaces lie elsewhere."""
_SLACK = 1e-9  # relative: 60 s written as 60.0000000001 is still 60 s


@dataclass(frozen=True, eq=False)
class Judgement:
    """Of N models: `score` (N,), up to 1 inside, inf for water and what is no model; `reason` (N,), the statistic that
    is largest; `statistics` (4, N), each over its limit, in the order of `STATISTICS`."""

    score: Array
    reason: Array
    statistics: Array

    @property
    def inside(self) -> Array:
        """(N,) bool."""
        return np.asarray(self.score <= 1.0)


@dataclass(frozen=True, eq=False)
class TrainingDomain:
    """What a training set covers.

    `count`: models that it rests on. `waves`: W names. `periods`: (T,), s. `velocity`: (W, T, 2), km/s, lowest and
    highest, NaN where none. `edges`: (B + 1,), km. Of log vs, log vp/vs, log rho by bin, the half-space last:
    `quantiles`, (7, 3, B + 1), at `LEVELS`; `rough`, (3, B + 1), the unevenness inside a bin that one model in a
    thousand exceeds; `mean` and `scale`, (3, B + 1); `directions`, (K, 3, B + 1), orthonormal, of values less mean over
    scale; `deviation`, (K,), along them. `limits`: (4,), of `STATISTICS`.
    """

    count: int
    waves: tuple[str, ...]
    periods: Array
    velocity: Array
    edges: Array
    quantiles: Array
    rough: Array
    mean: Array
    scale: Array
    directions: Array
    deviation: Array
    limits: Array

    def judge(self, models: Models) -> Judgement:
        """Score models: thickness, vp, vs, rho, (N, L) each, on any layers; padding counts for nothing."""
        statistics = self.statistics(bin_models(*models, self.edges)) / self.limits[:, None]
        statistics[np.isnan(statistics)] = np.inf
        return Judgement(statistics.max(axis=0), np.array(STATISTICS)[statistics.argmax(axis=0)], statistics)

    def covers_periods(self, periods: Any) -> Array:
        """(T,) bool: from the shortest trained period to the longest; s."""
        times = np.atleast_1d(np.asarray(periods, dtype=np.float64))
        shortest, longest = self.periods.min() * (1 - _SLACK), self.periods.max() * (1 + _SLACK)
        return np.asarray((times >= shortest) & (times <= longest))

    def statistics(self, binned: Binned) -> Array:
        """(4, N), not yet over their limits."""
        standard = ((binned.mean - self.mean) / self.scale).reshape(len(binned.mean), -1)
        flat = self.directions.reshape(len(self.directions), -1)
        along = standard @ flat.T
        residual = standard - along @ flat
        low, below, above, high = self.quantiles[[0, 1, -2, -1]]
        beyond = np.maximum(binned.mean - high, low - binned.mean) / np.maximum(above - below, SMALLEST)
        return np.array(
            [
                np.sqrt(((along / self.deviation) ** 2).mean(axis=1)),
                np.sqrt((residual**2).mean(axis=1)),
                np.maximum(beyond, 0.0).max(axis=(1, 2)),
                (binned.spread / np.maximum(self.rough, LEAST_ROUGH)).max(axis=(1, 2)),
            ]
        )
