"""Blocks on a dask.distributed cluster inside this process; clusters that lose their parts are in test_hardships."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve
from tests.ensembles.test_same_store import content

from surfgrad.ensembles import generate
from surfgrad.ensembles.writer import Writer
from surfgrad.errors import SurfgradError, UsageError

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="inproc"
    ) as cluster:
        yield cluster.scheduler_address


def make(out: Path, **options: Any) -> Any:
    return generate(ToyPrior(), 47, 1, out, **{"periods": PERIODS, "chunk": 5, "solve": toy_solve, **options})


def test_a_cluster_makes_the_same_store(address: str, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = make(tmp_path / "a.zarr", scheduler=address, progress=lambda *told: seen.append(told))
    assert content(made.path) == content(make(tmp_path / "b.zarr").path)
    assert seen[0] == (0, 47)
    assert seen[-1] == (47, 47)


def test_workers_that_do_not_see_the_store_send_their_blocks(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Writer, "visible", lambda self: False)
    made = make(tmp_path / "a.zarr", scheduler=address)
    assert content(made.path) == content(make(tmp_path / "b.zarr").path)


def test_an_error_on_a_worker_arrives_in_one_line(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Writer, index: int, block: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "write", full)
        with pytest.raises(SurfgradError, match="No space left on device"):
            make(tmp_path / "a.zarr", scheduler=address)
    make(tmp_path / "a.zarr", scheduler=address).verify()


def test_nobody_at_the_address(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no scheduler answers"):
        make(tmp_path / "a.zarr", scheduler="inproc://10.0.0.1/1/1")
    with pytest.raises(UsageError, match="no scheduler answers"):
        make(tmp_path / "a.zarr", scheduler="nonsense://x")


def test_a_worker_of_another_version_is_refused(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surfgrad.ensembles.blocks.__version__", "0.0.1")
    with pytest.raises(SurfgradError, match=r"a worker has surfgrad 0\.0\.1, the run"):
        make(tmp_path / "a.zarr", scheduler=address)


def test_a_block_that_kills_its_workers_ends_the_run_in_one_line(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killing(*_: Any) -> Any:
        raise distributed.KilledWorker("a block", None, 3)

    with monkeypatch.context() as patch:
        patch.setattr("surfgrad.ensembles.cluster.drain", killing)
        with pytest.raises(SurfgradError, match="several workers died"):
            make(tmp_path / "a.zarr", scheduler=address)
    make(tmp_path / "a.zarr", scheduler=address).verify()
