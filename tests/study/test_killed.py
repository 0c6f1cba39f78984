"""A study killed at any stage and started again ends with the same summary.json, byte for byte."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.study.conftest import MICRO

from surfgrad.study import run as run_module
from surfgrad.study.folder import StudyFolder
from surfgrad.study.run import run_study
from surfgrad.study.stage import Stage

TINY = replace(
    MICRO,
    name="tiny",
    train_count=210,
    priors=("weak",),
    tested=("weak",),
    sides=("reference",),
    seeds=1,
    losses=("value", "sobolev"),
    steps={"grid-value": 400, "grid-sobolev": 200, "scale-free-value": 8, "scale-free-sobolev": 4},
    looks=100,
)
FULLER = replace(
    MICRO,
    name="fuller",
    architectures=("grid", "scale-free"),
    losses=("value", "sobolev"),
    steps=TINY.steps,
    train_count=210,
    sides=("boundary", "reference"),
)
_SCRIPT = """
import sys
from tests.study.test_killed import FULLER, TINY
from surfgrad.study.run import run_study
if __name__ == "__main__":
    run_study({"tiny": TINY, "fuller": FULLER}[sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]))
"""


@pytest.fixture(autouse=True)
def _no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures come after the summary, and take most of the time."""
    monkeypatch.setattr(run_module, "report_stage", _nothing)


def _nothing(folder: StudyFolder, others: object) -> Stage:
    return Stage("report", "none", lambda progress: {}, {}, needs=("summary",))


def _killed(preset: str, out: Path, workers: int, seen: Path) -> bool:
    """Start a study in a process group of its own and kill the group as soon as `seen` is there; whether that came
    before its end."""
    room = out.parent / f"{out.name}.py"
    room.write_text(_SCRIPT)
    root = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join([str(root / "src"), str(root)])
    process = subprocess.Popen(
        [sys.executable, str(room), preset, str(out), str(workers)],
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
    while process.poll() is None and not seen.exists():
        time.sleep(0.005)
    early = process.poll() is None
    os.killpg(process.pid, signal.SIGKILL) if early else None
    process.wait()
    return early


posix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX's")


@posix
def test_killed_in_a_training_and_restarted_the_summary_is_the_same(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the study trains networks")
    whole = run_study(TINY, tmp_path / "whole", workers=1)
    folder = StudyFolder(tmp_path / "cut")
    assert _killed("tiny", folder.root, 1, folder.stage("set-weak-train"))
    assert not folder.summary.exists()
    again = run_study(TINY, folder.root, workers=1)
    assert again.folder.summary.read_bytes() == whole.folder.summary.read_bytes()
    assert again.records["set-weak-train"]["skipped"]


def test_other_steps_give_another_summary(tmp_path: Path) -> None:
    """Otherwise equal bytes would say nothing."""
    pytest.importorskip("torch", reason="the study trains networks")
    found = {
        run_study(preset, tmp_path / str(number), workers=1).folder.summary.read_text().split('"headline"')[1]
        for number, preset in enumerate((TINY, replace(TINY, seed=2)))
    }
    assert len(found) == 2


KILL_AT = (
    "data/weak-train.zarr.partial",
    "stages/set-weak-train.json",
    "surrogates/grid-weak-sobolev-1.training.safetensors",
    "surrogates/scale-free-tectonic-value-0.training.safetensors",
    "stages/train-grid-weak-sobolev-1.json",
    "data/boundary-test.zarr",
    "audits/exact--reference-test",
    "audits/grid-weak-value-0--weak-test",
    "comparisons/grid-value--tectonic-weak.json",
    "records/profiles.nc",
    "records/kernels.nc",
    "stages/kernels.json",
    "tables/metrics.csv",
    "summary.json",
)


@pytest.mark.slow
@posix
def test_killed_at_a_stage_of_each_kind_by_turns_the_summary_is_the_same(tmp_path: Path) -> None:
    """One study, killed again and again, by one process or three, and one that nobody touched."""
    pytest.importorskip("torch", reason="the study trains networks")
    whole = run_study(FULLER, tmp_path / "whole", workers=2)
    folder = StudyFolder(tmp_path / "cut")
    kills = [_killed("fuller", folder.root, 1 + number % 3, folder.root / name) for number, name in enumerate(KILL_AT)]
    assert sum(kills) >= len(KILL_AT) - 3
    again = run_study(FULLER, folder.root, workers=1)
    assert again.folder.summary.read_bytes() == whole.folder.summary.read_bytes()
    names = sorted(each.name for each in whole.folder.root.joinpath("surrogates").iterdir())
    for name in names:
        one, other = (each.folder.surrogate(name) / "weights.safetensors" for each in (whole, again))
        assert one.read_bytes() == other.read_bytes(), name


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["set-weak-train", "train-grid-weak-sobolev-0", "audit-grid-weak-value-0", "gallery"])
def test_an_exception_in_a_stage_leaves_what_the_next_run_goes_on_from(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="the study trains networks")
    whole = run_study(TINY, tmp_path / "whole", workers=1)

    class Stopped:
        def begin(self, number: int, total: int, title: str) -> None:
            self.title = title

        def advance(self, number: int, done: float, total: float, note: str = "") -> None:
            if 0.3 * total <= done and kind in self.names[number]:
                raise RuntimeError("power cut")

        def end(self, number: int, record: object) -> None:
            pass

        names = {n: each.name for n, each in enumerate(run_module.make_stages(TINY, whole.folder, None), start=1)}

    if kind != "gallery":
        with pytest.raises(RuntimeError, match="power cut"):
            run_study(TINY, tmp_path / "cut", workers=1, progress=Stopped())
    again = run_study(TINY, tmp_path / "cut", workers=1)
    assert again.folder.summary.read_bytes() == whole.folder.summary.read_bytes()
