"""`surfgrad layering`: the table in both systems, from curves of several formats, and what is refused."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

Run = Callable[..., object]
CURVE = "wave,kind,mode,frequency_hz,velocity_m_s,status\nrayleigh,phase,0,2,400,OK\nrayleigh,phase,0,50,150,OK\n"
OTHERS = (
    "rayleigh,phase,1,50,50,OK\nrayleigh,group,0,1,900,OK\nlove,phase,0,10,200,OK\nrayleigh,phase,0,60,nan,NO_MODE\n"
)
HEADER = "method,parameter,layer,bottom_min_m,bottom_max_m,thickness_min_m,thickness_max_m"


@pytest.fixture
def curve(tmp_path: Path) -> Path:
    """Wavelengths of 3 to 200 m, beside values of other curves that are none of it."""
    path = tmp_path / "c.csv"
    path.write_text(CURVE + OTHERS)
    return path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_by_ratio(run: Run, curve: Path) -> None:
    """1.5 m, then spans of 4.5, 13.5 and 40.5 m down to 60 m; the 40 m left to 200 m / 2 are less than the last."""
    code, out, err = run("layering", curve, "--units", "si", "--ratio", "3")
    assert (code, err, out.splitlines()[0]) == (0, "", HEADER)
    rows = table(out)
    assert [(row["method"], row["parameter"], row["layer"]) for row in rows] == [("ratio", "3", n) for n in "1234"]
    np.testing.assert_allclose([float(row["bottom_min_m"]) for row in rows], [1.0, 1.5, 6.0, 19.5])
    np.testing.assert_allclose([float(row["bottom_max_m"]) for row in rows], [1.5, 6.0, 19.5, 100.0])
    np.testing.assert_allclose([float(row["thickness_min_m"]) for row in rows], [1.0] * 4)
    np.testing.assert_allclose([float(row["thickness_max_m"]) for row in rows], [1.5, 5.0, 17.5, 94.0])


def test_several_of_both_into_a_file(run: Run, curve: Path, tmp_path: Path) -> None:
    out = tmp_path / "l.csv"
    options = ("--units", "si", "--ratio", "2,3", "--number", "2", "--thinnest", "2", "--resolution", "3")
    told = run("layering", curve, *options, "--out", out).out
    assert told == f"{out}: 3 layerings for wavelengths of 3 to 200 m: layers of 1.5 m and more, down to 66.67 m\n"
    rows = table(out.read_text())
    assert list(dict.fromkeys((row["method"], row["parameter"]) for row in rows)) == [
        ("number", "2"), ("ratio", "2"), ("ratio", "3"),
    ]  # fmt: skip
    assert {float(row["bottom_max_m"]) for row in rows if row["method"] == "number"} == {200 / 3}
    assert float(rows[0]["bottom_min_m"]) == 1.5


def test_plot(run: Run, curve: Path, tmp_path: Path) -> None:
    plot = tmp_path / "l.png"
    assert run("layering", curve, "--units", "si", "--ratio", "2", "--plot", plot).code == 0
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_the_wave_is_chosen(run: Run, curve: Path) -> None:
    (row,) = table(run("layering", curve, "--units", "si", "--wave", "love", "--number", "1").out)
    assert (float(row["bottom_min_m"]), float(row["bottom_max_m"])) == pytest.approx((20 / 3, 10.0))


def test_curves_that_surfgrad_writes_can_be_read(run: Run, write_model: Run, tmp_path: Path) -> None:
    """In kilometres, with a gap where there is no mode."""
    out = tmp_path / "c.csv"
    options = ("--wave", "love,rayleigh", "--modes", "0:1", "--periods", "3:60:3")
    assert run("dispersion", write_model(), *options, "--out", out).code == 0
    rows = table(run("layering", out, "--ratio", "2").out)
    curve = [row for row in table(out.read_text()) if (row["wave"], row["mode"]) == ("rayleigh", "0")]
    wavelengths = [float(row["period_s"]) * float(row["velocity_km_s"]) for row in curve]
    assert float(rows[0]["bottom_min_km"]) == pytest.approx(min(wavelengths) / 3)
    assert float(rows[-1]["bottom_max_km"]) == pytest.approx(max(wavelengths) / 2)


def test_what_a_file_does_not_say_is_asked_for(run: Run, tmp_path: Path) -> None:
    bare = tmp_path / "curve.txt"
    bare.write_text("2 400\n50 150\n")
    options = ("--units", "si", "--columns", "frequency_hz,velocity_m_s", "--number", "1")
    code, out, err = run("layering", bare, *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "the file does not say the kind" in err
    assert "--file-is" in err
    (row,) = table(run("layering", bare, *options, "--file-is", "rayleigh,phase,0").out)
    assert (float(row["bottom_min_m"]), float(row["bottom_max_m"])) == pytest.approx((1.0, 100.0))


def test_other_formats_are_in_their_own_units(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "obs.d"
    path.write_text("SURF96 R C X 0 0.5 0.4 0.01\nSURF96 R C X 0 0.02 0.15 0\n")
    (row,) = table(run("layering", path, "--units", "si", "--number", "1").out)
    assert (float(row["bottom_min_m"]), float(row["bottom_max_m"])) == pytest.approx((1.0, 100.0))


def test_measured_curves(run: Run, shared_data: Path) -> None:
    """Curves of a plain, from several teams, as columns frequency and velocity."""
    files = sorted((shared_data / "mirandola_interpacific").glob("*.txt"))
    assert len(files) >= 10
    for path in files:
        frequency, velocity = np.loadtxt(path, usecols=(0, 1)).T
        frequency, velocity = frequency[velocity > 0], velocity[velocity > 0]
        options = ("--units", "si", "--columns", "frequency_hz,velocity_m_s", "--file-is", "rayleigh,phase,0")
        code, out, err = run("layering", path, *options, "--missing", "0", "--ratio", "2")
        assert (code, err) == (0, "")
        rows = table(out)
        assert float(rows[0]["bottom_min_m"]) == pytest.approx((velocity / frequency).min() / 3)
        assert float(rows[-1]["bottom_max_m"]) == pytest.approx((velocity / frequency).max() / 2)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ((), "--number, --ratio: neither given"),
        (("--ratio", "1"), "ratio: 1 given; finite values above 1 are allowed"),
        (("--ratio", "two"), "--ratio: 'two' is not a number"),
        (("--ratio", "1e999"), "--ratio: '1e999' is out of range"),
        (("--number", "2.5"), "number: 2.5 given"),
        (("--number", "0"), "number: 0 given"),
        (("--number", "101"), "101 layers of 1 or more do not fit into 100; up to 100 are allowed"),
        (("--ratio", "2", "--thinnest", "1"), "thinnest: 1 given"),
        (("--ratio", "2", "--resolution", "0.5"), "resolution: 0.5 given"),
        (("--ratio", "2", "--resolution", "nan"), "resolution: nan given"),
        (("--ratio", "2", "--resolution", "1000"), "resolve down to 0.2"),
        (("--ratio", "2", "--wave", "stoneley"), "--wave: 'stoneley'"),
        (("--ratio", "2", "--file-is", "rayleigh,love"), "--file-is: 'love' given"),
        (("--ratio", "2", "--file-is", "group"), "kind"),
        (("--ratio", "2", "--units", "km"), "--units si"),
        (("--number", "1:9", "--plot", "l.png"), "--plot: 9 layerings"),
        (("--ratio", "2", "--plot", "l.gif"), ".png"),
    ],
)
def test_bad_options_are_one_line_and_leave_nothing(
    run: Run, curve: Path, tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    code, out, err = run("layering", curve, "--units", "si", "--out", tmp_path / "l.csv", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == [curve]


def test_a_file_without_the_curve_says_what_it_has(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(CURVE.replace("phase,0", "phase,1"))
    code, _, err = run("layering", path, "--units", "si", "--ratio", "2")
    assert (code, err.count("\n")) == (2, 1)
    assert "rayleigh phase 1 given; a rayleigh phase velocity of mode 0 is needed" in err


def test_missing_file(run: Run, tmp_path: Path) -> None:
    code, _, err = run("layering", tmp_path / "none.csv", "--ratio", "2")
    assert (code, err.count("\n")) == (2, 1)
    assert "none.csv" in err
