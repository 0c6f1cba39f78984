"""A study killed at any stage and started again ends with the same summary.json, byte for byte."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.study.conftest import MICRO

from surfgrad.study import run as run_module
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import make_plan
from surfgrad.study.progress import Silent
from surfgrad.study.run import run_study
from surfgrad.study.stage import Stage

TINY = replace(
    MICRO,
    name="tiny",
    train_count=60,
    priors=("weak",),
    tested=("weak",),
    sides=("reference",),
    seeds=1,
    losses=("sobolev",),
    steps={"grid-sobolev": 60, "scale-free-sobolev": 30},
    looks=30,
)
SCALE_FREE = replace(TINY, name="scale-free", architectures=("scale-free",))
FULLER = replace(MICRO, name="fuller", steps={"grid-value": 120}, looks=30, sides=("boundary", "reference"))
PRESETS = {each.name: each for each in (TINY, SCALE_FREE, FULLER)}
_SCRIPT = """
import sys
from tests.study.test_killed import PRESETS, prepare
from surfgrad.study.run import run_study
prepare()
if __name__ == "__main__":
    run_study(PRESETS[sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]))
"""


def prepare() -> None:
    """For every process of a study that is to be killed: trainings save their state at each judgement; no figures."""
    from surfgrad.surrogates.train import train

    assert train.__kwdefaults__ is not None
    train.__kwdefaults__["save_seconds"] = 0.0
    run_module.report_stage = _nothing


@pytest.fixture(autouse=True)
def _no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures come after the summary, and take most of the time."""
    monkeypatch.setattr(run_module, "report_stage", _nothing)


def _nothing(folder: StudyFolder, others: Sequence[str]) -> Stage:
    return Stage("report", "none", lambda progress: {}, {}, needs=("summary",))


def _killed(preset: str, out: Path, workers: int, seen: str) -> bool:
    """Start a study in a process group of its own and kill the group as soon as `seen` is there; whether that came
    before its end."""
    script = out.parent / "study.py"
    script.write_text(_SCRIPT)
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, str(script), preset, str(out), str(workers)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])},
        start_new_session=True,
    )
    while process.poll() is None and not (out / seen).exists():
        time.sleep(0.005)
    early = process.poll() is None
    if early:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return early


posix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX's")


@posix
@pytest.mark.parametrize("name", ["tiny", pytest.param("scale-free", marks=pytest.mark.slow)])
def test_killed_in_a_training_and_restarted_the_summary_is_the_same(name: str, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the study trains networks")
    preset = PRESETS[name]
    training = make_plan(preset).trainings[0].name
    whole = run_study(preset, tmp_path / "whole", workers=1)
    state = f"surrogates/{training}.training.safetensors"
    assert _killed(name, tmp_path / "cut", 1, state)
    assert (tmp_path / "cut" / state).exists()
    again = run_study(preset, tmp_path / "cut", workers=1)
    assert again.folder.summary.read_bytes() == whole.folder.summary.read_bytes()
    assert again.records["set-weak-train"]["skipped"]


KILL_AT = (
    "data/weak-train.zarr.partial",
    "stages/set-weak-train.json",
    "surrogates/grid-tectonic-value-1.training.safetensors",
    "stages/train-grid-weak-value-1.json",
    "data/boundary-test.zarr",
    "audits/exact--reference-test",
    "audits/grid-weak-value-0--weak-test",
    "comparisons/grid-value--tectonic-weak.json",
    "records/profiles.nc",
    "records/kernels.nc",
    "tables/metrics.csv",
    "summary.json",
)


@pytest.mark.slow
def test_another_seed_gives_another_summary(tmp_path: Path) -> None:
    """Otherwise equal bytes would say nothing."""
    pytest.importorskip("torch", reason="the study trains networks")
    one, other = (run_study(replace(TINY, seed=seed), tmp_path / str(seed), workers=1).summary for seed in (1, 2))
    assert one["rows"] != other["rows"]


@pytest.mark.slow
@posix
def test_killed_at_stages_of_every_kind_the_summary_is_the_same(tmp_path: Path) -> None:
    """One study, killed again and again, of one process, two and three by turns; and one that nobody touched."""
    pytest.importorskip("torch", reason="the study trains networks")
    whole = run_study(FULLER, tmp_path / "whole", workers=2)
    cut = tmp_path / "cut"
    kills = {name: _killed("fuller", cut, 1 + number % 3, name) for number, name in enumerate(KILL_AT)}
    missed = [name for name, early in kills.items() if not early]
    assert len(missed) <= 2, missed  # the last stages may be over before the kill comes
    again = run_study(FULLER, cut, workers=1)
    assert again.folder.summary.read_bytes() == whole.folder.summary.read_bytes()
    for training in make_plan(FULLER).trainings:
        one, other = (each.folder.surrogate(training.name) / "weights.safetensors" for each in (whole, again))
        assert one.read_bytes() == other.read_bytes(), training.name


class Cut(Silent):
    """Breaks off in the stage of that name, at its first word."""

    def __init__(self, stage: str) -> None:
        self.stage, self.title, self.hit = stage, "", False

    def begin(self, number: int, total: int, title: str) -> None:
        self.title = title

    def advance(self, number: int, done: float, total: float, note: str = "") -> None:
        if self.title == self.stage and done >= 0.3 * total:
            self.hit = True
            raise RuntimeError("power cut")


@pytest.mark.slow
@pytest.mark.parametrize(
    "stage",
    ["models: weak prior, training", "training: grid-weak-sobolev-0", "audit: grid-weak-sobolev-0 on weak-test"],
)
def test_after_an_exception_too(stage: str, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the study trains networks")
    whole = run_study(TINY, tmp_path / "whole", workers=1)
    cut = Cut(stage)
    with pytest.raises(RuntimeError, match="power cut"):
        run_study(TINY, tmp_path / "cut", workers=1, progress=cut)
    assert cut.hit
    again = run_study(TINY, tmp_path / "cut", workers=1)
    assert again.folder.summary.read_bytes() == whole.folder.summary.read_bytes()
