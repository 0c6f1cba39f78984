"""Results that the documentation quotes: a small JSON file a run in `benchmarks/results`, command and versions inside.

A benchmark called with `--keep` writes its file and fills in the pages again; `python -m benchmarks.pages` does the
latter alone. Numbers are kept to eight digits; how many of them a page shows is a matter for its table.
"""

import json
import math
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from surfgrad.errors import UsageError
from surfgrad.files import replacing

FOLDER = Path(__file__).with_name("results")
DIGITS = 8
Record = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """One run: what was called, when and with what, and its numbers as named lists of records."""

    command: str
    created: str
    versions: dict[str, str]
    note: str
    tables: dict[str, list[Record]]


def keep(name: str, command: str, tables: Mapping[str, Sequence[Record]], packages: Sequence[str] = ()) -> Path:
    """Write `name`.json. `packages`: what was compared with, of whose versions the numbers speak."""
    result = {
        "command": command,
        "created": date.today().isoformat(),
        "versions": versions(["surfgrad", "numpy", "numba", *packages]),
        "note": "",
    }
    return write(name, {**result, "tables": tables})


def write(name: str, result: Mapping[str, Any]) -> Path:
    """As it stands, a record a line, so that a change of one number is a change of one line."""
    head = {key: value for key, value in result.items() if key != "tables"}
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    blocks = []
    for key, records in result["tables"].items():
        rows = ",\n".join(f"      {json.dumps(_short(record), ensure_ascii=False)}" for record in records)
        blocks.append(f"    {json.dumps(key)}: [\n{rows}\n    ]")
    text = "{\n" + "\n".join(lines) + '\n  "tables": {\n' + ",\n".join(blocks) + "\n  }\n}\n"
    path = FOLDER / f"{name}.json"
    with replacing(path) as temporary:
        Path(temporary).write_text(text, encoding="utf-8")
    return path


def kept(name: str) -> Kept:
    """Read `name`.json. UsageError where it is not there."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        raise UsageError(f"{path}: no such result; its benchmark writes it with --keep")
    return Kept(**json.loads(path.read_text(encoding="utf-8")))


def _short(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_short(each) for each in value]
    if isinstance(value, float):  # numpy's doubles are floats; NaN is no JSON
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return value


def versions(packages: Sequence[str]) -> dict[str, str]:
    """Of the interpreter and those packages that are there."""
    found = {"python": platform.python_version(), "system": sys.platform}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
