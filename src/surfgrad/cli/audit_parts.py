"""The further parts of an audit on a terminal: imprint by band, then everything that has no band."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from surfgrad.cli.verdict_cell import add_in_groups, cell, marked

if TYPE_CHECKING:
    from rich.table import Table

    from surfgrad.audit.record import AuditRecord

Score = Mapping[str, Any]
_TITLES = {
    "spectral": "Spectrum of the whitened Jacobian, by singular value over noise: median [95 % interval]",
    "taylor": "Taylor's test with exact values: median [95 % interval]",
    "consequence": "Inversions through the forward and the engine: median [95 % interval]",
}
_WITHOUT = "Of the imprint nothing can be judged: {}"


def part_tables(record: "AuditRecord") -> "list[Table | str]":
    """Tables of the parts that were made; a sentence in place of one that there was no prior for."""
    scores = record.scores
    found: list[Table | str] = []
    if any(each["part"] == "imprint" for each in scores):
        known = any(each["part"] == "imprint" and each["n"] for each in scores)
        found.append(_imprint(record) if known else _WITHOUT.format(record.summary["further"]["prior_from"]))
    for part, title in _TITLES.items():
        own = [each for each in scores if each["part"] == part and each["verdict"] is not None]
        if own:
            found.append(_by_wave(own, title))
    return found


def _imprint(record: "AuditRecord") -> "Table":
    """Relative errors on and off the training models' subspace; attraction: error near liked depths less elsewhere."""
    from rich.table import Table

    scores = [each for each in record.scores if each["part"] == "imprint" and each["verdict"] is not None]
    bands = list(dict.fromkeys(each["where"] for each in scores))
    prior = record.summary["further"]["prior"]["name"]
    title = f"Imprint of the prior {prior}: error on and off its models' subspace, excess at depths it likes"
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0), title=title, title_justify="left")
    table.min_width = len(title)
    table.add_column("", no_wrap=True)
    for band in bands:
        table.add_column(f"{band} s", justify="right", no_wrap=True)
    lines = _lines(scores).items()
    add_in_groups(table, {key: [cell(each["verdict"], each["median"], 2) for each in line] for key, line in lines})
    return table


def _lines(scores: Iterable[Score]) -> dict[tuple[str, str], list[Score]]:
    """Scores of all bands by wave, and by parameter and metric; a line that nothing was judged in is left out."""
    lines: dict[tuple[str, str], list[Score]] = {}
    for each in scores:
        parameter = "" if each["parameter"] == "all" else f"{each['parameter']} "
        lines.setdefault((each["wave"], f"{parameter}{each['metric']}"), []).append(each)
    return {key: line for key, line in lines.items() if any(each["n"] for each in line)}


def _by_wave(scores: Sequence[Score], title: str) -> "Table":
    """A line for each metric (and range of singular values), a column for each wave, or one for both together."""
    from rich.table import Table

    waves = list(dict.fromkeys(each["wave"] for each in scores))
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0), title=title, title_justify="left")
    table.min_width = len(title)
    for name in ("", *waves):
        table.add_column("both waves" if name == "all" else name, no_wrap=True)
    lines: dict[str, list[str]] = {}
    for each in scores:
        where = "" if each["where"] == "all" else f" {each['where']}"
        lines.setdefault(each["metric"] + where, []).append(_with_interval(each))
    for name, cells in lines.items():
        table.add_row(name, *cells)
    return table


def _with_interval(score: Score) -> str:
    low, high = score["interval"]
    if score["median"] is None:
        return marked(score["verdict"], "")
    interval = "" if low is None else f" \\[{_number(low)} {_number(high)}]"
    return marked(score["verdict"], _number(score["median"])) + interval


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.4g}"
