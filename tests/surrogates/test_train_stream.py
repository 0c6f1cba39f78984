"""Training on samples that are solved on the way."""

from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import Ensemble, from_models, generate
from surfgrad.ensembles.onward import onward
from surfgrad.errors import UsageError
from surfgrad.surrogates.checkpoint import load_surrogate
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.train import train

PLAN = Plan(steps=30, evaluate_every=10, hidden=(16, 16), batch=32)


class Killed(BaseException):
    """Stands for a kill."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    out = tmp_path_factory.mktemp("store") / "a.zarr"
    return generate(ToyPrior(), 200, 1, out, periods=PERIODS, solve=toy_solve)


def stream(store: Ensemble) -> Any:
    return onward(store, PLAN.batch, prior=ToyPrior(), solve=toy_solve)


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return dict(load_surrogate(folder).network.state_dict())


def test_samples_are_those_that_would_follow(store: Ensemble, tmp_path: Path) -> None:
    longer = generate(ToyPrior(), 300, 1, tmp_path / "b.zarr", periods=PERIODS, solve=toy_solve)
    blocks = list(islice(stream(store)(1), 2))
    rows = slice(200 + PLAN.batch, 200 + 3 * PLAN.batch)
    np.testing.assert_array_equal(np.concatenate([block["vs"] for block in blocks]), longer.vs.stored(rows))
    np.testing.assert_array_equal(np.concatenate([block["velocity"] for block in blocks]), longer.velocity.stored(rows))


def test_it_trains_on_them_and_says_so(store: Ensemble, tmp_path: Path) -> None:
    streamed = train(store, tmp_path / "streamed", PLAN, stream=stream(store))
    assert streamed.card.training["streamed_samples"] == PLAN.batch * 30
    history = streamed.card.training["history"]
    assert history[-1]["validation_loss"] < history[0]["validation_loss"]
    train(store, tmp_path / "stored", PLAN)
    stored = weights(tmp_path / "stored")
    assert any(not torch.equal(value, stored[name]) for name, value in weights(tmp_path / "streamed").items())


def test_a_killed_run_goes_on_with_the_same_samples(store: Ensemble, tmp_path: Path) -> None:
    def kill(share: float, latest: Any) -> None:
        if share >= 0.5:
            raise Killed

    whole, cut = tmp_path / "whole", tmp_path / "cut"
    train(store, whole, PLAN, stream=stream(store), save_seconds=0.0)
    with pytest.raises(Killed):
        train(store, cut, PLAN, stream=stream(store), save_seconds=0.0, progress=kill)
    with pytest.raises(UsageError, match=r"cut"):
        train(store, cut, PLAN, resume=True)  # the same plan and store, but not the stream
    train(store, cut, PLAN, stream=stream(store), save_seconds=0.0, resume=True)
    one, other = weights(whole), weights(cut)
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_given_models_have_no_following_ones(store: Ensemble, tmp_path: Path) -> None:
    models = tuple(np.asarray(values, float) for values in store.models())
    given = from_models(models, tmp_path / "given.zarr", source="given", periods=PERIODS, solve=toy_solve)
    with pytest.raises(UsageError, match="drawn from a prior"):
        onward(given, 10)
