"""Stages run once, resume, and pass absence on."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from surfgrad.study.folder import StudyFolder
from surfgrad.study.progress import Progress, Silent
from surfgrad.study.schedule import run_stages
from surfgrad.study.stage import ABSENT, DONE, INTERRUPTED, AbsentError, Stage


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    return StudyFolder(tmp_path)


def _counting(calls: list[str], name: str) -> Callable[[Progress], Mapping[str, Any]]:
    def run(progress: Progress) -> Mapping[str, Any]:
        calls.append(name)
        return {"name": name}

    return run


def _two(calls: list[str], size: int = 1) -> list[Stage]:
    first = Stage("a", "first", _counting(calls, "a"), {"size": size})
    return [first, Stage("b", "second", _counting(calls, "b"), {}, needs=("a",))]


def test_a_finished_stage_is_not_run_again(folder: StudyFolder) -> None:
    calls: list[str] = []
    run_stages(_two(calls), folder, Silent())
    records = run_stages(_two(calls), folder, Silent())
    assert calls == ["a", "b"]
    assert records["b"]["skipped"]
    assert records["b"]["facts"] == {"name": "b"}


def test_other_inputs_run_the_stage_and_those_built_on_it(folder: StudyFolder) -> None:
    calls: list[str] = []
    run_stages(_two(calls), folder, Silent())
    run_stages(_two(calls, size=2), folder, Silent())
    assert calls == ["a", "b", "a", "b"]


def test_a_missing_output_runs_the_stage_again(folder: StudyFolder, tmp_path: Path) -> None:
    calls: list[str] = []

    def run(progress: Progress) -> Mapping[str, Any]:
        calls.append("a")
        (tmp_path / "out").write_text("x")
        return {}

    stages = [Stage("a", "first", run, {}, outputs=(tmp_path / "out",))]
    run_stages(stages, folder, Silent())
    (tmp_path / "out").unlink()
    run_stages(stages, folder, Silent())
    assert calls == ["a", "a"]


def test_an_interrupted_stage_is_recorded_as_such_and_runs_again(folder: StudyFolder) -> None:
    calls: list[str] = []

    def stop(progress: Progress) -> Mapping[str, Any]:
        raise KeyboardInterrupt

    first, second = _two(calls)
    with pytest.raises(KeyboardInterrupt):
        run_stages([first, Stage("b", "second", stop, {}, needs=("a",))], folder, Silent())
    assert f'"{INTERRUPTED}"' in folder.stage("b").read_text()
    records = run_stages([first, second], folder, Silent())
    assert calls == ["a", "b"]
    assert records["b"]["state"] == DONE


def test_absence_is_passed_on_with_its_reason_and_tried_again(folder: StudyFolder) -> None:
    calls: list[str] = []

    def absent(progress: Progress) -> Mapping[str, Any]:
        calls.append("a")
        raise AbsentError("not installed")

    def stages() -> list[Stage]:
        return [
            Stage("a", "first", absent, {}),
            Stage("b", "needs it", _counting(calls, "b"), {}, needs=("a",)),
            Stage("c", "does without", _counting(calls, "c"), {}, optional_needs=("a",)),
        ]

    records = run_stages(stages(), folder, Silent())
    assert [records[name]["state"] for name in "abc"] == [ABSENT, ABSENT, DONE]
    assert records["b"]["reason"] == "not installed"
    run_stages(stages(), folder, Silent())
    assert calls == ["a", "c", "a"]


def test_a_damaged_record_counts_as_none(folder: StudyFolder) -> None:
    calls: list[str] = []
    run_stages(_two(calls), folder, Silent())
    folder.stage("a").write_text("{")
    run_stages(_two(calls), folder, Silent())
    assert calls == ["a", "b", "a"]
