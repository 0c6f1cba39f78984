"""Tables in documentation that scripts write: what stands between two markers is replaced, the rest stays."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from surfgrad.errors import UsageError
from surfgrad.files import replacing


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def replace_between(path: Path, name: str, text: str) -> None:
    """Put `text` between the markers <!-- name --> and <!-- end of name -->. UsageError where they are not there."""
    before, _, after = _split(path.read_text(encoding="utf-8"), name, path)
    begin, end = _markers(name)
    with replacing(path) as temporary:
        temporary.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def between(page: str, name: str) -> str:
    """What stands there."""
    return _split(page, name, "the page")[1].strip("\n")


def without_tables(page: str) -> str:
    """The page without what stands between markers."""
    return re.sub(r"<!-- (.+?) -->\n.*?<!-- end of \1 -->", "", page, flags=re.DOTALL)


def _markers(name: str) -> tuple[str, str]:
    return f"<!-- {name} -->", f"<!-- end of {name} -->"


def _split(page: str, name: str, where: Path | str) -> tuple[str, str, str]:
    begin, end = _markers(name)
    before, found, rest = page.partition(begin)
    text, closed, after = rest.partition(end)
    if not found or not closed:
        raise UsageError(f"{where}: no lines {begin} and {end}; write them where the table is to stand")
    return before, text, after
