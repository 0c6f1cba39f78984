"""Tables of `benchmarks.emergence`, printed, or kept and written between their markers in the documentation.

Run from the repository root: `python -m benchmarks.emergence_tables FOLDER/emergence.csv [MORE.csv ...] [--keep]`.
Numbers are medians over training seeds, with the smallest and largest in brackets. More files: of other numbers of
models, for the table that compares these.
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from benchmarks import emergence_kept
from benchmarks.doc_tables import table
from benchmarks.emergence_kept import command
from benchmarks.emergence_rows import (
    SETS,
    TRAINING,
    WAVES,
    Row,
    chosen,
    digits,
    gain,
    groups,
    numbers,
    pairs,
    read,
    told,
)
from benchmarks.kept import Record

from surfgrad.audit.bands import BANDS

HEADLINE = {"own": "", "tectonic": "tectonic"}
PARTS = ("on-manifold", "off-manifold")
OUTSIDE = (
    "prior",
    "architecture",
    "error in the worst tenth of models: value",
    "sobolev",
    "correlation of errors: value with sobolev",
    "value with value",
    "inside",
    "MAE inside, km/s: value",
    "sobolev",
    "times smaller",
    "MAE outside, km/s: value",
    "sobolev",
    "times smaller",
)


def main() -> None:
    """Print the tables, or keep the rows, from which the pages are filled in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path, nargs="+")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    rows, *others = (read(path) for path in given.csv)
    if given.keep:
        from benchmarks import pages

        emergence_kept.keep(rows, others)
        pages.fill()
        return
    for tables in written(rows, others).values():
        print("\n\n".join(f"{name}\n{text}" for name, text in tables.items()))


def written(rows: list[Row], others: list[list[Row]]) -> dict[str, dict[str, str]]:
    """By page and marker: what belongs there."""
    found = {page: {name: make(rows) for name, make in tables.items()} for page, tables in PAGES.items()}
    found["emergence.md"]["numbers of models"] = sizes([rows, *others])
    return found


def provenance(rows: list[Row]) -> str:
    """What was run."""
    first, names = rows[0], list(dict.fromkeys(row["architecture"] for row in rows))
    seeds = len({row["seed"] for row in rows})
    sizes = {row["architecture"]: int(row["parameters"]) for row in rows}
    told_sizes = ", ".join(f"`{name}` {sizes[name]:,}" for name in names)
    return (
        f"`{command(rows)}`, then"
        f" `python -m benchmarks.emergence_tables FOLDER/emergence.csv --keep`: {first['models']}"
        f" models, {float(first['minutes']):g} minutes of one thread's computing a training, {seeds} training seeds."
        f" Weights: {told_sizes}."
    )


def headline(rows: list[Row]) -> str:
    """Both waves in a cell, medians only."""
    head = [*TRAINING, "steps", *(f"value MAE, km/s: {name}" for name in HEADLINE)]
    head += [*(f"vs L2: {name}" for name in HEADLINE), "rho cosine: own", "off-manifold cosine: own"]
    lines = []
    for group in groups(rows, TRAINING):
        cells = [_both(group, metric, test) for metric in ("value MAE", "vs L2") for test in HEADLINE.values()]
        cells += [_both(group, metric, "") for metric in ("rho cosine", "off-manifold cosine")]
        lines.append([*_named(group), _steps(group), *cells])
    return table(head, lines)


def errors(rows: list[Row]) -> str:
    """Values and vs kernels by test set."""
    metrics = {"value MAE": "MAE, km/s", "vs L2": "vs L2"}
    head = [*TRAINING, "wave", *(f"{what}: {name}" for what in metrics.values() for name in SETS.values())]
    cells = [(metric, test) for metric in metrics for test in SETS]
    return table(head, _lines(rows, WAVES, cells))


def bands(rows: list[Row], what: str, waves: tuple[str, ...] = WAVES) -> str:
    """L2 and cosine of one parameter or part by period, own prior."""
    head = [*TRAINING, "wave", *(f"{name}: {period}" for name in ("L2", "cosine") for period in ("all", *_periods()))]
    names = [f"{what} {metric}{end}" for metric in ("L2", "cosine") for end in ("", *(f" {p}" for p in _periods()))]
    return table(head, _lines(rows, waves, [(name, "") for name in names]))


def shares(rows: list[Row]) -> str:
    """How much of exact kernels lies on and off the training prior's manifold, by test set."""
    found = groups([row for row in rows if row["loss"] == "value"], ("prior", "wave", "test"))
    share = [np.mean(numbers(group, "off-manifold share")) for group in found]
    return table(
        ["training prior", "wave", "models of", "share of the exact kernel's norm off its manifold"],
        [[g[0]["prior"], g[0]["wave"], g[0]["test"], f"{s:.2f}"] for g, s in zip(found, share, strict=True)],
    )


def gains(rows: list[Row]) -> str:
    """Value-only over sobolev, seed by seed: how many times smaller derivatives make an error."""
    asked = [("vs L2", test) for test in SETS] + [(f"{name} L2", "") for name in ("vp", "rho")]
    asked += [("value MAE", test) for test in SETS]
    head = ["prior", "architecture", "wave", *(f"{metric}: {SETS[test]}" for metric, test in asked)]
    head.append("vs L2, band of least gain: own")
    lines = []
    for group in _taught(rows):
        for wave in WAVES:
            cells = [told(gain(pairs(chosen(group, test, wave), rows), metric)) for metric, test in asked]
            least = np.min([gain(_own(group, rows, wave), f"vs L2 {period}") for period in _periods()], axis=0)
            lines.append([*_named(group)[:2], wave, *cells, told(least.tolist())])
    return table(head, lines)


AIMS: dict[str, tuple[str, str, float]] = {
    "vs kernels, own prior": ("vs L2", "", 8.0),
    "values, tectonic": ("value MAE", "tectonic", 5.0),
    "values, LITHO1.0": ("value MAE", "litho1", 5.0),
}
"""Metric, test set, and how many times smaller derivatives are to make it."""
DEAREST = 3.0  # a step with derivatives, in steps without


def aims(rows: list[Row]) -> str:
    """What derivative supervision was to gain, and whether it does: medians over seeds, Rayleigh / Love."""
    head = ["prior", "architecture", *(f"{name} ({least:g} x)" for name, (_, _, least) in AIMS.items())]
    head.append(f"cost of a step (at most {DEAREST:g} x)")
    lines = []
    for group in _taught(rows):
        cells = []
        for metric, test, least in AIMS.values():
            found = [np.median(gain(pairs(chosen(group, test, wave), rows), metric)) for wave in WAVES]
            cells.append(f"{' / '.join(f'{each:.1f}' for each in found)}{_met([each >= least for each in found])}")
        cost = np.median([float(old["steps"]) / float(new["steps"]) for old, new in _own(group, rows, WAVES[0])])
        lines.append([*_named(group)[:2], *cells, f"{cost:.1f}{_met([cost <= DEAREST])}"])
    return table(head, lines)


def sizes(runs: list[list[Row]]) -> str:
    """Few models beside many: errors without and with derivatives, Rayleigh / Love, and the gains."""
    asked = {"vs L2: own": ("vs L2", ""), "MAE: own": ("value MAE", ""), "MAE: tectonic": ("value MAE", "tectonic")}
    head = ["prior", "architecture", "models", "seeds"]
    head += [f"{name}, {told_as}" for name in asked for told_as in ("value", "sobolev", "times smaller")]
    lines = []
    for rows in sorted(runs, key=lambda each: int(each[0]["models"])):
        for group in _taught(rows):
            partners = [row for row in rows if row["loss"] == "value" and _named([row])[:2] == _named(group)[:2]]
            cells = []
            for metric, test in asked.values():
                found = [np.median(gain(pairs(chosen(group, test, wave), rows), metric)) for wave in WAVES]
                cells += [_both(partners, metric, test), _both(group, metric, test)]
                cells.append(" / ".join(f"{each:.1f}" for each in found))
            seeds = len({row["seed"] for row in group})
            lines.append([*_named(group)[:2], group[0]["models"], f"{seeds}", *cells])
    return table(head, sorted(lines, key=lambda line: line[:2]))


def outside(found: list[Record]) -> str:
    """Of `benchmarks.emergence_outside`: where errors outside the prior come from, Rayleigh / Love."""
    lines = []
    for each in found:
        cells = zip(*(each[wave] for wave in WAVES), strict=True)
        lines.append([each["prior"], each["architecture"], *(" / ".join(digits(x) for x in pair) for pair in cells)])
    return table(OUTSIDE, lines)


def first_weights(found: list[Record]) -> str:
    """Kernels of otherwise equal networks by the size of their first weights."""
    head = ["first layer's weights, std x sqrt(inputs)", "held-out MAE, km/s", "Rayleigh vs", "vp", "rho", "Love vs"]
    kernels = ("rayleigh_vs", "rayleigh_vp", "rayleigh_rho", "love_vs", "love_rho")
    rows = [[each["weights"], f"{each['mae_km_s']:.4f}", *(f"{each[key]:.2f}" for key in kernels)] for each in found]
    return table([*head, "rho"], rows)


def _met(each: list[bool]) -> str:
    return ": met" if all(each) else ": not met" if not any(each) else ": one wave"


def _taught(rows: list[Row]) -> list[list[Row]]:
    return groups([row for row in rows if row["loss"] == "sobolev"], TRAINING)


def _own(group: list[Row], rows: list[Row], wave: str) -> list[tuple[Row, Row]]:
    return pairs(chosen(group, "", wave), rows)


def _named(group: list[Row]) -> list[str]:
    return [group[0][key] for key in TRAINING]


def _lines(rows: list[Row], waves: tuple[str, ...], cells: list[tuple[str, str]]) -> list[list[str]]:
    return [
        [*_named(group), wave, *(told(numbers(chosen(group, test, wave), metric)) for metric, test in cells)]
        for group in groups(rows, TRAINING)
        for wave in waves
    ]


def _both(group: list[Row], metric: str, test: str) -> str:
    return " / ".join(digits(float(np.median(numbers(chosen(group, test, wave), metric)))) for wave in WAVES)


def _steps(group: list[Row]) -> str:
    return f"{np.median(numbers(chosen(group, '', WAVES[0]), 'steps')):.0f}"


def _periods() -> list[str]:
    return [f"{band.name} s" for band in BANDS]


PAGES: dict[str, dict[str, Callable[[list[Row]], str]]] = {
    "surrogates.md": {"what was run": provenance, "headline": headline, "aims": aims},
    "emergence.md": {
        "what was run": provenance,
        "errors": errors,
        "aims": aims,
        "gains": gains,
        "vs by band": partial(bands, what="vs"),
        "vp by band": partial(bands, what="vp", waves=WAVES[:1]),
        "rho by band": partial(bands, what="rho"),
        "shares": shares,
        **{f"{part} by band": partial(bands, what=part) for part in PARTS},
    },
}

if __name__ == "__main__":
    main()
