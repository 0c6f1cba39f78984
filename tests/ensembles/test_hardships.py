"""Runs of the real command that are killed, starved of disk, and robbed of their cluster: the store is the same."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ensembles.cluster import Cluster, wait_until
from tests.ensembles.test_same_store import content

from surfgrad.ensembles import merge, open_ensemble
from surfgrad.ensembles.verify import recompute_sample

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")]

COUNT, CHUNK = 600, 20
MODELS = ["--prior", "weak", "--count", str(COUNT), "--seed", "5", "--periods", "2:60:2", "--chunk", str(CHUNK)]


def command(out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "surfgrad", "generate", *MODELS, "--out", str(out), *more]


def run(out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(out, *more), capture_output=True, text=True, check=False)


def blocks_done(out: Path) -> int:
    folder = out.with_name(out.name + ".partial") / "done"
    try:
        return sum(name[0].isdigit() for name in os.listdir(folder))
    except FileNotFoundError:
        return 0


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """From one process and one thread: what all others are compared with."""
    out = tmp_path_factory.mktemp("whole") / "whole.zarr"
    assert run(out, "--workers", "1").returncode == 0
    open_ensemble(out).verify()
    return out


@pytest.mark.parametrize("more", [("--workers", "2"), ("--workers", "2", "--pool", "processes")])
def test_two_workers(whole: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    assert run(tmp_path / "a.zarr", *more).returncode == 0
    assert content(tmp_path / "a.zarr") == content(whole)


def test_three_jobs_merged(whole: Path, tmp_path: Path) -> None:
    parts = [tmp_path / f"{i}.zarr" for i in range(3)]
    for i, part in enumerate(parts):
        assert run(part, "--shard", f"{i}/3").returncode == 0
    merge(parts, tmp_path / "a.zarr", chunk=CHUNK)
    assert content(tmp_path / "a.zarr") == content(whole)


@pytest.mark.parametrize("pool", ["threads", "processes"])
def test_killed_five_times(whole: Path, tmp_path: Path, pool: str) -> None:
    out, chance, told = tmp_path / "a.zarr", random.Random(7), ("--workers", "2", "--pool", pool)
    for _ in range(5):
        before = blocks_done(out)
        with subprocess.Popen(command(out, *told), stderr=subprocess.DEVNULL) as process:
            least = before + chance.randint(0, 4)
            wait_until(lambda least=least: blocks_done(out) >= least)
            time.sleep(chance.random() * 0.2)
            process.send_signal(signal.SIGKILL)
        assert not out.exists()
    assert blocks_done(out) < COUNT // CHUNK
    assert run(out, *told).returncode == 0
    assert content(out) == content(whole)
    assert [path.name for path in tmp_path.iterdir()] == ["a.zarr"]


def test_a_dead_worker_process_is_replaced(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    with subprocess.Popen(command(out, "--workers", "2", "--pool", "processes")) as process:
        wait_until(lambda: blocks_done(out) >= 2)
        os.kill(children(process.pid)[-1], signal.SIGKILL)
        assert process.wait() == 0
    assert content(out) == content(whole)


def children(pid: int) -> list[int]:
    """The worker processes of a pool (not Python's resource tracker)."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    found = re.findall(rf"^\s*(\d+)\s+{pid}\s+.*spawn_main", listed, re.MULTILINE)
    return [int(child) for child in found]


def test_workers_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    with subprocess.Popen(command(out, "--workers", "2", "--pool", "processes"), stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: blocks_done(out) >= 1)
        workers = children(process.pid)
        assert len(workers) == 2
        process.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in workers), seconds=20)


def test_a_cluster(whole: Path, tmp_path: Path) -> None:
    with Cluster(tmp_path) as cluster:
        assert run(tmp_path / "a.zarr", "--scheduler", cluster.address).returncode == 0
    assert content(tmp_path / "a.zarr") == content(whole)


def test_a_cluster_loses_a_worker_and_its_scheduler(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    with Cluster(tmp_path) as cluster, subprocess.Popen(command(out, "--scheduler", cluster.address)) as process:
        wait_until(lambda: blocks_done(out) >= 2)
        cluster.kill("worker-0")
        wait_until(lambda: blocks_done(out) >= 5)
        cluster.kill("scheduler")
        at_loss = blocks_done(out)
        assert at_loss < COUNT // CHUNK
        cluster.start_scheduler()
        for name in ("worker-2", "worker-3"):
            cluster.start_worker(name)
        assert process.wait() == 0
    assert content(out) == content(whole)
    assert recompute_sample(open_ensemble(out), 20).identical == 20


def test_a_scheduler_lost_with_the_run_itself(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    with Cluster(tmp_path) as cluster:
        with subprocess.Popen(command(out, "--scheduler", cluster.address), stderr=subprocess.DEVNULL) as process:
            wait_until(lambda: blocks_done(out) >= 3)
            process.send_signal(signal.SIGKILL)
            cluster.kill("scheduler")
        assert "no scheduler answers" in run(out, "--scheduler", cluster.address).stderr
    assert run(out).returncode == 0  # on this machine, then
    assert content(out) == content(whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte; the store of these tests takes about two."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("pool", ["threads", "processes"])
def test_a_full_disk(whole: Path, small_disk: Path, pool: str) -> None:
    out = small_disk / "a.zarr"
    stopped = run(out, "--pool", pool)
    assert stopped.returncode == 2
    lines = [line for line in stopped.stderr.splitlines() if "surfgrad" in line or "rror" in line]
    assert len(lines) == 1
    assert re.search(r"a\.zarr: cannot be written \(No space left on device\); .*the same command continues", lines[0])
    kept = blocks_done(out)
    assert 0 < kept < COUNT // CHUNK
    told = subprocess.run(
        [sys.executable, "-m", "surfgrad", "verify", str(out)], capture_output=True, text=True, check=False
    )
    assert f"unfinished, {kept} of {COUNT // CHUNK} blocks are there and sound" in told.stderr
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert run(out, "--pool", pool).returncode == 0
    assert content(out) == content(whole)


def test_memory_does_not_grow_with_the_number_of_models(tmp_path: Path) -> None:
    peaks = [peak_memory(tmp_path / f"{count}.zarr", count) for count in (1_000, 100_000)]
    assert peaks[1] < 1.1 * peaks[0]


def peak_memory(out: Path, count: int) -> int:
    """KiB, of a process that makes a store with the toy engine: what is measured is everything but the physics."""
    code = f"""
import resource
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve
from surfgrad.ensembles import generate
generate(ToyPrior(), {count}, 1, {str(out)!r}, periods=PERIODS, solve=toy_solve, chunk=500)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return int(done.stdout)
