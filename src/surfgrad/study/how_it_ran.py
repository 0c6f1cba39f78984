"""run.json: what no two runs of a study share, and no number of it depends on."""

import shlex
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from surfgrad.json_files import read_json, write_json
from surfgrad.study.folder import FORMAT, StudyFolder
from surfgrad.study.presets import Preset
from surfgrad.study.tables import write_csv

_TIMES = ("stage", "title", "state", "seconds", "cpu_seconds")


def begin_run(preset: Preset, folder: StudyFolder, settings: Mapping[str, Any]) -> None:
    """Write command, date and workers; `stages` is empty until `note_times`."""
    content = {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command(preset.name, settings),
        "workers": settings["workers"],
        "stages": [],
    }
    write_json(folder.run, content)


def note_times(folder: StudyFolder, names: Iterable[str]) -> None:
    """Put the time (s, waited and computed) of each stage that has a record into run.json and tables/stages.csv."""
    records = [read_json(folder.stage(name)) for name in names if folder.stage(name).is_file()]
    stages = [{key: record[key] for key in _TIMES} for record in records]
    write_csv(stages, folder.table("stages"))
    write_json(folder.run, read_json(folder.run) | {"stages": stages})


def command(preset: str, settings: Mapping[str, Any]) -> str:
    """The line that makes this study again."""
    words = ["surfgrad", "study", "--preset", preset, "--out", str(settings["out"])]
    if settings.get("observed"):
        words += ["--observed", str(settings["observed"])]
    return shlex.join(words)
