"""How the questions' paragraphs write numbers: only numbers that stand in `numbers`, all by the same rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from surfgrad.report.names import WAVES

NONE = "none"


def said(value: float | None) -> str:
    """Two significant digits, whole from 100 on; a count as it is."""
    if value is None:
        return NONE
    if isinstance(value, int) or abs(value) >= 99.5:
        return f"{value:.0f}"
    return f"{float(f'{value:.2g}'):g}"


def spread(found: Mapping[str, Any], key: str = "median") -> str:
    """`0.29 (0.28 to 0.31)`, the ends only where they are written unlike the middle."""
    ends = [said(found["low"]), said(found["high"])]
    text = said(found[key])
    return text if found["low"] is None or ends == [text, text] else f"{text} ({ends[0]} to {ends[1]})"


def of(count: int, whole: int, thing: str, things: str | None = None) -> str:
    """`3 of 4 bands`, `both bands`, `the one band`, `none of 4 bands`."""
    plural = things or f"{thing}s"
    if count == whole and whole:
        return {1: f"the one {thing}", 2: f"both {plural}"}.get(whole, f"all {said(whole)} {plural}")
    return f"{said(count) if count else NONE} of {said(whole)} {thing if whole == 1 else plural}"


def again(count: int, whole: int) -> str:
    """As `of`, where the things have been named: `3 of 4`, `both`, `all of them`, `none`."""
    if count == whole and whole:
        return {1: "it", 2: "both"}.get(whole, "all of them")
    return f"{said(count)} of {said(whole)}" if count else NONE


def without_loss(title: str) -> str:
    """The title of a kind of network in a sentence that has named the loss."""
    return title.rsplit(", ", 1)[0]


def fine(value: float | None) -> str:
    """A number near one, to four decimals."""
    return NONE if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


KIND = ("kind of network", "kinds of network")


def place(found: Mapping[str, Any]) -> str:
    """`Rayleigh, 2-5 s`."""
    return f"{WAVES[found['wave']]}, {found['band']} s"


def in_order(entries: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Losses and places that entries have: values alone before taught kernels, the own prior before all else."""
    pairs = {(each["loss"], each["where"]) for each in entries}
    return sorted(pairs, key=lambda pair: (pair[0] != "value", pair[1] != "own prior"))
