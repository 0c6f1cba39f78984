"""A `scale-free` network before its first step: weights drawn, scales of its inputs measured on the training data."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from surfgrad.surrogates.backus import medium
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.scale_free import ScaleFreeNetwork, ScaleFreeSettings, WaveNetwork

_MEASURED = 10_000  # values a wave
_PART = 1000  # at once
_SMALLEST = 0.01
"""Floor of the scales: an input that hardly varies in the training data must not be blown up to unit variance."""
_LEAST_SPREAD = 0.003
"""Floor of the standard deviations along principal directions, in the scales: below it lies rounding."""
_OUTSIDE = 0.01
_EVERY = 5
"""Every fifth value measured sets the limit of the domain, so that 1 % of values of the same origin lie outside."""


def start(plan: Plan, data: TrainingData, sizes: Mapping[str, Any]) -> ScaleFreeNetwork:
    """The network of these sizes and the plan's seed."""
    network = ScaleFreeNetwork(ScaleFreeSettings(waves=tuple(data.waves), **sizes))
    generator = torch.Generator().manual_seed(plan.seed)
    network.initialise(generator, plan.input_gain)
    for number, part in enumerate(network.by_wave):
        assert isinstance(part, WaveNetwork)
        features = _measure(part, number, data, generator)
        if features is not None:
            _fit_scales(part, features)
            _fit_domain(part, features)
    return network


def _measure(part: WaveNetwork, wave: int, data: TrainingData, generator: torch.Generator) -> Tensor | None:
    """Features (n, J, Q) at random values of the training data; None where the wave has none."""
    samples = data.train
    places = torch.nonzero(torch.isfinite(samples.target[:, wave]))
    if not len(places):
        return None
    chosen = places[torch.randint(len(places), (_MEASURED,), generator=generator)]
    return torch.cat([_features(part, wave, data, rows) for rows in chosen.split(_PART)])


def _features(part: WaveNetwork, wave: int, data: TrainingData, chosen: Tensor) -> Tensor:
    sample, period = chosen.unbind(dim=1)
    batch = data.train.pick(sample)
    quantities = medium(part.wave, batch.vp, batch.vs, batch.rho)
    periods = torch.as_tensor(data.periods, dtype=batch.vs.dtype)[period]
    velocity = data.train.target[sample, wave, period]
    return part.features(batch.thickness, quantities, periods, torch.log(velocity))


def _fit_scales(part: WaveNetwork, features: Tensor) -> None:
    """Mean of every input, and one standard deviation for each kind: windows of one kind keep their proportions."""
    part.mean.copy_(features.mean(dim=0))
    part.std.copy_((features - part.mean).square().mean(dim=(0, 1)).sqrt().clamp(min=_SMALLEST))


def _fit_domain(part: WaveNetwork, features: Tensor) -> None:
    """Principal directions of the inputs, each over its standard deviation, and the limit of the distance."""
    inputs = part.inputs(features).double()
    held = torch.arange(len(inputs)) % _EVERY == 0
    rest = inputs[~held]
    variance, vectors = torch.linalg.eigh(rest.T @ rest / len(rest))
    part.whiten.copy_(vectors / variance.clamp(min=_LEAST_SPREAD**2).sqrt())
    part.limit.fill_(1.0)
    part.limit.copy_(torch.quantile(part.score(features[held].to(part.mean.dtype)).double(), 1.0 - _OUTSIDE))
