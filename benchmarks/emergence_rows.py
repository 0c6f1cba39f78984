"""Rows of `benchmarks.emergence`: read, grouped by training, told as median and range over training seeds."""

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np

Row = dict[str, str]
WAVES = ("rayleigh", "love")
SETS = {"": "own", "tectonic": "tectonic", "litho1": "LITHO1.0"}
"""Test sets: the training prior's own, and what no training saw."""
TRAINING = ("prior", "architecture", "loss")
_MANY = 2.0  # from here on one decimal is enough


def read(path: Path) -> list[Row]:
    """As written; lines that begin with # are remarks."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def groups(rows: Iterable[Row], keys: tuple[str, ...]) -> list[list[Row]]:
    """Rows that agree in `keys`, in order of appearance."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(found.values())


def chosen(rows: list[Row], test: str, wave: str) -> list[Row]:
    """Of one test set ("": the training prior's own) and wave: a row a seed."""
    return [row for row in rows if row["test"] == (test or row["prior"]) and row["wave"] == wave]


def numbers(rows: list[Row], metric: str) -> list[float]:
    """Of all rows."""
    return [float(row[metric]) for row in rows]


def pairs(taught: list[Row], rows: list[Row]) -> list[tuple[Row, Row]]:
    """(value-only row of `rows`, taught row), equal in all but the loss; what has no partner is left out."""
    same = ("prior", "architecture", "wave", "test", "seed", "models", "minutes")
    by_key = {tuple(row[key] for key in same): row for row in rows if row["loss"] == "value"}
    keys = [tuple(row[key] for key in same) for row in taught]
    return [(by_key[key], row) for key, row in zip(keys, taught, strict=True) if key in by_key]


def gain(two: list[tuple[Row, Row]], metric: str) -> list[float]:
    """How many times smaller `metric` is in the second of each pair; NaN where it is 0 (Love vp)."""
    values = [(float(before[metric]), float(after[metric])) for before, after in two]
    return [before / after if after else float("nan") for before, after in values]


def told(values: list[float]) -> str:
    """Median and range; nothing where it is not defined."""
    if not values or not np.isfinite(values).all():
        return ""
    middle, low, high = (digits(each) for each in (float(np.median(values)), min(values), max(values)))
    return middle if low == high else f"{middle} ({low} to {high})"


def digits(value: float) -> str:
    """Three, about."""
    size = abs(value)
    return f"{value:.1f}" if size >= _MANY else f"{value:.3f}" if size >= 0.01 else f"{value:.4f}"
