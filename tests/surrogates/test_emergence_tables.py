"""What the emergence tables say of trainings whose numbers are known."""

from itertools import product

import numpy as np
import pytest
from benchmarks.emergence_outside import correlation, mean_at, worst_tenth
from benchmarks.emergence_rows import Row, gain, numbers, pairs, told
from benchmarks.emergence_tables import PAGES, aims, bands, sizes

from surfgrad.audit.bands import BANDS

PARTS = ("vs", "vp", "rho", "on-manifold", "off-manifold")
SETS = ("weak", "tectonic", "litho1")


def row(loss: str, seed: int, wave: str, test: str, kernel: float, value: float) -> Row:
    """One training, test set and wave; every kernel error is `kernel`, every cosine 0.9."""
    names = [f"{part} {metric}" for part in PARTS for metric in ("L2", "cosine")]
    names += [f"{name} {band.name} s" for name in names for band in BANDS]
    found = {name: str(kernel if " L2" in name else 0.9) for name in names}
    found |= {"architecture": "grid", "prior": "weak", "loss": loss, "seed": str(seed), "wave": wave, "test": test}
    found |= {"models": "10", "minutes": "1.0", "parameters": "7", "off-manifold share": "0.5"}
    return found | {"steps": "300" if loss == "value" else "100", "value MAE": str(value)}


@pytest.fixture
def rows() -> list[Row]:
    """Derivatives make kernels 8, 10, 12 times better by seed, values outside 2 times, Rayleigh's 6 times."""
    found = []
    for seed, wave, test in product(range(3), ("rayleigh", "love"), SETS):
        better = 6.0 if wave == "rayleigh" else 2.0
        found.append(row("value", seed, wave, test, 0.8, 0.06))
        found.append(row("sobolev", seed, wave, test, 0.8 / (8 + 2 * seed), 0.06 / better))
    return found


def cells(table: str, line: int) -> list[str]:
    return [cell.strip() for cell in table.splitlines()[line].strip("|").split("|")]


def test_pairs_are_equal_in_all_but_the_loss(rows: list[Row]) -> None:
    taught = [each for each in rows if each["loss"] == "sobolev"]
    assert len(pairs(taught, rows)) == len(taught) == 18
    assert sorted(set(map(round, gain(pairs(taught, rows), "vs L2")))) == [8, 10, 12]
    assert all(old["loss"] == "value" and old["seed"] == new["seed"] for old, new in pairs(taught, rows))
    # A training of other minutes is no partner.
    assert pairs([{**taught[0], "minutes": "2.0"}], rows) == []


def test_what_was_asked_stands_beside_what_was_found(rows: list[Row]) -> None:
    assert cells(aims(rows), 2) == [
        "weak",
        "grid",
        "10.0 / 10.0: met",
        "6.0 / 2.0: one wave",
        "6.0 / 2.0: one wave",
        "3.0: met",
    ]
    worse = [{**each, "vs L2": "0.8", "steps": "100" if each["loss"] == "value" else "10"} for each in rows]
    assert cells(aims(worse), 2)[2] == "1.0 / 1.0: not met"
    assert cells(aims(worse), 2)[-1] == "10.0: not met"


def test_numbers_are_medians_with_their_range(rows: list[Row]) -> None:
    love = [each for each in rows if each["loss"] == "sobolev" and each["wave"] == "love" and each["test"] == "weak"]
    assert told(numbers(love, "vs L2")) == "0.080 (0.067 to 0.100)"
    assert told([0.5, 0.5]) == "0.500"
    assert told([float("nan")]) == ""
    line = cells(bands(rows, "rho", ("love",)), 3)
    assert line[:4] == ["weak", "grid", "sobolev", "love"]
    assert line[4:] == ["0.080 (0.067 to 0.100)"] * 7 + ["0.900"] * 7


def test_every_table_of_every_page_is_made(rows: list[Row]) -> None:
    for tables in PAGES.values():
        for name, make in tables.items():
            text = make(rows)
            assert "nan" not in text, name
            assert len({line.count("|") for line in text.splitlines()}) == 1, name


def test_few_models_stand_beside_many(rows: list[Row]) -> None:
    many = [{**each, "models": "5000", "vs L2": "0.8"} for each in rows if each["seed"] == "0"]
    lines = [cells(sizes([many, rows]), line) for line in (2, 3)]
    assert [line[:7] for line in lines] == [
        ["weak", "grid", "10", "3", "0.800 / 0.800", "0.080 / 0.080", "10.0 / 10.0"],
        ["weak", "grid", "5000", "1", "0.800 / 0.800", "0.800 / 0.800", "1.0 / 1.0"],
    ]


def test_errors_outside_are_told_by_models() -> None:
    errors = np.full((20, 2), 0.1)
    errors[:2] = -0.9  # two of twenty models make half of the error
    assert worst_tenth([errors]) == pytest.approx(0.5)
    assert correlation([errors], [2 * errors]) == pytest.approx(1.0)
    assert correlation([errors], [-errors]) == pytest.approx(-1.0)
    assert mean_at([errors], [errors < 0]) == pytest.approx(0.9)
