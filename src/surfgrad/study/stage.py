"""One stage of a study: runs once, leaves a record, and is not run again while its inputs stay the same."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from surfgrad.errors import FormatError
from surfgrad.json_files import read_json, write_json
from surfgrad.study.folder import StudyFolder
from surfgrad.study.progress import Progress

DONE, ABSENT, INTERRUPTED = "done", "absent", "interrupted"
Record = dict[str, Any]
Records = Mapping[str, Mapping[str, Any]]


NO_TIME = {"seconds": 0.0, "cpu_seconds": 0.0}
"""What a stage takes: as people wait, and what its process computes, whatever else the machine does meanwhile."""


class Clock:
    """Time since now, and what the record's stage had taken before."""

    def __init__(self, record: Record) -> None:
        self._before = {name: float(record[name]) for name in NO_TIME}
        self._begun = self._now()

    def read(self) -> dict[str, float]:
        """`NO_TIME`'s entries, s."""
        now = self._now()
        return {name: round(self._before[name] + now[name] - self._begun[name], 3) for name in NO_TIME}

    @staticmethod
    def _now() -> dict[str, float]:
        return {"seconds": time.monotonic(), "cpu_seconds": time.process_time()}


class AbsentError(Exception):
    """What the stage needs is not installed; the study goes on without it and says so."""


@dataclass(frozen=True)
class Stage:
    """`run(progress)` makes `outputs` and returns facts for the record (plain data).

    `inputs`: plain data that the outcome depends on; `needs`: stages that must be done before. With `optional_needs` a
    missing one is tolerated.
    """

    name: str
    title: str
    run: Callable[[Progress], Mapping[str, Any]]
    inputs: Mapping[str, Any]
    outputs: Sequence[Path] = ()
    needs: Sequence[str] = ()
    optional_needs: Sequence[str] = field(default=())

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Everything that has to have a record first."""
        return (*self.needs, *self.optional_needs)


def prepare(stage: Stage, records: Records, folder: StudyFolder) -> tuple[Record, bool]:
    """The stage's record before it runs, and whether it has to run: not where it was done before, nor where a need is
    absent. `records`: of all stages that it waits for."""
    before = _earlier(folder.stage(stage.name))
    inputs = _hash(stage, records)
    if before.get("state") == DONE and before.get("inputs") == inputs and all(o.exists() for o in stage.outputs):
        return before | {"skipped": True}, False
    record: Record = {"stage": stage.name, "title": stage.title, "inputs": inputs, "facts": {}, **NO_TIME}
    gone = [name for name in stage.needs if records[name]["state"] != DONE]
    if gone:
        record |= {"state": ABSENT, "reason": records[gone[0]]["reason"]}
        write_json(folder.stage(stage.name), record)
        return record, False
    if before.get("state") == INTERRUPTED:
        record |= {name: float(before.get(name, 0.0)) for name in NO_TIME}
    return record, True


def perform(stage: Stage, record: Record, folder: StudyFolder, progress: Progress) -> Record:
    """Run the stage and write its record, which is returned. An exception leaves it "interrupted" and travels on."""
    path, clock = folder.stage(stage.name), Clock(record)
    outcome: Record = {"begun": _now()}
    try:
        outcome |= {"state": DONE, "facts": dict(stage.run(progress))}
    except AbsentError as error:
        outcome |= {"state": ABSENT, "reason": str(error)}
    except BaseException:
        write_json(path, record | {"state": INTERRUPTED, **clock.read()})
        raise
    outcome = record | outcome | clock.read() | {"finished": _now()}
    write_json(path, outcome)
    return outcome


def _earlier(path: Path) -> Record:
    """The record of an earlier run; a damaged one counts as none, and the stage runs again."""
    if not path.is_file():
        return {}
    try:
        found = read_json(path)
    except FormatError:
        return {}
    return found if isinstance(found, dict) else {}


def _hash(stage: Stage, records: Records) -> str:
    """A stage depends on its own inputs, and on the inputs and outcome of the stages that it builds on."""
    upstream = {name: [records[name]["inputs"], records[name]["state"]] for name in stage.waits_for}
    text = json.dumps([stage.inputs, upstream], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
