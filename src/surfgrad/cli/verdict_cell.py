"""A verdict and its number in a cell of a terminal's table, and lines of such cells."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

MARKS = {
    "PASS": ("green", "pass"),
    "MARGINAL": ("yellow", "marg"),
    "FAIL": ("red", "FAIL"),
    "CANNOT JUDGE": ("dim", "n/a"),
}
"""Short words beside the colours, so that a table reads without them."""


def marked(verdict: str, number: str) -> str:
    """Word and number in the verdict's colour."""
    style, word = MARKS[verdict]
    return f"[{style}]{word} {number}".rstrip() + "[/]"


def small_cell(verdict: str, value: float | None) -> str:
    """Verdict and one digit of a number whose power of ten is what matters, in at most nine columns."""
    if value is None or value == 0:
        return marked(verdict, "" if value is None else "0")
    digit, power = f"{value:.0e}".split("e")
    return marked(verdict, f"{digit}e{int(power)}")


def add_in_groups(table: "Table", lines: Mapping[tuple[str, str], Sequence[str]]) -> None:
    """Add lines of cells by (group, name): a group on a line of its own above its names leaves room for six bands in 80
    columns.
    """
    for group in dict.fromkeys(group for group, _ in lines):
        table.add_row(group)
        for (of, name), cells in lines.items():
            if of == group:
                table.add_row(f"  {name}", *cells)


def cell(verdict: str, value: float | None, decimals: int) -> str:
    """Verdict and number in at most nine columns, so that six bands fit an 80-column terminal."""
    if value is None:
        return marked(verdict, "")
    rounded = round(value, decimals) + 0.0  # no "-0.00"
    return marked(verdict, f"{value:.0f}" if value >= 10 else f"{rounded:.{decimals}f}")
