"""Tables in documentation that scripts write: what stands between two markers is replaced, the rest stays."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from surfgrad.errors import UsageError


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def replace_between(path: Path, name: str, text: str) -> None:
    """Put `text` between the markers <!-- name --> and <!-- end of name -->. UsageError where they are not there."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = path.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise UsageError(f"{path}: no lines {begin} and {end}; write them where the table is to stand")
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
