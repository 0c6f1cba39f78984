"""A rule that predicts the logarithm of an error: least squares on a few features, judged on models it never saw.

`log error = kind of network + features . slopes`, fitted to half of the models. On the other half it is measured by
what it says beyond the kind of network: R^2 = 1 - sum (error - rule)^2 / sum (error - mean of its kind)^2, means of
the fitted half, and Spearman's rank correlation of the two differences. Intervals draw whole models.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from surfgrad.records import Array
from surfgrad.study.questions.samples import Samples
from surfgrad.study.questions.statistics import LEVEL, RESAMPLES

PERMUTATIONS = 20
_RIDGE = 1e-9
"""Share of the mean square that keeps a feature that never varies (one band, one wave) from having no slope at all."""


@dataclass(frozen=True, eq=False)
class Rule:
    """`slopes`: (F,). `means`, `origin`: by kind of network, (K,) and (K, F), of error and features."""

    slopes: Array
    means: Array
    origin: Array

    def predict(self, samples: Samples) -> Array:
        """The log errors (n,) that the rule expects of the samples' kinds of network and features."""
        away = samples.features - self.origin[samples.kind]
        return np.asarray(self.means[samples.kind] + away @ self.slopes)


def fit(samples: Samples) -> Rule:
    """To all rows of `samples`; slopes are common, each kind of network has its own level."""
    kinds = int(samples.kind.max()) + 1
    count = np.maximum(np.bincount(samples.kind, minlength=kinds), 1)
    means = np.bincount(samples.kind, samples.error, kinds) / count
    columns = [np.bincount(samples.kind, each, kinds) / count for each in samples.features.T]
    origin = np.stack(columns, axis=1)
    away = samples.features - origin[samples.kind]
    square = away.T @ away
    square += _RIDGE * max(float(np.trace(square)) / len(square), 1e-300) * np.eye(len(square))
    slopes = np.linalg.solve(square, away.T @ (samples.error - means[samples.kind]))
    return Rule(slopes, means, origin)


def part(samples: Samples, half: int) -> Samples:
    """The rows of one half of the models."""
    inside = samples.half == half
    names = ("error", "features", "kind", "model", "half")
    return Samples(*(getattr(samples, name)[inside] for name in names))


def judge_rule(samples: Samples) -> dict[str, Any]:
    """Fit to one half, measure on the other: R^2 and rank correlation with intervals, and what distance adds.

    `blind`: R^2 without the distance (the first feature); `gain`: R^2 less that; `permuted`: the largest R^2 with
    distances exchanged at random between models, which any rule that knows something must beat.
    """
    known, unseen = part(samples, 0), part(samples, 1)
    rule = fit(known)
    truth, predicted = (each - rule.means[unseen.kind] for each in (unseen.error, rule.predict(unseen)))
    blind = _predicted(_without(known), _without(unseen))
    _, owner = np.unique(unseen.model, return_inverse=True)
    sums = _sums(truth, predicted, blind, owner)
    whole, draws = _measures(sums.sum(axis=0)[None]), _measures(_draws(len(sums)) @ sums)
    names = ("r_squared", "correlation", "blind", "gain")
    found: dict[str, Any] = {
        name: {"value": float(whole[k, 0]), "interval": _ends(draws[k])} for k, name in enumerate(names)
    }
    return found | {
        "permuted": _permuted(samples),
        "slopes": rule.slopes.tolist(),
        "n": len(truth),
        "models": len(sums),
    }


def _without(samples: Samples) -> Samples:
    return replace(samples, features=samples.features[:, 1:])


def _predicted(known: Samples, unseen: Samples) -> Array:
    rule = fit(known)
    return rule.predict(unseen) - rule.means[unseen.kind]


def _sums(truth: Array, predicted: Array, blind: Array, owner: Array) -> Array:
    """(G, K): by model, all that R^2 and a correlation of ranks are made of."""
    from scipy.stats import rankdata

    x, y = (rankdata(each) / len(each) for each in (truth, predicted))
    parts = ((truth - predicted) ** 2, (truth - blind) ** 2, truth**2, np.ones_like(x), x, y, x * y, x**2, y**2)
    return np.stack([np.bincount(owner, each) for each in parts], axis=1)


def _measures(sums: Array) -> Array:
    """(4, draws) of (draws, K)."""
    rest, rest_blind, whole, n, x, y, xy, xx, yy = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        r_squared, blind = 1.0 - rest / whole, 1.0 - rest_blind / whole
        correlation = (n * xy - x * y) / np.sqrt((n * xx - x**2) * (n * yy - y**2))
    return np.stack([r_squared, correlation, blind, r_squared - blind])


def _draws(models: int) -> Array:
    """(RESAMPLES, models): how often each is drawn."""
    drawn = np.random.default_rng(0).integers(models, size=(RESAMPLES, models))
    return np.stack([np.bincount(each, minlength=models) for each in drawn]).astype(np.float64)


def _ends(values: Array) -> list[float]:
    return [float(end) for end in np.nanquantile(values, [0.5 - LEVEL / 200, 0.5 + LEVEL / 200])]


def _permuted(samples: Samples) -> float:
    """Largest R^2 of rules whose distances are another model's, for each kind of network alike."""
    rng = np.random.default_rng(1)
    models, owner = np.unique(samples.model, return_inverse=True)
    kinds = int(samples.kind.max()) + 1
    table = np.full((kinds, len(models)), np.nan)
    table[samples.kind, owner] = samples.features[:, 0]
    largest = -np.inf
    for _ in range(PERMUTATIONS):
        features = samples.features.copy()
        for kind in range(kinds):
            here, held = samples.kind == kind, np.flatnonzero(np.isfinite(table[kind]))
            shuffled = np.full(len(models), np.nan)
            shuffled[held] = table[kind, rng.permutation(held)]
            features[here, 0] = shuffled[owner[here]]
        exchanged = replace(samples, features=features)
        unseen = part(exchanged, 1)
        rule = fit(part(exchanged, 0))
        level = rule.means[unseen.kind]
        rest, whole = ((unseen.error - each) ** 2 for each in (rule.predict(unseen), level))
        largest = max(largest, float(1.0 - rest.sum() / whole.sum()))
    return largest
