"""A `scale-free` network before its first step: weights drawn, scales of its inputs measured on the training data."""

from collections.abc import Mapping
from typing import Any

import torch

from surfgrad.surrogates.backus import medium
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.scale_free import ScaleFreeNetwork, ScaleFreeSettings, WaveNetwork

_MEASURED = 4096  # values a wave
_SMALLEST = 0.01
"""Floor of the scales: an input that hardly varies in the training data must not be blown up to unit variance."""


def start(plan: Plan, data: TrainingData, sizes: Mapping[str, Any]) -> ScaleFreeNetwork:
    """The network of these sizes and the plan's seed."""
    network = ScaleFreeNetwork(ScaleFreeSettings(waves=tuple(data.waves), **sizes))
    generator = torch.Generator().manual_seed(plan.seed)
    network.initialise(generator, plan.input_gain)
    for number, part in enumerate(network.by_wave):
        assert isinstance(part, WaveNetwork)
        _fit_scales(part, number, data, generator)
    return network


def _fit_scales(part: WaveNetwork, wave: int, data: TrainingData, generator: torch.Generator) -> None:
    """Mean of every input, and one standard deviation for each kind: windows of one kind keep their proportions."""
    samples = data.train
    places = torch.nonzero(torch.isfinite(samples.target[:, wave]))
    if not len(places):
        return
    chosen = places[torch.randint(len(places), (_MEASURED,), generator=generator)]
    sample, period = chosen.unbind(dim=1)
    batch = samples.pick(sample)
    quantities = medium(part.wave, batch.vp, batch.vs, batch.rho)
    periods = torch.as_tensor(data.periods, dtype=torch.float32)[period]
    logs = torch.log(samples.target[sample, wave, period])
    features = part.features(batch.thickness, quantities, periods, logs)
    part.mean.copy_(features.mean(dim=0))
    part.std.copy_((features - part.mean).square().mean(dim=(0, 1)).sqrt().clamp(min=_SMALLEST))
