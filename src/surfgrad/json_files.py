"""JSON files: written whole or not at all, read as plain data that may be anything."""

import json
from pathlib import Path
from typing import Any

from surfgrad.errors import FormatError
from surfgrad.files import replacing
from surfgrad.text import cause


def read_json(path: Path) -> Any:
    """The file's content; FormatError naming the file where it is not JSON, OSError where it cannot be opened."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, or brackets nested without end
        raise FormatError(f"{path}: not a JSON file ({cause(error)})") from None


def write_json(path: Path, content: Any) -> None:
    """Write `content` into a folder that is made if need be; NaN is refused, since it is not JSON."""
    text = json.dumps(content, indent=1, allow_nan=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
