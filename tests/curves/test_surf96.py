"""SURF96 dispersion files: what is read, and which line is wrong."""

from pathlib import Path

import numpy as np
import pytest

from surfgrad.curves import ObservedCurves, read_curves, write_curves
from surfgrad.errors import FormatError, UsageError

GOOD = """# made by hand
SURF96 R C X  0       22.44     3.70140     0.12020     8.5093

surf96\tl\tu\tt 1  24.09  3.7134D0  2.63E-2
SURF96 R C F 0 22.44 3.7194 .1
"""


def read(tmp_path: Path, text: str, **options: object) -> ObservedCurves:
    path = tmp_path / "a.dsp"
    path.write_text(text)
    return read_curves(path, **options)  # type: ignore[arg-type]


def test_unsorted_repeated_tabs_extra_columns_and_d_exponents(tmp_path: Path) -> None:
    expected = ObservedCurves(
        ["rayleigh", "love", "rayleigh"],
        ["phase", "group", "phase"],
        [0, 1, 0],
        [22.44, 24.09, 22.44],
        [3.7014, 3.7134, 3.7194],
        [0.1202, 0.0263, 0.1],
    )
    assert read(tmp_path, GOOD) == expected
    assert read(tmp_path, GOOD.replace("\n", "\r\n")) == expected
    (tmp_path / "b").write_bytes(GOOD.encode("utf-16"))
    assert read_curves(tmp_path / "b") == expected


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("SURF96 R G X 0 10 1e-3 1e-5", r"kind is 'G' \(gamma, anelastic decay, is not read\); C or U is allowed"),
        ("SURF96 A C X 0 10 3.5 0.1", "wave is 'A'; R or L is allowed"),
        ("SURF96 R C Y 0 10 3.5 0.1", "origin is 'Y'; T or X or F is allowed"),
        ("SURF96 R C X -1 10 3.5 0.1", "mode is '-1'; a whole number from 0"),
        ("SURF96 R C X 99999 10 3.5 0.1", "mode is '99999'"),
        ("SURF96 R C X 0 10 3.5", "7 values given; at least 8 are allowed: SURF96"),
        ("SURF96 R C X 0 10 3.5 0", r"sigma is 0; a number above 0 is allowed \(zero_sigma= says what a 0 stands for"),
        ("SURF96 R C X 0 10 3.5 -0.1", "sigma is -0.1; a finite number above 0"),
        ("SURF96 R C X 0 10 3.5 nan", "sigma is 'nan'; a finite number"),
        ("SURF96 R C X 0 10 -3.5 0.1", "velocity is -3.5 km/s; a finite number above 0"),
        ("SURF96 R C X 0 0 3.5 0.1", "period is 0 s; a finite number above 0"),
        (
            "SURF96 R C X 0 10 350 0.1",
            "velocity is 350 km/s, the largest there; at most 20 km/s .*like m/s: mend them",
        ),
        ("R C X 0 10 3.5 0.1", "'R C X 0 10 3.5 0.1' given; SURF96 R|L"),
    ],
)
def test_a_bad_line_is_named_and_never_skipped(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(FormatError, match=f"a.dsp, line 6: {words}"):
        read(tmp_path, GOOD + line)


def test_sigma_0_stands_for_what_the_user_says(tmp_path: Path) -> None:
    text = "SURF96 R C T 0 10 3.5 0.0\nSURF96 R C T 0 12 3.6 0.1\n"
    assert read(tmp_path, text, zero_sigma=0.05).sigma.tolist() == [0.05, 0.1]
    np.testing.assert_array_equal(read(tmp_path, text, zero_sigma=np.nan).sigma, [np.nan, 0.1])
    for bad in (0.0, -1.0):
        with pytest.raises(UsageError, match=r"zero_sigma: .* given; a number above 0, or NaN"):
            read(tmp_path, text, zero_sigma=bad)


def test_missing_values_are_left_out_on_the_users_word_only(tmp_path: Path) -> None:
    text = "SURF96 R C X 0 10 -9 0.1\nSURF96 R C X 0 12 3.6 0.1\n"
    assert read(tmp_path, text, missing=-9).period_s.tolist() == [12.0]
    with pytest.raises(FormatError, match="line 1: velocity is -9"):
        read(tmp_path, text)
    with pytest.raises(FormatError, match="line 1: no observations given"):
        read(tmp_path, text.split("\n")[0], missing=-9)
    with pytest.raises(FormatError, match="line 1: period is 'x'"):
        read(tmp_path, text.replace("10", "x"), missing=-9)


def test_what_is_said_of_a_file_must_agree_with_it(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="line 4: kind is group; with kind='phase' only phase is allowed"):
        read(tmp_path, GOOD, kind="phase")
    with pytest.raises(FormatError, match="line 4: mode is 1; with mode=0 only 0 is allowed"):
        read(tmp_path, GOOD, mode=0)
    with pytest.raises(UsageError, match="wave: 'R' given; rayleigh or love is allowed"):
        read(tmp_path, GOOD, wave="R")
    for mode in (-1, 0.5, True):
        with pytest.raises(UsageError, match=r"mode: .* given; a whole number"):
            read(tmp_path, GOOD, mode=mode)
    with pytest.raises(UsageError, match="units='si' given; surf96 files are in km"):
        read(tmp_path, GOOD, units="si")


def test_printed_digits_come_back(tmp_path: Path) -> None:
    curves = read(tmp_path, GOOD)
    write_curves(curves, tmp_path / "again", format="surf96")
    assert read_curves(tmp_path / "again") == curves
    words = [line.split() for line in (tmp_path / "again").read_text().split("\n") if line]
    assert words[0] == ["SURF96", "R", "C", "X", "0", "22.44", "3.7014", "0.1202"]
    assert words[1] == ["SURF96", "L", "U", "X", "1", "24.09", "3.7134", "0.0263"]


def test_what_the_format_cannot_hold_is_not_written(tmp_path: Path) -> None:
    for kind, sigma, words in (("ellipticity", 0.1, "row 0 is ellipticity"), ("phase", np.nan, "row 0 has no sigma")):
        with pytest.raises(UsageError, match=words):
            write_curves(ObservedCurves("rayleigh", kind, 0, [1.0], [1.0], sigma), tmp_path / "a", format="surf96")
    assert list(tmp_path.iterdir()) == []
