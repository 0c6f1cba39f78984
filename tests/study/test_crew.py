"""Stages side by side end as they do one by one, and nobody is left at work when something stops the study."""

import os
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from surfgrad.errors import UsageError
from surfgrad.json_files import read_json
from surfgrad.study.crew import ONE_THREAD, Processes, Recipe
from surfgrad.study.folder import StudyFolder
from surfgrad.study.progress import Progress, Silent
from surfgrad.study.schedule import run_stages
from surfgrad.study.stage import ABSENT, DONE, INTERRUPTED, AbsentError, Stage


class OddError(Exception):
    """Cannot be rebuilt from its message alone."""

    def __init__(self, word: str, number: int) -> None:
        super().__init__(f"{word} {number}")


def _work(name: str, deed: str, progress: Progress) -> Mapping[str, Any]:
    progress.advance(0.0, 1.0)
    if deed == "absent":
        raise AbsentError("not installed")
    if deed == "odd":
        raise OddError("one", 2)
    if deed == "die":
        os._exit(9)
    if deed.startswith("sleep "):
        Path(deed.removeprefix("sleep ")).touch()
        time.sleep(60.0)
    if deed.startswith("fail after "):
        while not Path(deed.removeprefix("fail after ")).exists():
            time.sleep(0.01)
        raise UsageError("bad input")
    if deed == "threads":
        return {key: os.environ[key] for key in ONE_THREAD}
    return {"name": name, "process": os.getpid()}


def _stages(deeds: Mapping[str, str]) -> Sequence[Stage]:
    """One after the other's name: "b<a" waits for a."""
    found = []
    for text, deed in deeds.items():
        name, _, needs = text.partition("<")
        found.append(Stage(name, name, partial(_work, name, deed), {}, needs=tuple(filter(None, needs.split("+")))))
    return found


def _run(folder: StudyFolder, deeds: Mapping[str, str], count: int = 2) -> dict[str, dict[str, Any]]:
    with Processes(count, Recipe(_stages, (deeds,), folder), Silent()) as crew:
        return run_stages(_stages(deeds), folder, Silent(), crew)


def test_the_environment_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    monkeypatch.setenv("NUMBA_NUM_THREADS", "2")
    before = dict(os.environ)
    _run(StudyFolder(tmp_path), {"a": ""}, count=1)
    assert dict(os.environ) == before


def test_records_are_in_the_order_of_the_stages_and_of_other_processes(tmp_path: Path) -> None:
    records = _run(StudyFolder(tmp_path), {"a": "", "b<a": "", "c": "absent", "d<c": "", "e<a+b": "threads"})
    assert list(records) == ["a", "b", "c", "d", "e"]
    assert [each["state"] for each in records.values()] == [DONE, DONE, ABSENT, ABSENT, DONE]
    assert records["d"]["reason"] == "not installed"
    assert records["a"]["facts"]["process"] != os.getpid()
    assert records["e"]["facts"] == ONE_THREAD


def test_a_failing_stage_fails_the_study_in_its_own_words_and_stops_the_others(tmp_path: Path) -> None:
    folder, asleep = StudyFolder(tmp_path), tmp_path / "asleep"
    began = time.monotonic()
    with pytest.raises(UsageError, match="bad input"):
        _run(folder, {"slow": f"sleep {asleep}", "bad": f"fail after {asleep}"})
    assert time.monotonic() - began < 30.0
    assert read_json(folder.stage("bad"))["state"] == INTERRUPTED
    assert read_json(folder.stage("slow"))["state"] == INTERRUPTED


def test_an_error_that_cannot_travel_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="OddError: one 2"):
        _run(StudyFolder(tmp_path), {"a": "odd"}, count=1)


def test_a_process_that_dies_is_reported_with_its_stage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"the process of stage b ended with 9"):
        _run(StudyFolder(tmp_path), {"a": "", "b<a": "die"})
