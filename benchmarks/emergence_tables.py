"""Tables of `benchmarks.emergence`, printed, or written into a page of the documentation.

Run from the repository root: `python -m benchmarks.emergence_tables FOLDER/emergence.csv [--page docs/emergence.md]`.
Numbers are medians over training seeds, with the smallest and largest in brackets where there are several.
"""

import argparse
import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.doc_tables import replace_between, table

Row = dict[str, str]
KEYS = ("prior", "architecture", "loss", "wave")
SETS = {"": "own", "tectonic": "tectonic", "litho1": "LITHO1.0"}
"""Test sets: the training prior's own, and what no training saw."""
GAINS = {"value MAE": "values", "vs L2": "vs kernels", "rho L2": "rho kernels"}


def main() -> None:
    """Print the tables, or put them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    with given.csv.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, make in TABLES.items():
        text = make(rows)
        if given.page is None:
            print(f"{name}\n{text}\n")
        else:
            replace_between(given.page, name, text)


def provenance(rows: list[Row]) -> str:
    """What was run."""
    first, seeds = rows[0], len({row["seed"] for row in rows})
    names = ",".join(dict.fromkeys(row["architecture"] for row in rows))
    sizes = {row["architecture"]: row["size"] for row in rows if row["size"]}
    told = "".join(f"; `{name}` of size {size}" for name, size in sizes.items())
    command = (
        f"python -m benchmarks.emergence --out FOLDER --models {first['models']} --minutes {first['minutes']}"
        f" --seeds {seeds} --architectures {names}"
    )
    return (
        f"`{command}`, then `python -m benchmarks.emergence_tables FOLDER/emergence.csv --page docs/emergence.md`:"
        f" {first['models']} models, {float(first['minutes']):g} minutes of one thread's computing a training,"
        f" {seeds} seeds{told}."
    )


def errors(rows: list[Row]) -> str:
    """Values and vs kernels by test set."""
    head = [*KEYS, "steps", *(f"MAE, km/s: {name}" for name in SETS.values())]
    head += [f"vs L2: {name}" for name in SETS.values()]
    return table(head, [_line(each, [_steps, *_by_set("value MAE"), *_by_set("vs L2")]) for each in _groups(rows)])


def bands(rows: list[Row]) -> str:
    """vs kernels by period, own prior."""
    names = [name for name in rows[0] if name.startswith(("vs L2 ", "vs cosine ")) and name.endswith(" s")]
    return table([*KEYS, *names], [_line(each, [_number(name) for name in names]) for each in _groups(rows)])


def others(rows: list[Row]) -> str:
    """vp and rho kernels, and the parts on and off the prior's manifold, own prior."""
    names = ["vp L2", "vp cosine", "rho L2", "rho cosine", "on-manifold cosine", "off-manifold cosine", "vs half-space"]
    return table([*KEYS, *names], [_line(each, [_number(name) for name in names]) for each in _groups(rows)])


def gains(rows: list[Row]) -> str:
    """Value-only over sobolev, seed by seed: how many times smaller derivatives make an error."""
    head = [*KEYS[:2], "wave", *(f"{what}: {name}" for what in GAINS.values() for name in SETS.values())]
    head += ["vs kernels, band of least gain: own", "minutes a step"]
    lines = []
    for group in _groups([row for row in rows if row["loss"] == "sobolev"]):
        before = [_partner(row, rows) for row in group]
        if None in before:
            continue
        pairs = [(old, new) for old, new in zip(before, group, strict=True) if old is not None]
        cells = [_ratio(pairs, metric, test) for metric in GAINS for test in SETS]
        cells += [_least_gain(pairs), _told([float(old["steps"]) / float(new["steps"]) for old, new in _own(pairs)])]
        lines.append([group[0]["prior"], group[0]["architecture"], group[0]["wave"], *cells])
    return table(head, lines)


def _groups(rows: list[Row]) -> list[list[Row]]:
    keys = dict.fromkeys(tuple(row[key] for key in KEYS) for row in rows)
    return [[row for row in rows if tuple(row[key] for key in KEYS) == one] for one in keys]


def _line(group: list[Row], cells: Sequence[Callable[[list[Row]], str]]) -> list[str]:
    return [*(group[0][key] for key in KEYS), *(cell(group) for cell in cells)]


def _of_set(group: list[Row], test: str) -> list[Row]:
    return [row for row in group if row["test"] == (test or row["prior"])]


def _number(name: str, test: str = "") -> Callable[[list[Row]], str]:
    return lambda group: _told([float(row[name]) for row in _of_set(group, test)])


def _by_set(name: str) -> list[Callable[[list[Row]], str]]:
    return [_number(name, test) for test in SETS]


def _steps(group: list[Row]) -> str:
    return f"{np.median([float(row['steps']) for row in _of_set(group, '')]):.0f}"


def _partner(row: Row, rows: list[Row]) -> Row | None:
    """The value-only row of the same seed."""
    same = (*KEYS[:2], "wave", "seed", "test")
    found = [each for each in rows if each["loss"] == "value" and all(each[key] == row[key] for key in same)]
    return found[0] if found else None


def _own(pairs: list[tuple[Row, Row]]) -> list[tuple[Row, Row]]:
    return [pair for pair in pairs if pair[1]["test"] == pair[1]["prior"]]


def _ratio(pairs: list[tuple[Row, Row]], metric: str, test: str) -> str:
    chosen = [pair for pair in pairs if pair[1]["test"] == (test or pair[1]["prior"])]
    return _told([float(old[metric]) / float(new[metric]) for old, new in chosen])


def _least_gain(pairs: list[tuple[Row, Row]]) -> str:
    names = [name for name in pairs[0][0] if name.startswith("vs L2 ")]
    return _told([min(float(old[name]) / float(new[name]) for name in names) for old, new in _own(pairs)])


def _told(values: list[float]) -> str:
    """Median and range."""
    middle, low, high = (_digits(each) for each in (np.median(values), min(values), max(values)))
    if middle == "nan":
        return ""
    return middle if len(values) == 1 or low == high else f"{middle} ({low}-{high})"


def _digits(value: Any) -> str:
    return f"{value:.1f}" if value >= 2 else f"{value:.3f}" if value >= 0.01 else f"{value:.4f}"


TABLES: dict[str, Callable[[list[Row]], str]] = {
    "emergence: what was run": provenance,
    "emergence: errors": errors,
    "emergence: gains": gains,
    "emergence: bands": bands,
    "emergence: other kernels": others,
}

if __name__ == "__main__":
    main()
