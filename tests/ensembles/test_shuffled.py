"""Batches for training: every sample once an epoch, far apart, the same again from any step."""

from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import Ensemble, generate
from surfgrad.ensembles.shuffled import PIECE, Shuffled
from surfgrad.errors import UsageError

COUNT = 5 * PIECE + 130


def make(out: Path, **options: Any) -> Ensemble:
    return generate(ToyPrior(), COUNT, 1, out, **{"periods": PERIODS, "chunk": 200, "solve": toy_solve, **options})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    return make(tmp_path_factory.mktemp("store") / "a.zarr")


def samples(reader: Shuffled, step: int, count: int) -> np.ndarray:
    return np.array([batch["sample"] for batch in islice(reader.from_step(step), count)])


def test_an_epoch_shows_every_sample_once(store: Ensemble) -> None:
    reader = Shuffled([store], 10, window=2)
    seen = samples(reader, 0, reader.steps_per_epoch)
    np.testing.assert_array_equal(np.sort(seen.ravel()), np.arange(COUNT))
    following = samples(reader, reader.steps_per_epoch, reader.steps_per_epoch)
    np.testing.assert_array_equal(np.sort(following.ravel()), np.arange(COUNT))
    assert (seen != following).mean() > 0.99


def test_rows_stay_together(store: Ensemble) -> None:
    batch = next(Shuffled([store], 64, seed=3).from_step(0))
    rows = batch["sample"]
    np.testing.assert_array_equal(batch["vs"], store.vs.stored(rows))
    np.testing.assert_array_equal(batch["velocity"], store.velocity[rows])
    assert batch["vs"].dtype == np.float32


@pytest.mark.parametrize("step", [1, 37, 80, 81, 200])
def test_any_step_can_be_the_first(store: Ensemble, step: int) -> None:
    reader = Shuffled([store], 32, seed=5, window=3)
    assert reader.steps_per_epoch == 82
    np.testing.assert_array_equal(samples(reader, 0, step + 4)[step:], samples(reader, step, 4))
    assert (samples(Shuffled([store], 32, seed=6, window=3), step, 4) != samples(reader, step, 4)).any()


def test_batches_reach_across_shards_and_stores(store: Ensemble, tmp_path: Path) -> None:
    other = make(tmp_path / "b.zarr", first=10_000)
    batch = next(Shuffled([store, other], 256, window=6).from_step(0))["sample"]
    assert np.unique(batch // PIECE).size >= 4
    assert (batch < COUNT).any()
    assert (batch >= 10_000).any()
    # Not what a reader gives that goes through the store in order:
    assert np.abs(np.diff(batch)).mean() > 100


def test_ranges_and_names_are_kept_to(store: Ensemble) -> None:
    reader = Shuffled([store], 30, ranges=[(40, 700)], names=("sample", "rho"))
    assert reader.steps_per_epoch == 22
    seen = samples(reader, 0, 22)
    np.testing.assert_array_equal(np.sort(seen.ravel()), np.arange(40, 700))
    assert set(next(reader.from_step(0))) == {"sample", "rho"}


def test_what_gives_no_batch_is_refused(store: Ensemble, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="batch size"):
        Shuffled([store], COUNT + 1)
    with pytest.raises(UsageError, match="stores"):
        Shuffled([], 1)
    other = make(tmp_path / "b.zarr", periods=PERIODS[:2])
    with pytest.raises(UsageError, match="other arrays or shapes"):
        Shuffled([store, other], 1)
