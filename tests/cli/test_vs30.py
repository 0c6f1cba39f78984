"""`surfgrad vs30`: numbers in both systems, classes at 30 m, and what is refused."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import surfgrad as sg

Run = Callable[..., object]
SOIL = "thickness_m,vp_m_s,vs_m_s,rho_kg_m3\n5,400,150,1800\n10,700,200,1900\n0,900,300,2000\n"
BY_HAND = 30.0 / (5 / 150 + 10 / 200 + 15 / 300)


@pytest.fixture
def soil(tmp_path: Path) -> Path:
    path = tmp_path / "soil.csv"
    path.write_text(SOIL)
    return path


def test_thirty_metres_and_classes(run: Run, soil: Path) -> None:
    code, out, err = run("vs30", soil, "--units", "si")
    assert (code, err) == (0, "")
    first, *classes, note, base = out.splitlines()
    assert first == f"Vs30: {BY_HAND:.2f} m/s" == "Vs30: 225.00 m/s"
    assert [line.split(maxsplit=1) for line in classes] == [
        ["D", "ASCE/SEI 7-16, table 20.3-1"],
        ["D", "ASCE/SEI 7-22, table 20.2-1"],
        ["C", "EN 1998-1:2004, table 3.1"],
    ]
    assert "by Vs30 alone" in note
    assert base == "The half-space begins at 15 m and is taken to go on below."


def test_csv_in_both_systems(run: Run, soil: Path, tmp_path: Path) -> None:
    out = tmp_path / "v.csv"
    assert run("vs30", soil, "--units", "si", "--depths", "10:30:10", "--out", out).code == 0
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert list(rows[0]) == ["depth_m", "average_vs_m_s", "class_asce7_16", "class_asce7_22", "class_ec8"]
    assert [row["depth_m"] for row in rows] == ["10.0", "20.0", "30.0"]
    assert float(rows[0]["average_vs_m_s"]) == pytest.approx(10.0 / (5 / 150 + 5 / 200), rel=1e-12)
    assert float(rows[2]["average_vs_m_s"]) == pytest.approx(BY_HAND, rel=1e-12)
    assert [row["class_ec8"] for row in rows] == ["", "", "C"]
    crust = tmp_path / "crust.csv"
    sg.EarthModel.from_file(soil, units="si").to_file(crust)
    assert run("vs30", crust, "--out", out).code == 0
    (row,) = csv.DictReader(out.read_text().splitlines())
    assert (row["depth_km"], row["class_ec8"]) == ("0.03", "C")
    assert float(row["average_vs_km_s"]) == pytest.approx(BY_HAND / 1000, rel=1e-12)


def test_other_depths_have_no_class(run: Run, soil: Path) -> None:
    out = run("vs30", soil, "--units", "si", "--depths", "12").out
    assert out == f"Vs down to 12 m: {12 / (5 / 150 + 7 / 200):.2f} m/s\n"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--units", "si", "--depths", "0"), "--depths: '0' gives a depth of 0 m"),
        (("--units", "si", "--depths", "-5"), "depth of -5 m"),
        (("--units", "si", "--depths", "deep"), "'deep' is not a number"),
        (("--units", "m",), "--units: 'm'"),
        ((), "--units si"),
        (("--units", "si", "--out", "no/such/folder/v.csv"), "no/such/folder"),
    ],
)  # fmt: skip
def test_bad_options_are_one_line(run: Run, soil: Path, options: tuple[str, ...], named: str) -> None:
    code, out, err = run("vs30", soil, *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err


def test_water_has_no_vs30(run: Run, write_model: Run, tmp_path: Path) -> None:
    path = write_model(("0.01 1.5 0.0 1.0", "0.0 8.0 4.5 3.3"))
    code, out, err = run("vs30", path, "--out", tmp_path / "v.csv")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "water" in err
    assert list(tmp_path.iterdir()) == [path]
