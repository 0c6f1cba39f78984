"""Curves as CSV or as bare tables: headings say what and in which units."""

from pathlib import Path

import numpy as np
import pytest

from surfgrad.curves import ObservedCurves, read_curves, write_curves
from surfgrad.errors import FormatError, UsageError

KM = """wave,kind,mode,period_s,velocity_km_s,sigma_km_s
# a remark

rayleigh,phase,0,20,3.5,0.05
love, group, 1, 10, 3.9, nan
rayleigh,phase,0,20,3.6,
"""
EXPECTED = ObservedCurves(
    ["rayleigh", "love", "rayleigh"],
    ["phase", "group", "phase"],
    [0, 1, 0],
    [20, 10, 20],
    [3.5, 3.9, 3.6],
    [0.05, np.nan, np.nan],
)
SAID = {"wave": "rayleigh", "kind": "phase", "mode": 0}


def read(tmp_path: Path, text: str, **options: object) -> ObservedCurves:
    path = tmp_path / "a.csv"
    path.write_text(text)
    return read_curves(path, **options)  # type: ignore[arg-type]


def test_the_projects_own_columns(tmp_path: Path) -> None:
    assert read(tmp_path, KM) == EXPECTED


def test_si_columns_say_hertz_and_metres(tmp_path: Path) -> None:
    text = "wave,kind,mode,frequency_hz,velocity_m_s,sigma_m_s\nrayleigh,phase,0,8,350.7,16.1\n"
    expected = ObservedCurves("rayleigh", "phase", 0, [0.125], [0.3507], [0.0161])
    assert read(tmp_path, text, units="si") == expected
    other = "Frequency (Hz),Velocity (m/s)\n8,350.7\n"
    assert read(tmp_path, other, units="si", **SAID).value.tolist() == [0.3507]


def test_this_projects_computed_curves_are_observations_too(tmp_path: Path) -> None:
    text = "wave,kind,mode,period_s,velocity_km_s,status\nrayleigh,phase,0,10,3.2,OK\nrayleigh,phase,1,10,nan,NO_MODE\n"
    with pytest.raises(FormatError, match="line 3: velocity_km_s is 'nan'; a finite number is allowed"):
        read(tmp_path, text)
    assert read(tmp_path, text, missing=float("nan")) == ObservedCurves("rayleigh", "phase", 0, [10.0], [3.2])
    ratios = "mode,period_s,ellipticity,status\n0,10,-0.8,OK\n"
    assert read(tmp_path, ratios) == ObservedCurves("rayleigh", "ellipticity", 0, [10.0], [-0.8])


def test_a_bare_table_whose_columns_the_user_names(tmp_path: Path) -> None:
    text = "8.0000 -1.0000 -1.0000\n10.0 3.0917 2.9891\n"
    phase = read(tmp_path, text, columns="period_s,velocity_km_s,-", missing=-1, **SAID)
    assert phase == ObservedCurves("rayleigh", "phase", 0, [10.0], [3.0917])
    group = read(tmp_path, text, columns="period_s, -, velocity_km_s", missing=-1, **(SAID | {"kind": "group"}))
    assert group.value.tolist() == [2.9891]
    si = read(tmp_path, "8.0e-01,1.2e+03\n", columns="frequency_hz,velocity_m_s", units="si", **SAID)
    assert si == ObservedCurves("rayleigh", "phase", 0, [1.25], [1.2])


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        (KM, {"units": "si"}, "line 1: column velocity_km_s given; units='km' reads it, not 'si'"),
        (KM.replace("km_s", "m_s"), {}, "line 1: column velocity_m_s given; units='si' reads it, not 'km'"),
        (KM.replace("sigma", "error"), {}, "line 1: column 'error_km_s' given; period_s, frequency_hz, velocity_km_s"),
        (KM.replace("period_s", "mode"), {}, "line 1: column mode given 2 times; once"),
        (KM.replace("period_s", "status"), {}, "line 1: columns .* given; one of period_s and frequency_hz is needed"),
        (KM.replace("velocity_km_s", "status"), {}, "line 1: columns .* given; velocity_km_s or ellipticity is needed"),
        (KM.replace("sigma_km_s", "-"), {}, "line 1: column '-' given; period_s"),
        (KM + "rayleigh,phase,0,20,3.5\n", {}, "line 7: 5 values given; 6 are allowed: wave,kind"),
        (KM + "rayleigh,phase,0,20,3.5,0.1,1\n", {}, "line 7: 7 values given; 6 are allowed"),
        (KM + "rayleigh,phase,0,20,3;5,0.1\n", {}, "line 7: velocity_km_s is '3;5'; a number"),
        (KM + "rayleigh,phase,0,20,3.5,0\n", {}, "line 7: sigma is 0; .*zero_sigma="),
        (KM + "Rayleigh,phase,0,20,3.5,\n", {}, "line 7: wave is 'Rayleigh'; rayleigh or love"),
        (KM + "rayleigh,phase,0.0,20,3.5,\n", {}, "line 7: mode is '0.0'; a whole number"),
        (
            KM + "rayleigh,ellipticity,0,20,3.5,\n",
            {},
            "line 7: no column ellipticity given; it is needed",
        ),
        (KM + "rayleigh,phase,,20,3.5,\n", {}, "line 7: the file does not say the mode"),
        (KM.replace("velocity_km_s", "ellipticity"), {}, "line 4: no column velocity_km_s given|line 4: sigma_km_s is"),
        ("frequency_hz,velocity_km_s\n0,3.5\n", SAID, "line 2: frequency_hz is 0; a number above 0"),
        (
            "frequency_hz,velocity_m_s\n1,3.5\n2,3\n",
            SAID | {"units": "si"},
            "line 2: velocity is 3.5 m/s, .*look like km/s: mend them",
        ),
        (
            "wave,kind,mode,period_s,velocity_km_s,ellipticity\nrayleigh,ellipticity,0,1,3.5,1\n",
            {},
            "line 2: velocity_km_s is '3.5' beside ellipticity; an empty cell is allowed",
        ),
        (
            "wave,kind,mode,period_s,ellipticity\nlove,ellipticity,0,1,1\n",
            {},
            "line 2: wave is love; rayleigh",
        ),
        ("", {}, "line 1: nothing given; a SURF96 row begins with SURF96"),
        (KM.replace(",", ";"), {}, "line 1: semicolons given; cells between commas, without quotes, are allowed"),
        (KM.replace(",", "\t"), {}, "line 1: tabs given; cells between commas"),
        (KM.replace("period_s", '"period_s"'), {}, "line 1: quotes given; cells between commas"),
        ("8.0 3.1\n", {}, "line 1: '8.0 3.1' given; a SURF96 row begins .*columns= names those of a bare table"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, options: dict, words: str) -> None:
    with pytest.raises(FormatError, match=f"a.csv, {words}"):
        read(tmp_path, text, **options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": "period,velocity_km_s"}, "columns: column 'period' given; period_s, frequency_hz"),
        ({"columns": "period_s,velocity_m_s"}, "columns: column velocity_m_s given; units='si' reads it"),
        ({"columns": "period_s,-"}, "columns: columns period_s,- given; velocity_km_s or ellipticity is needed"),
        ({"columns": "period_s,velocity_km_s", "format": "csv"}, "columns: given for format='csv'"),
        ({"format": "xml"}, "format: 'xml' given; surf96, geopsy, csv are allowed"),
        ({"units": "SI"}, "units: 'SI' given; km or si is allowed"),
        ({"kind": "Phase"}, "kind: 'Phase' given; phase or group or ellipticity"),
    ],
)
def test_a_bad_option_is_named(tmp_path: Path, options: dict, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read(tmp_path, KM, **options)


@pytest.mark.parametrize("units", ["km", "si"])
def test_round_trip_is_exact(tmp_path: Path, units: str) -> None:
    mixed = ObservedCurves(
        ["rayleigh", "love", "rayleigh"],
        ["ellipticity", "group", "phase"],
        [0, 1, 0],
        [1 / 3, 9.7, 1e-3],
        [-0.1, 1 / 7, 3],
        0.1,
    )
    for curves in (EXPECTED, mixed, mixed.select(kind="ellipticity")):
        write_curves(curves, tmp_path / "a.csv", units=units)
        assert read_curves(tmp_path / "a.csv", units=units) == curves


def test_the_default_columns_are_written_as_promised(tmp_path: Path) -> None:
    write_curves(EXPECTED, tmp_path / "a.csv")
    lines = ["rayleigh,phase,0,20.0,3.5,0.05", "love,group,1,10.0,3.9,nan", "rayleigh,phase,0,20.0,3.6,nan", ""]
    assert (tmp_path / "a.csv").read_text().split("\n") == [KM.split("\n")[0], *lines]


def test_printed_digits_come_back_in_si(tmp_path: Path) -> None:
    rows = ["rayleigh,phase,0,8.7,350.7,16.1", "love,group,2,0.3,123.4,0.1", ""]
    text = "\n".join(["wave,kind,mode,frequency_hz,velocity_m_s,sigma_m_s", *rows])
    write_curves(read(tmp_path, text, units="si"), tmp_path / "b.csv", units="si")
    assert (tmp_path / "b.csv").read_text() == text


def test_what_cannot_be_read_again_is_not_written(tmp_path: Path) -> None:
    fast = ObservedCurves("love", "group", 0, [1.0], [25.0])
    slow = ObservedCurves("love", "group", 0, [1.0], [0.015])
    for curves, options, words in (
        (fast, {}, "velocity is 25 km/s, the largest there; at most 20 km/s is allowed"),
        (slow, {"units": "si"}, "velocity is 15 m/s, the largest there; at least 20 m/s"),
        (fast.select(mode=3), {}, "no observations given"),
        (fast, {"format": "surf97"}, "format: 'surf97' given; surf96, geopsy, csv"),
    ):
        with pytest.raises(UsageError, match=words):
            write_curves(curves, tmp_path / "a.csv", **options)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"format: needed for 'a\.txt'; csv, surf96, geopsy, geopsy2"):
        write_curves(slow, tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []
