"""Geopsy's dispersion curves: slowness, both sorts of stddev, and the headings that say which."""

from pathlib import Path

import numpy as np
import pytest

from surfgrad.curves import ObservedCurves, read_curves, write_curves
from surfgrad.errors import FormatError, UsageError

FACTOR = """# Curve name:example
# | Frequency (Hz) | Slowness (s/m) | Stddev | Weight |
2.160502319278673 0.0030857021569374965 1.0513157894736842 1 1
46.43995479951383 0.010766591013246085 1.0513157894736842 1 1
"""
SECONDS = """# | Frequency (Hz) | Slowness (s/m) | Stddev (s/m) | Weight |
2.16050231927867 0.0030857021569375 0.000154671787315163 1
46.4399547995138 0.0107665910132461 0.000539678747531132 1
"""
GPDC = """# 10 some.report
# Layered model 1: value=1.08851
# 2 Rayleigh dispersion mode(s)
# CPU Time = 1 ms
# Mode 0
0.5 0.0025
1 0.004
# Mode 1
1 0.002
# Layered model 1: value=1.08851
# 1 Love dispersion mode(s)
# Mode 0
2 0.005
"""
SAID = {"wave": "rayleigh", "kind": "phase", "mode": 0, "units": "si"}


def read(tmp_path: Path, text: str, **options: object) -> ObservedCurves:
    path = tmp_path / "a.txt"
    path.write_text(text)
    return read_curves(path, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [FACTOR, SECONDS])
def test_both_sorts_of_stddev_are_the_five_per_cent_they_were_made_of(tmp_path: Path, text: str) -> None:
    curves = read(tmp_path, text, **SAID)
    np.testing.assert_allclose(curves.period_s, [1 / 2.160502319278673, 1 / 46.43995479951383], rtol=1e-14)
    np.testing.assert_allclose(curves.value, [1 / 3.0857021569374965, 1 / 10.766591013246085], rtol=1e-13)
    np.testing.assert_allclose(curves.sigma / curves.value, 0.05, rtol=0.003)


def test_sigma_by_other_routes(tmp_path: Path) -> None:
    """Half the band between v / f and v f; the slope of 1/s, by a difference."""
    factor = read(tmp_path, FACTOR, **SAID)
    band = factor.value * 1.0513157894736842 - factor.value / 1.0513157894736842
    np.testing.assert_allclose(factor.sigma, band / 2, rtol=1e-13)
    seconds = read(tmp_path, SECONDS, **SAID)
    s, d = np.array([0.0030857021569375, 0.0107665910132461]), np.array([0.000154671787315163, 0.000539678747531132])
    h = 1e-4 * d
    slope = (1 / (s - h) - 1 / (s + h)) / (2 * h)
    np.testing.assert_allclose(seconds.sigma, slope * d / 1000, rtol=1e-9)


def test_gpdc_says_wave_and_mode_and_the_user_the_kind(tmp_path: Path) -> None:
    curves = read(tmp_path, GPDC, units="si", kind="group")
    assert curves == ObservedCurves(
        ["rayleigh"] * 3 + ["love"], "group", [0, 0, 1, 0], [2.0, 1.0, 1.0, 0.5], [0.4, 0.25, 0.5, 0.2]
    )


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        (
            GPDC,
            {"units": "si"},
            "line 6: the file does not say the kind; kind= of phase or group or ellipticity is needed",
        ),
        (FACTOR, SAID | {"mode": None}, "line 3: the file does not say the mode"),
        (FACTOR, SAID | {"wave": None}, "line 3: the file does not say the wave; wave= of rayleigh or love"),
        (GPDC, SAID, "line 9: mode is 1; with mode=0 only 0"),
        (
            GPDC.replace("model 1: value=1.08851\n# 1 L", "model 2\n# 1 L"),
            SAID,
            "line 10: curves of a second model given",
        ),
        (GPDC.replace("1 Love dispersion", "1 Rayleigh ellipticity"), SAID, "line 11: ellipticities given"),
        (FACTOR.replace("Stddev", "Error"), SAID, r"line 2: heading # \| Frequency .* given; "),
        (
            "# Slowness follows\n" + FACTOR.replace("|", "/"),
            SAID,
            "line 4: a stddev given, and no heading that says of what",
        ),
        (
            FACTOR.replace("1.0513157894736842 1 1", "0.95 1", 1),
            SAID,
            "line 3: stddev is 0.95; a factor of 1",
        ),
        (FACTOR.replace("1.0513157894736842 1 1", "1 1", 1), SAID, "line 3: sigma is 0; .*zero_sigma="),
        (FACTOR.replace("1.0513157894736842 1 1", "1.1 2", 1), SAID, "line 3: weight is 2; 1 is allowed"),
        (FACTOR.replace("1.0513157894736842 1 1", "1.1 1 0", 1), SAID, "line 3: valid is 0; 1 is allowed"),
        (FACTOR.replace("1.0513157894736842 1 1", "1.1 1 1 1", 1), SAID, "line 3: 6 values given; 2 to 5"),
        (SECONDS.replace("0.000154671787315163", "-0.1"), SAID, "line 2: sigma is -"),
        (FACTOR.replace("2.160502319278673", "0"), SAID, r"line 3: frequency \(Hz\) is 0; a number above 0"),
        (
            FACTOR.replace("0.0030857021569374965", "-0.003"),
            SAID,
            r"line 3: slowness \(s/m\) is -0.003; a number",
        ),
        ("# Slowness\n1 350\n2 300\n", SAID, "line 3: velocity is 0.00333333 m/s, .*at least 20 m/s .*look like km/s"),
        ("<?xml version='1.0'?><Dinver>\n", SAID, "line 1: an XML file given; text is allowed"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, options: dict, words: str) -> None:
    with pytest.raises(FormatError, match=f"a.txt, {words}"):
        read(tmp_path, text, **options)


def test_units_must_be_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="units='km' given; geopsy files are in m, m/s, kg/m3: units='si'"):
        read(tmp_path, FACTOR, **(SAID | {"units": "km"}))


def test_printed_digits_come_back(tmp_path: Path) -> None:
    curves = read(tmp_path, SECONDS, **SAID)
    write_curves(curves, tmp_path / "again", units="si", format="geopsy2")
    lines = (tmp_path / "again").read_text().split("\n")
    assert lines[:2] == ["# Rayleigh phase mode 0", SECONDS.split("\n")[0]]
    assert [line.split()[:2] for line in lines[2:4]] == [line.split()[:2] for line in SECONDS.split("\n")[1:3]]
    np.testing.assert_allclose(
        [float(line.split()[2]) for line in lines[2:4]], [0.000154671787315163, 0.000539678747531132]
    )
    assert read_curves(tmp_path / "again", units="si") == curves


@pytest.mark.parametrize("format", ["geopsy", "geopsy2"])
def test_round_trip_is_exact_with_and_without_sigma(tmp_path: Path, format: str) -> None:
    for sigma in (0.01, 1e-9, 2.0, np.nan):
        curves = ObservedCurves(
            ["rayleigh", "love", "rayleigh"], "group", [0, 2, 0], [1 / 3, 7.1, 1 / 3], [0.2, 1 / 7, 3], sigma
        )
        write_curves(curves, tmp_path / "a", units="si", format=format)
        assert read_curves(tmp_path / "a", units="si") == curves


def test_what_the_format_cannot_hold_is_not_written(tmp_path: Path) -> None:
    ratio = ObservedCurves("rayleigh", "ellipticity", 0, [1.0], [1.0])
    some = ObservedCurves("rayleigh", "phase", 0, [1.0, 2.0], [1.0, 1.0], [0.1, np.nan])
    for curves, words in ((ratio, "ellipticities given"), (some, "1 of 2 sigmas given; all or none")):
        with pytest.raises(UsageError, match=words):
            write_curves(curves, tmp_path / "a", units="si", format="geopsy")
    assert list(tmp_path.iterdir()) == []
