"""The folder of one inversion: posterior.nc and summary.json, written whole or not at all."""

import json
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from surfgrad.files import replacing
from surfgrad.inversion.record import groups_of
from surfgrad.inversion.run import Inversion
from surfgrad.inversion.summary import summarised
from surfgrad.netcdf import write_groups

FORMAT = "surfgrad-inversion/1"


def write_inversion(
    done: Inversion, folder: str | Path, *, source: str, options: dict[str, Any], command: str = ""
) -> dict[str, Any]:
    """Write both files, the summary last; returns it. `source`: the data's name. `options`: what was asked for, and
    `command`: how to ask for it again, where it was asked for by one.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    summary = {
        "format": FORMAT,
        "created": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "versions": {"surfgrad": version("surfgrad")},
        "source": source,
        "options": options,
        "command": command,
        **summarised(done),
    }
    text = json.dumps(summary, indent=1, allow_nan=False)  # a NaN is refused before anything is written
    write_groups(groups_of(done), folder / "posterior.nc")
    with replacing(folder / "summary.json") as temporary:
        temporary.write_text(text + "\n", encoding="utf-8")
    return summary
