"""Stores from a prior: what they say, that they resume, and what they refuse."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from tests.ensembles.synthetic import LAYERS, PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import from_models, generate, open_ensemble
from surfgrad.errors import FormatError, UsageError
from surfgrad.status import Status


def make(out: Path, count: int = 23, seed: int = 1, **options: Any) -> Any:
    options = {"periods": PERIODS, "chunk": 5, "workers": 1, "solve": toy_solve, **options}
    return generate(ToyPrior(), count, seed, out, **options)


class Stop(BaseException):
    """Stands for a kill."""


def stop_after(chunks: int, solve: Any = toy_solve) -> Any:
    calls = []

    def stopping(*args: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) > 2 * chunks:  # two waves a chunk
            raise Stop
        return solve(*args, **options)

    return stopping


def test_plain_xarray_opens_the_store_with_units(tmp_path: Path) -> None:
    make(tmp_path / "a.zarr")
    with xr.open_zarr(tmp_path / "a.zarr", consolidated=False) as found:
        assert found.vs.dims == ("sample", "layer")
        assert found.thickness.dims == ("layer",)
        assert found.velocity.dims == found.status.dims == ("sample", "wave", "period")
        assert found.velocity.dtype == np.float64
        assert found.status.dtype == np.uint8
        assert list(found.wave.values) == ["rayleigh", "love"]
        np.testing.assert_array_equal(found.period, PERIODS)
        np.testing.assert_array_equal(found.sample, np.arange(23))
        assert (found.vs.units, found.rho.units, found.period.units) == ("km/s", "g/cm3", "s")
        assert found.attrs["card"]["seed"] == 1


def test_curves_belong_to_their_models(tmp_path: Path) -> None:
    found = make(tmp_path / "a.zarr")
    for row, wave in enumerate(found.waves):
        velocity, status = toy_solve(*found.models(), PERIODS, wave=wave, mode=0, threads=1)
        np.testing.assert_array_equal(found.velocity[:, row], velocity)
        np.testing.assert_array_equal(found.status[:, row], status)


def test_samples_depend_on_prior_seed_and_index_only(tmp_path: Path) -> None:
    whole = make(tmp_path / "a.zarr", count=23, chunk=5)
    tail = make(tmp_path / "b.zarr", count=4, first=19, chunk=3)
    other = make(tmp_path / "c.zarr", count=23, seed=2)
    np.testing.assert_array_equal(whole.vs[19:], tail.vs[:])
    assert not np.isin(other.vs[:], whole.vs[:]).any()
    with xr.open_zarr(tail.path, consolidated=False) as found:
        np.testing.assert_array_equal(found.sample, np.arange(19, 23))


def test_failures_are_kept_and_counted(tmp_path: Path) -> None:
    found = make(tmp_path / "a.zarr", count=60)
    status = found.status[:]
    missing = status == Status.NO_MODE
    assert 0 < missing.sum() < missing.size / 2
    assert np.isnan(found.velocity[:][missing]).all()
    assert np.isfinite(found.velocity[:][~missing]).all()
    for row, wave in enumerate(found.waves):
        counts = found.card["status_counts"][wave]
        assert counts["NO_MODE"] == missing[:, row].sum()
        assert sum(counts.values()) == 60 * PERIODS.size
    np.testing.assert_array_equal(found.valued(), ~missing)


def test_an_interrupted_run_resumes_at_its_chunk(tmp_path: Path) -> None:
    whole = make(tmp_path / "whole.zarr")
    out = tmp_path / "cut.zarr"
    with pytest.raises(Stop):
        make(out, solve=stop_after(2))
    assert not out.exists()
    solved = []

    def counting(*args: Any, **options: Any) -> Any:
        solved.append(args[0].shape[0])
        return toy_solve(*args, **options)

    # Another chunk size must not confuse the marks of the finished chunks.
    resumed = make(out, solve=counting, chunk=7)
    assert sum(solved) == 2 * (23 - 10)
    assert resumed.card == whole.card
    np.testing.assert_array_equal(resumed.velocity[:], whole.velocity[:])
    assert [path.name for path in tmp_path.iterdir() if "cut" in path.name] == ["cut.zarr"]


def test_content_hash_sees_values_not_chunks(tmp_path: Path) -> None:
    one, other = make(tmp_path / "a.zarr", chunk=4), make(tmp_path / "b.zarr", chunk=50)
    assert one.card["content_sha256"] == other.card["content_sha256"]
    assert make(tmp_path / "c.zarr", seed=5).card["content_sha256"] != one.card["content_sha256"]


def test_a_finished_store_is_returned_at_once(tmp_path: Path) -> None:
    first = make(tmp_path / "a.zarr")
    assert make(tmp_path / "a.zarr", solve=stop_after(0)).card == first.card


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"seed": 2}, "seed"),
        ({"count": 22}, "index_range"),
        ({"first": 1}, "index_range"),
        ({"precision": "float64"}, "arrays"),
        ({"periods": [3.0]}, "periods"),
        ({"mode": 1}, "mode"),
    ],
)
def test_another_store_is_refused_finished_or_not(tmp_path: Path, change: dict[str, Any], word: str) -> None:
    make(tmp_path / "a.zarr")
    with pytest.raises(UsageError, match=word):
        make(tmp_path / "a.zarr", **change)
    with pytest.raises(Stop):
        make(tmp_path / "b.zarr", solve=stop_after(1))
    with pytest.raises(UsageError, match=word):
        make(tmp_path / "b.zarr", **change)


def test_a_strange_folder_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    out.mkdir()
    (out / "thesis.txt").write_text("precious")
    with pytest.raises(UsageError, match="exists"):
        make(out)
    assert (out / "thesis.txt").read_text() == "precious"
    beside = tmp_path / "b.zarr.partial"
    beside.mkdir()
    with pytest.raises(UsageError, match="not the beginning"):
        make(tmp_path / "b.zarr")


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        ({"count": 0}, "count"),
        ({"seed": -1}, "seed"),
        ({"chunk": 0}, "chunk"),
        ({"workers": 0}, "workers"),
        ({"periods": [2.0, -1.0]}, "periods"),
        ({"periods": [2.0, 2.0]}, "twice"),
        ({"periods": [np.nan]}, "periods"),
        ({"waves": ("stoneley",)}, "stoneley"),
        ({"mode": -1}, "mode"),
    ],
)
def test_bad_arguments_name_themselves_and_leave_nothing(tmp_path: Path, bad: dict[str, Any], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        make(tmp_path / "a.zarr", **bad)
    assert not list(tmp_path.iterdir())


def test_given_models_keep_their_order_and_their_bad_ones(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    models = [ToyPrior().sample(rng) for _ in range(7)]
    arrays = tuple(np.array([model[row] for model in models]) for row in range(4))
    arrays[0][3, 0] = 2.5  # one model on another grid

    def judging(thickness: np.ndarray, vp: np.ndarray, *rest: Any, **options: Any) -> Any:
        velocity, status = toy_solve(thickness, vp, *rest, **options)
        status[0], velocity[0] = Status.INVALID_MODEL, np.nan
        return velocity, status

    found = from_models(arrays, tmp_path / "a.zarr", source="test", periods=PERIODS, solve=judging)
    np.testing.assert_array_equal(np.asarray(found.thickness), arrays[0])
    np.testing.assert_array_equal(found.models([3, 5])[2], arrays[2][[3, 5]])
    assert found.card["status_counts"]["love"]["INVALID_MODEL"] == PERIODS.size
    assert found.card["prior"] is None
    arrays[2][0, 0] += 1e-9
    with pytest.raises(UsageError, match="source"):
        from_models(arrays, tmp_path / "a.zarr", source="test", periods=PERIODS, solve=judging)


def test_progress_ends_at_the_count(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    make(tmp_path / "a.zarr", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 23), (5, 23), (10, 23), (15, 23), (20, 23), (23, 23)]


def test_selections_read_what_they_name(tmp_path: Path) -> None:
    found = make(tmp_path / "a.zarr")
    np.testing.assert_array_equal(found.vs[[7, 2]], found.vs[:][[7, 2]])
    np.testing.assert_array_equal(np.asarray(found.vs), found.vs[:])
    assert found.models(slice(2, 5))[0].shape == (3, LAYERS)
    assert [array.shape for array in found.models(3)] == [(1, LAYERS)] * 4
    np.testing.assert_array_equal(found.curves(3)[0], found.velocity[3:4])
    assert open_ensemble(found.path).card == found.card
    found.verify()
    with pytest.raises(FormatError, match="no such store"):
        open_ensemble(tmp_path / "absent.zarr")
