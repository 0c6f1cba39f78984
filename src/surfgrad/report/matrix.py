"""The verdict matrix: a table per surrogate, a line per test set, wave and parameter, a cell per band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surfgrad.report.names import WAVES
from surfgrad.report.networks import in_words
from surfgrad.report.numbers import VERDICT_WORDS, short

Row = Mapping[str, Any]
PARAMETERS = {"vs": "Vs", "vp": "Vp", "rho": "ρ"}


@dataclass(frozen=True)
class Cell:
    """One verdict: what is printed, the class that colours it, and what a pointer brings up."""

    number: str
    word: str
    style: str
    detail: str


@dataclass(frozen=True)
class Line:
    """Wave and parameter, with a cell per band."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Group:
    """The lines of one test set."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Matrix:
    """One surrogate's verdicts; `told`: how many there are of each."""

    surrogate: str
    told: str
    bands: Sequence[str]
    groups: Sequence[Group]


def make_matrices(rows: Sequence[Row], titles: Mapping[str, str]) -> list[Matrix]:
    """A matrix per surrogate, from the summary's rows."""
    return [
        _matrix(name, [row for row in rows if row["surrogate"] == name], titles)
        for name in dict.fromkeys(row["surrogate"] for row in rows)
    ]


def _matrix(name: str, rows: Sequence[Row], titles: Mapping[str, str]) -> Matrix:
    bands = list(dict.fromkeys(row["band"] for row in rows))
    sets = dict.fromkeys(row["test_set"] for row in rows)
    groups = [Group(titles.get(each, each), _lines([r for r in rows if r["test_set"] == each], bands)) for each in sets]
    counts = {word: sum(VERDICT_WORDS[row["verdict"]] == word for row in rows) for word in VERDICT_WORDS.values()}
    told = ", ".join(f"{count} {word}" for word, count in counts.items() if count).replace("cannot judge", "not judged")
    return Matrix(in_words(name), told, bands, groups)


def _lines(rows: Sequence[Row], bands: Sequence[str]) -> list[Line]:
    found = {(row["wave"], row["parameter"], row["band"]): row for row in rows}
    pairs = dict.fromkeys((row["wave"], row["parameter"]) for row in rows)
    return [
        Line(
            f"{WAVES.get(wave, wave)} {PARAMETERS.get(parameter, parameter)}",
            [_cell(found[wave, parameter, band]) for band in bands],
        )
        for wave, parameter in pairs
    ]


def _cell(row: Row) -> Cell:
    word = VERDICT_WORDS[row["verdict"]]
    relative, cosine = row["relative_l2"], row["cosine"]
    left_out = ", ".join(f"{count} {reason}" for reason, count in row["n_excluded"].items() if count) or "none"
    detail = (
        f"n = {row['n']}; relative L2 {short(relative['median'], 3)}, 95th percentile {short(relative['p95'], 3)}; "
        f"cosine median {short(cosine['median'], 3)}; amplitude ratio {short(row['amplitude_ratio'], 3)}; "
        f"left out: {left_out}"
    )
    return Cell(short(relative["median"]), word, word.replace(" ", "-"), detail)
