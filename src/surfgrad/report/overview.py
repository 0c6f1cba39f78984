"""The verdicts at a glance: a line for each kind of network, a cell for each place and parameter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from surfgrad.report.matrix import PARAMETERS
from surfgrad.report.networks import Kind, kinds_of
from surfgrad.report.numbers import short

Row = Mapping[str, Any]
VERDICTS = ("PASS", "MARGINAL", "FAIL")
_INKS = {"PASS": "--pass", "MARGINAL": "--marginal", "FAIL": "--fail"}


@dataclass(frozen=True)
class Share:
    """Verdicts of one kind, place and parameter: the typical error, how many pass, and the ground that shows it."""

    number: str
    word: str
    ground: str
    detail: str


@dataclass(frozen=True)
class Block:
    """The kinds of one architecture: title of each, and its cells."""

    architecture: str
    lines: Sequence[tuple[str, Sequence[Share]]]


@dataclass(frozen=True)
class Overview:
    """`scopes` x `parameters` across, `blocks` down."""

    scopes: Sequence[str]
    parameters: Sequence[str]
    blocks: Sequence[Block]


def make_overview(summary: Mapping[str, Any]) -> Overview:
    """Of all networks of the summary, those that the page has no room for too."""
    places = {(each["surrogate"], each["test_set"]): each["scope"] for each in summary["audits"]}
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in summary["rows"]:
        # Love waves do not see Vp: half of the Vp kernels would be zeros, and pass for nothing.
        if (row["wave"], row["parameter"]) == ("love", "vp"):
            continue
        place = places[row["surrogate"], row["test_set"]]
        found.setdefault((row["surrogate"], place, row["parameter"]), []).append(row)
    kinds = kinds_of(dict.fromkeys(row["surrogate"] for row in summary["rows"]))
    scopes = list(dict.fromkeys(places.values()))
    parameters = list(dict.fromkeys(row["parameter"] for row in summary["rows"]))
    columns = [(scope, parameter) for scope in scopes for parameter in parameters]
    blocks = []
    for architecture in dict.fromkeys(kind.architecture for kind in kinds):
        own = {kind: names for kind, names in kinds.items() if kind.architecture == architecture}
        lines = [(_title(kind), [_share(found, names, *each) for each in columns]) for kind, names in own.items()]
        blocks.append(Block(architecture, lines))
    return Overview(scopes, [PARAMETERS.get(each, each) for each in parameters], blocks)


def _title(kind: Kind) -> str:
    return f"{kind.prior}, {kind.way}"


def _share(found: Mapping[tuple[str, str, str], list[Row]], names: Iterable[str], scope: str, parameter: str) -> Share:
    rows = [row for name in names for row in found.get((name, scope, parameter), [])]
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
    judged = sum(counts.values())
    if not judged:
        return Share(short(None), "not judged", "var(--none)", f"none of {len(rows)} could be judged")
    found_errors = (row["relative_l2"]["median"] for row in rows if row["verdict"] in counts)
    errors = [each for each in found_errors if each is not None]  # a kernel of NaN fails without a number
    detail = (
        f"{counts['PASS']} pass, {counts['MARGINAL']} marginal, {counts['FAIL']} fail, {len(rows) - judged} not judged"
    )
    word = f"{counts['PASS']:,} of {judged:,}"
    return Share(short(median(errors) if errors else None), word, _ground(counts, judged), detail)


def _ground(counts: Mapping[str, int], judged: int) -> str:
    """As wide as its share, each verdict's colour: a CSS background."""
    stops, before = [], 0
    for verdict, ink in _INKS.items():
        if counts[verdict]:
            ends = [f"{100 * each / judged:.0f}%" for each in (before, before + counts[verdict])]
            stops.append(f"var({ink}) {ends[0]} {ends[1]}")
            before += counts[verdict]
    return f"linear-gradient(90deg, {', '.join(stops)})"
