"""One store, made in many ways: to the last byte the same."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import generate, merge, open_ensemble
from surfgrad.ensembles.blocks import settle
from surfgrad.ensembles.job import Job
from surfgrad.ensembles.schema import curves_of
from surfgrad.ensembles.sources import PriorSource
from surfgrad.ensembles.writer import begin
from surfgrad.errors import FormatError, UsageError

COUNT = 47


def make(out: Path, count: int = COUNT, seed: int = 1, **options: Any) -> Any:
    return generate(ToyPrior(), count, seed, out, **{"periods": PERIODS, "chunk": 5, "solve": toy_solve, **options})


def content(store: Path) -> dict[str, bytes]:
    """Every file of a store."""
    return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("store") / "whole.zarr", workers=1).path


@pytest.mark.parametrize("options", [{"workers": 3}, {"workers": None}, {"workers": 2, "pool": "processes"}])
def test_workers_leave_no_trace(whole: Path, tmp_path: Path, options: dict[str, Any]) -> None:
    made = make(tmp_path / "a.zarr", **options)
    assert content(made.path) == content(whole)


def test_another_seed_differs(whole: Path, tmp_path: Path) -> None:
    assert content(make(tmp_path / "a.zarr", seed=2).path) != content(whole)


@pytest.mark.parametrize("begin", [0, 1])
def test_parts_of_a_job_array_make_the_whole(whole: Path, tmp_path: Path, begin: int) -> None:
    parts = [make(tmp_path / f"{i}.zarr", shard=(i, 3)).path for i in range(begin, begin + 3)]
    assert sorted(open_ensemble(part).count for part in parts) == [15, 16, 16]
    merged = merge([parts[2], parts[0], parts[1]], tmp_path / "merged.zarr", chunk=5)
    assert content(merged.path) == content(whole)
    merged.verify()


def test_parts_that_do_not_adjoin_are_refused(tmp_path: Path) -> None:
    parts = [make(tmp_path / f"{i}.zarr", shard=(i, 3)).path for i in range(3)]
    other = make(tmp_path / "other.zarr", count=16, first=15, seed=2).path
    for given, word in (
        ([parts[0], parts[2]], "samples 15 to 30 are missing"),
        ([parts[0], parts[0]], "overlap"),
        ([parts[0], other], "seed"),
        ([], "no store"),
    ):
        with pytest.raises(UsageError, match=word):
            merge(given, tmp_path / "merged.zarr")
    assert not (tmp_path / "merged.zarr").exists()


def test_a_damaged_part_is_not_merged(tmp_path: Path) -> None:
    parts = [make(tmp_path / f"{i}.zarr", shard=(i, 2)).path for i in range(2)]
    shard = parts[1] / "rho" / "c" / "0" / "0"
    shard.write_bytes(shard.read_bytes()[:-1] + b"?")
    with pytest.raises(FormatError, match="damaged"):
        merge(parts, tmp_path / "merged.zarr")
    assert not list(tmp_path.glob("merged*"))


def test_a_longer_run_extends_a_store(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    make(out, count=13)
    drawn = []

    def counting(*arrays: Any, **options: Any) -> Any:
        drawn.append(len(arrays[0]))
        return toy_solve(*arrays, **options)

    make(out, solve=counting)
    assert sum(drawn) == 2 * (COUNT - 13)  # two waves; nothing twice
    assert content(out) == content(whole)
    assert [path.name for path in tmp_path.iterdir()] == ["a.zarr"]


def test_a_damaged_store_is_not_extended(tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    make(out, count=13)
    shard = out / "vs" / "c" / "1" / "0"
    shard.write_bytes(shard.read_bytes()[:20] + b"?" + shard.read_bytes()[21:])
    with pytest.raises(FormatError, match="damaged"):
        make(out)
    assert open_ensemble(out).count == 13


def test_an_extension_that_stops_leaves_the_old_store(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    make(out, count=13)

    def failing(*arrays: Any, **options: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(out, solve=failing, workers=1)
    assert open_ensemble(out).count == 13
    make(out)
    assert content(out) == content(whole)


@pytest.mark.parametrize("shard", [(4, 3), (0, 0), (-1, 3), (0, 48)])
def test_impossible_parts_are_refused(tmp_path: Path, shard: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="--shard"):
        make(tmp_path / "a.zarr", shard=shard)
    assert not list(tmp_path.iterdir())


def test_splits_are_index_ranges_on_the_card(tmp_path: Path) -> None:
    made = make(tmp_path / "a.zarr", first=100, splits={"train": 0.8, "validation": 0.1, "test": 0.1})
    ranges = made.card["splits"]
    assert ranges == {"train": [100, 138], "validation": [138, 142], "test": [142, 147]}
    np.testing.assert_array_equal(made.sample[:], np.arange(100, 147))
    np.testing.assert_array_equal(made.sample[slice(*made.split_rows("validation"))], np.arange(138, 142))
    with pytest.raises(UsageError, match="'training' given; train, validation, test"):
        made.split_rows("training")
    with pytest.raises(UsageError, match="splits"):  # ranges would move
        make(tmp_path / "a.zarr", first=100, count=60, splits={"train": 0.8, "validation": 0.1, "test": 0.1})


@pytest.mark.parametrize("shares", [{}, {"train": 0.5}, {"train": 1.2, "test": -0.2}, {"train": 0.999, "test": 0.001}])
def test_impossible_splits_are_refused(tmp_path: Path, shares: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="--splits"):
        make(tmp_path / "a.zarr", splits=shares)


@pytest.mark.skipif(sys.platform == "win32", reason="locks another way")
def test_one_run_at_a_time(tmp_path: Path) -> None:
    def nested(*arrays: Any, **options: Any) -> Any:
        with pytest.raises(UsageError, match="another run"):
            make(tmp_path / "a.zarr", count=5)
        return toy_solve(*arrays, **options)

    make(tmp_path / "a.zarr", count=5, solve=nested)


def test_blocks_that_nobody_reported_are_found_on_disk(tmp_path: Path) -> None:
    job = Job(PriorSource(ToyPrior(), 1, 20), curves_of(PERIODS, ("love",), 0), solve=toy_solve)
    writer = begin(job, tmp_path / "a.zarr", 5)
    writer.write(2, job.compute(*writer.span(2)))
    left = [1, 2, 3]
    assert list(settle(writer, left)) == [2]
    assert left == [1, 3]


def test_large_blocks_are_computed_in_pieces() -> None:
    job = Job(PriorSource(ToyPrior(), 1, 1300), curves_of(PERIODS, ("love",), 0), solve=toy_solve)
    whole, tail = job.compute(0, 1300), job.compute(990, 1010)
    assert all(np.array_equal(whole[name][990:1010], tail[name], equal_nan=name == "velocity") for name in whole)
    np.testing.assert_array_equal(whole["sample"], np.arange(1300))
