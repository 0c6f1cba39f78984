"""A run that is killed, not asked to stop: whatever was being written then, the resumed store is the same."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import generate

ROOT = Path(__file__).resolve().parents[2]
SLOWLY = """
import sys, time
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve
from surfgrad.ensembles import generate

def slow(*arrays, **options):
    time.sleep(0.01)
    return toy_solve(*arrays, **options)

generate(ToyPrior(), 400, 1, sys.argv[1], periods=PERIODS, chunk=10, workers=1, solve=slow)
"""


@pytest.mark.parametrize("chunks", [1, 7])
def test_a_killed_run_resumes_to_the_same_store(tmp_path: Path, chunks: int) -> None:
    out = tmp_path / "cut.zarr"
    done = tmp_path / "cut.zarr.partial" / "done"
    with subprocess.Popen([sys.executable, "-c", SLOWLY, str(out)], cwd=ROOT) as process:
        while process.poll() is None and (not done.is_dir() or len(list(done.iterdir())) < chunks):
            time.sleep(0.002)
        process.kill()
    finished = len(list(done.iterdir()))
    assert chunks <= finished < 40
    assert not out.exists()
    resumed = generate(ToyPrior(), 400, 1, out, periods=PERIODS, chunk=10, solve=toy_solve)
    whole = generate(ToyPrior(), 400, 1, tmp_path / "whole.zarr", periods=PERIODS, solve=toy_solve)
    assert resumed.card == whole.card
    resumed.verify()


def test_remains_of_a_kill_in_the_last_step_are_cleared(tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    generate(ToyPrior(), 5, 1, out, periods=PERIODS, solve=toy_solve)
    remains = tmp_path / "a.zarr.partial"
    (remains / "done").mkdir(parents=True)
    (remains / "identity.json").write_text("{}")
    generate(ToyPrior(), 5, 1, out, periods=PERIODS, solve=toy_solve)
    assert not remains.exists()
