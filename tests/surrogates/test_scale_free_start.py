"""Before its first step a scale-free network knows the scales of its training data, and the limits of its domain."""

import pytest
import torch

from surfgrad.ensembles import Ensemble
from surfgrad.surrogates.backus import medium
from surfgrad.surrogates.data import TrainingData, load_data
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.scale_free import WaveNetwork
from surfgrad.surrogates.scale_free_start import start


@pytest.fixture(scope="module")
def data(solved: Ensemble) -> TrainingData:
    return load_data(solved, 0.1)


def inputs_and_scores(part: WaveNetwork, wave: int, data: TrainingData, factor: float) -> tuple[torch.Tensor, ...]:
    """Of all training values, at `factor` times their true velocity."""
    inputs, scores = [], []
    samples = data.train
    for period, seconds in enumerate(data.periods.tolist()):
        velocity = factor * samples.target[:, wave, period]
        known = torch.isfinite(velocity)
        thickness, vp, vs, rho = (array[known] for array in samples.models)
        times = torch.full((int(known.sum()),), seconds)
        features = part.features(thickness, medium(part.wave, vp, vs, rho), times, torch.log(velocity[known]))
        inputs.append(part.inputs(features))
        scores.append(part.score(features))
    return torch.cat(inputs), torch.cat(scores)


@pytest.mark.parametrize("wave", [0, 1])
def test_inputs_are_centred_and_the_prior_s_own_values_inside(data: TrainingData, wave: int) -> None:
    part = start(Plan(), data, {"hidden": (4,)}).by_wave[wave]
    assert isinstance(part, WaveNetwork)
    inputs, scores = inputs_and_scores(part, wave, data, 1.0)
    assert inputs.mean(dim=0).abs().max() < 0.1
    spread = inputs.square().mean(dim=0).unflatten(-1, part.mean.shape).mean(dim=0).sqrt()
    # Kinds that hardly vary in smooth models keep to the floor.
    assert ((spread > 0.9) & (spread < 1.1) | (part.std <= 0.0101)).all()
    assert 0.001 < (scores > 1).float().mean() < 0.05
    shifted, far = inputs_and_scores(part, wave, data, 1.3)
    assert shifted.mean(dim=0).abs().max() > 0.3
    assert (far > 1).float().mean() > 0.5
