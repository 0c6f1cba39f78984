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
from surfgrad.study.folder import StudyFolder, read_json, write_json
from surfgrad.study.progress import Progress

DONE, ABSENT, INTERRUPTED = "done", "absent", "interrupted"


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


def run_stages(stages: Sequence[Stage], folder: StudyFolder, progress: Progress) -> dict[str, dict[str, Any]]:
    """Run what is not done yet, in order; returns every stage's record by name.

    A stage whose need is absent is absent too. An exception leaves the record "interrupted" and travels on.
    """
    records: dict[str, dict[str, Any]] = {}
    for number, stage in enumerate(stages, start=1):
        progress.begin(number, len(stages), stage.title)
        records[stage.name] = _settle(stage, records, folder, progress)
        progress.end(records[stage.name])
    return records


def _settle(
    stage: Stage, records: Mapping[str, Mapping[str, Any]], folder: StudyFolder, progress: Progress
) -> dict[str, Any]:
    path = folder.stage(stage.name)
    before = _earlier(path)
    inputs_hash = _hash(stage, records)
    if before.get("state") == DONE and before.get("inputs") == inputs_hash and all(o.exists() for o in stage.outputs):
        return before | {"skipped": True}
    gone = [name for name in stage.needs if records[name]["state"] != DONE]
    record: dict[str, Any] = {"stage": stage.name, "title": stage.title, "inputs": inputs_hash}
    if gone:
        record |= {"state": ABSENT, "seconds": 0.0, "facts": {}, "reason": records[gone[0]]["reason"]}
    else:
        spent = float(before.get("seconds", 0.0)) if before.get("state") == INTERRUPTED else 0.0
        record |= _run(stage, path, record, spent, progress)
    write_json(path, record)
    return record


def _run(stage: Stage, path: Path, record: dict[str, Any], spent: float, progress: Progress) -> dict[str, Any]:
    begun, clock = _now(), time.monotonic()
    outcome: dict[str, Any] = {"begun": begun}
    try:
        outcome |= {"state": DONE, "facts": dict(stage.run(progress))}
    except AbsentError as error:
        outcome |= {"state": ABSENT, "facts": {}, "reason": str(error)}
    except BaseException:
        write_json(path, record | {"state": INTERRUPTED, "seconds": _seconds(spent, clock), "facts": {}})
        raise
    return outcome | {"seconds": _seconds(spent, clock), "finished": _now()}


def _seconds(spent: float, clock: float) -> float:
    return round(spent + time.monotonic() - clock, 3)


def _earlier(path: Path) -> dict[str, Any]:
    """The record of an earlier run; a damaged one counts as none, and the stage runs again."""
    if not path.is_file():
        return {}
    try:
        found = read_json(path)
    except FormatError:
        return {}
    return found if isinstance(found, dict) else {}


def _hash(stage: Stage, records: Mapping[str, Mapping[str, Any]]) -> str:
    """A stage depends on its own inputs, and on the inputs and outcome of the stages that it builds on."""
    upstream = {
        name: [records[name]["inputs"], records[name]["state"]] for name in (*stage.needs, *stage.optional_needs)
    }
    text = json.dumps([stage.inputs, upstream], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
