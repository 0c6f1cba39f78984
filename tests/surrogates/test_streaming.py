"""Streams as tensors: the samples of a store, or of no store, batch by batch."""

from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve
from torch.utils.data import DataLoader

from surfgrad.ensembles import Ensemble, from_models, generate
from surfgrad.ensembles.fresh import fresh_batches
from surfgrad.ensembles.shuffled import Shuffled
from surfgrad.errors import UsageError
from surfgrad.surrogates.streaming import Streamed


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    out = tmp_path_factory.mktemp("store") / "a.zarr"
    return generate(ToyPrior(), 90, 1, out, periods=PERIODS, solve=toy_solve)


def grid(store: Ensemble) -> np.ndarray:
    return np.asarray(store.thickness)


def test_a_loader_gives_the_store_s_samples(store: Ensemble) -> None:
    reader = Shuffled([store], 30, seed=2)
    expected = next(reader.from_step(1))["sample"]
    samples = next(iter(DataLoader(Streamed(reader.from_step, grid(store), step=1), batch_size=None)))
    thickness, vp, vs, rho = store.models(expected)
    for tensor, values in zip(samples.models, (thickness, vp, vs, rho), strict=True):
        assert tensor.dtype == torch.float32
        np.testing.assert_array_equal(tensor, values.astype(np.float32))
    np.testing.assert_array_equal(samples.target, store.velocity[expected].astype(np.float32))
    assert torch.isnan(samples.target).any()  # untrapped values stay untrapped


def test_no_store_at_all(store: Ensemble) -> None:
    def fresh(step: int) -> Any:
        return fresh_batches(ToyPrior(), 1, 30, periods=PERIODS, solve=toy_solve, step=step)

    batches = list(islice(Streamed(fresh, grid(store)), 3))
    np.testing.assert_array_equal(torch.cat([batch.vs for batch in batches]), store.vs.stored(slice(None)))


def test_models_with_thicknesses_of_their_own(tmp_path: Path) -> None:
    models = [ToyPrior().sample(np.random.default_rng(number)) for number in range(8)]
    arrays = tuple(np.array([model[row] for model in models]) for row in range(4))
    arrays[0][:, 0] += np.arange(8)
    store = from_models(arrays, tmp_path / "a.zarr", source="test", periods=PERIODS, solve=toy_solve)
    batch = next(iter(Streamed(Shuffled([store], 8).from_step, None)))
    np.testing.assert_array_equal(np.sort(batch.thickness[:, 0]), arrays[0][:, 0])


def test_worker_processes_are_refused(store: Ensemble) -> None:
    stream = Streamed(partial(Shuffled([store], 30).from_step), grid(store))
    # Not a fork: JAX, which other tests import, warns of forks because it has threads.
    with pytest.raises(UsageError, match="num_workers"):
        next(iter(DataLoader(stream, batch_size=None, num_workers=1, multiprocessing_context="spawn")))
