"""The table of limits as people read it: `python -m surfgrad.audit.limits_table` prints it as in docs/audit.md."""

from collections.abc import Sequence

from surfgrad.audit.thresholds import BY_PART, DECIDING, Thresholds

HEAD = ("metric", "part", "passes", "marginal", "decides", "of the samples; why")


def limits_table(thresholds: Thresholds) -> list[str]:
    """Lines of Markdown, the head first: every metric, by part."""
    rows = [_row(name, part, thresholds) for part, names in BY_PART.items() for name in names]
    return [_line(HEAD), _line(["---"] * len(HEAD)), *map(_line, rows)]


def _row(name: str, part: str, thresholds: Thresholds) -> list[str]:
    limits = thresholds.table[name]
    decides = "yes" if name in DECIDING else ""
    return [f"`{name}`", part, limits.words(limits.good), limits.words(limits.fair), decides, limits.why]


def _line(cells: Sequence[str]) -> str:
    escaped = (each.replace("|", "\\|") for each in cells)
    return f"| {' | '.join(escaped)} |".replace("|  |", "| |")


if __name__ == "__main__":
    print("\n".join(limits_table(Thresholds())))
