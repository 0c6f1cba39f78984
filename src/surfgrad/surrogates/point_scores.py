"""How far each answer of a `scale-free` network may be trusted, in units of what is still trusted.

Has it seen such input? Squared Mahalanobis distance from the training set's inputs, over what 1 % of them exceed. Does
it agree with itself? Its F is ln(c / v) at any trial velocity v, so that at the answer times exp(d) it must say -d.
No label is needed for that: where it says something else, what it has learned there is not ln(c / v).
"""

from typing import Any

import torch
from torch import Tensor

from surfgrad.surrogates.backus import medium
from surfgrad.surrogates.scale_free import ScaleFreeNetwork

_STEPS = (-0.08, 0.08)
"""Trial velocities about the answer, as far as nine in ten in training."""
_DISAGREEMENT = 0.05
"""Share of the step that it may be wrong by: what it costs and finds is measured in docs/surrogates.md."""


def point_scores(network: ScaleFreeNetwork, models: tuple[Tensor, ...], velocity: Tensor, periods: Tensor) -> Tensor:
    """(N, W, T): up to 1 where trusted, NaN where there is no answer.

    `models`: (N, L) each; `velocity`: (N, W, T), km/s, the network's answers at `periods` (T,), s.
    """
    count = len(velocity)
    times = periods.repeat(count)
    rows = tuple(array.repeat_interleave(len(periods), dim=0) for array in models)
    logs = torch.log(velocity).transpose(0, 1).flatten(1)
    found = [_scores(part, rows, times, at) for part, at in zip(network.by_wave, logs, strict=True)]
    return torch.stack(found, dim=1).unflatten(0, (count, len(periods))).transpose(1, 2)


def _scores(part: Any, models: tuple[Tensor, ...], periods: Tensor, answer: Tensor) -> Tensor:
    quantities = medium(part.wave, *models[1:])
    score: Tensor = part.score(part.features(models[0], quantities, periods, answer))
    for step in _STEPS:
        said = part(part.features(models[0], quantities, periods, answer + step))
        score = torch.maximum(score, (said + step).abs() / (abs(step) * _DISAGREEMENT))
    return score
