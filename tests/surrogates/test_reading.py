"""Stores read by pieces: what arrives is what is stored, in its place, whatever the pieces."""

from pathlib import Path

import numpy as np
import pytest
import torch
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import Ensemble, from_models, generate
from surfgrad.ensembles.labels.stored import open_labels
from surfgrad.errors import UsageError
from surfgrad.surrogates import reading
from surfgrad.surrogates.data import load_data
from surfgrad.surrogates.picks import picks_of
from surfgrad.surrogates.reading import read_samples
from surfgrad.surrogates.samples import Samples


@pytest.fixture(params=["solved", "directed"])
def labelled(request: pytest.FixtureRequest) -> Ensemble:
    """A store with whole kernels, and one with derivatives along directions."""
    return request.getfixturevalue(request.param)


def assert_stored(samples: Samples, store: Ensemble, rows: np.ndarray) -> None:
    """Everything but derivatives, against one look at the store."""
    for values, stored in zip(samples.models, store.models(rows), strict=True):
        np.testing.assert_array_equal(values.numpy(), stored.astype(np.float32))
    velocity = np.where(store.valued(rows), store.velocity[rows], np.nan)
    np.testing.assert_array_equal(samples.target.numpy(), velocity.astype(np.float32))


@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_pieces_make_the_whole(labelled: Ensemble, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr(reading, "_PIECE", piece)
    rows = np.array([0, 1, 2, 5, 6, 20, 21, 22, 23, 24, 25, 26, 27, 40, 59])
    samples = read_samples(labelled, rows, derivatives=True)
    assert_stored(samples, labelled, rows)
    found, expected = samples.picks, picks_of(open_labels(labelled), rows)
    assert found is not None
    assert len(found) == len(expected) > 50
    for name in ("sample", "wave", "period", "kernels", "along", "directions"):
        mine, theirs = getattr(found, name), getattr(expected, name)
        assert (mine is None) == (theirs is None)
        assert mine is None or torch.equal(mine, theirs)
    assert found.sample.max() == len(rows) - 1


def test_one_grid_is_kept_once(solved: Ensemble) -> None:
    samples = read_samples(solved, np.arange(30), derivatives=False)
    assert samples.picks is None
    assert samples.thickness.shape == samples.vs.shape
    assert samples.thickness.untyped_storage().nbytes() == 4 * solved.layers


def test_layers_of_their_own_are_read_with_the_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PIECE", 4)
    arrays = [ToyPrior().sample(np.random.default_rng([3, index])) for index in range(10)]
    models = tuple(np.array([model[row] for model in arrays]) for row in range(4))
    models[0][:, 0] *= np.linspace(1.0, 2.0, 10)
    store = from_models(models, tmp_path / "own.zarr", source="test", periods=PERIODS, solve=toy_solve)
    rows = np.array([1, 2, 3, 4, 5, 8])
    samples = read_samples(store, rows, derivatives=True)
    assert_stored(samples, store, rows)
    assert len(torch.unique(samples.thickness[:, 0])) == len(rows)
    low, high = load_data(store, 0.2, fixed_grid=False).vs_range[0]
    train = np.delete(models[2], load_data(store, 0.2, fixed_grid=False).parts.validation, axis=0)
    assert (low, high) == pytest.approx((train.min(), train.max()), rel=1e-6)


def test_values_need_no_derivatives_of_the_training_part(solved: Ensemble) -> None:
    data = load_data(solved, 0.1, derivatives=False)
    assert data.train.picks is None
    assert data.validation.picks is not None
    assert len(data.validation.picks) > 50


def test_the_first_sample_without_a_logarithm_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Wet(ToyPrior):
        def sample(self, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
            model = super().sample(rng)
            model[2][0] = 0.0 if rng.random() < 0.1 else model[2][0]
            return model

    store = generate(Wet(), 60, 1, tmp_path / "wet.zarr", periods=PERIODS, solve=toy_solve)
    first = np.argmax((store.vs[:] == 0.0).any(axis=1))
    assert first > 5
    monkeypatch.setattr(reading, "_PIECE", 5)
    with pytest.raises(UsageError, match=f"sample {first} has vs that is not above 0"):
        load_data(store, 0.1)
