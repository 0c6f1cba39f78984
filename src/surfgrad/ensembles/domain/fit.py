"""The domain of a set of models, from the models."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.ensembles.domain.bins import Binned, bin_models, choose_edges
from surfgrad.ensembles.domain.training_domain import LEVELS, SMALLEST, STATISTICS, Models, TrainingDomain
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from surfgrad.ensembles.store import Ensemble

Array = np.ndarray

OUTSIDE = 0.01
"""Share of the training set's own models that may lie outside."""
LEAST = 200
"""Models that limits can rest on: every fifth of them sets the limits."""
_EVERY = 5
_SHARE, _MOST_DIRECTIONS = 0.999, 80
_LEAST_LIMITS = np.array([0.1, 1e-3, 0.02, 1.0])
"""So that a statistic that is 0 for the whole set still has a limit: see `STATISTICS`."""


def domain_of(store: "Ensemble", select: Any = None, most: int = 20_000) -> TrainingDomain:
    """The domain of a store, or of its samples `select` (indices); at most `most` of them, evenly spread, are read."""
    chosen = np.arange(store.count) if select is None else np.sort(np.asarray(select))
    if chosen.size > most:
        chosen = chosen[np.linspace(0, chosen.size - 1, most).round().astype(np.int64)]
    velocity = np.where(store.valued(chosen), store.curves(chosen)[0], np.nan)
    return fit_domain(store.models(chosen), velocity, store.periods, store.waves)


def fit_domain(models: Models, velocity: Array, periods: Any, waves: Sequence[str]) -> TrainingDomain:
    """The domain of models (thickness, vp, vs, rho: (N, L) each) with curves `velocity` (N, W, T), km/s, NaN if none.

    Four models in five give the directions and ranges, the fifth sets the limits, so that 1 % of models of the same
    origin lie outside. Models with water are left out. Raises UsageError for fewer than 200 models.
    """
    thickness, vp, vs, rho = (np.asarray(array, dtype=np.float64) for array in models)
    edges = choose_edges(thickness[0])
    binned = bin_models(thickness, vp, vs, rho, edges)
    usable = np.flatnonzero(np.isfinite(binned.mean).all(axis=(1, 2)))
    if usable.size < LEAST:
        raise UsageError(f"domain: {usable.size} solid models given; at least {LEAST} are needed")
    held = np.arange(usable.size) % _EVERY == 0
    domain = _without_limits(_pick(binned, usable[~held]), edges, velocity, periods, tuple(waves), int(usable.size))
    return replace(domain, limits=_limits(domain.statistics(_pick(binned, usable[held]))))


def _pick(binned: Binned, rows: Array) -> Binned:
    return Binned(binned.mean[rows], binned.spread[rows])


def _without_limits(
    binned: Binned, edges: Array, velocity: Array, periods: Any, waves: tuple[str, ...], count: int
) -> TrainingDomain:
    mean = binned.mean.mean(axis=0)
    scale = np.maximum(binned.mean.std(axis=0), SMALLEST)
    standard = ((binned.mean - mean) / scale).reshape(len(binned.mean), -1)
    variance, vectors = np.linalg.eigh(standard.T @ standard / len(standard))
    variance, vectors = np.maximum(variance[::-1], 0.0), vectors.T[::-1]
    enough = int(np.searchsorted(np.cumsum(variance), _SHARE * variance.sum())) + 1
    keep = max(1, min(enough, _MOST_DIRECTIONS, int((variance > SMALLEST**2).sum())))
    return TrainingDomain(
        count=count,
        waves=waves,
        periods=np.atleast_1d(np.asarray(periods, dtype=np.float64)),
        velocity=_velocity_range(np.asarray(velocity, dtype=np.float64)),
        edges=edges,
        quantiles=np.quantile(binned.mean, LEVELS, axis=0),
        rough=np.quantile(binned.spread, 0.999, axis=0),
        mean=mean,
        scale=scale,
        directions=vectors[:keep].reshape(keep, *mean.shape),
        deviation=np.sqrt(np.maximum(variance[:keep], SMALLEST**2)),
        limits=np.ones(len(STATISTICS)),
    )


def _limits(held: Array) -> Array:
    """From the statistics (4, n) of models that shaped nothing: equally rare each, and `OUTSIDE` all together."""
    each = np.maximum(np.quantile(held, 1 - OUTSIDE / len(held), axis=1), _LEAST_LIMITS)
    return each * float(np.quantile((held / each[:, None]).max(axis=0), 1 - OUTSIDE))


def _velocity_range(velocity: Array) -> Array:
    """(W, T, 2): lowest and highest of (N, W, T), NaN where no model has a value."""
    low = np.where(np.isnan(velocity), np.inf, velocity).min(axis=0)
    high = np.where(np.isnan(velocity), -np.inf, velocity).max(axis=0)
    both = np.stack((low, high), axis=-1)
    return np.where(np.isfinite(both), both, np.nan)
