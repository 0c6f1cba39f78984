"""Bytes to lines and tokens to numbers: what a text file may be, and in what words others are refused."""

from pathlib import Path

import pytest

from surfgrad.errors import FormatError, UsageError
from surfgrad.text import LARGEST, cause, column_names, content_lines, number, one_line, read_lines


def lines(tmp_path: Path, data: bytes) -> list[str]:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    return read_lines(path)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings_and_line_ends_make_no_difference(tmp_path: Path, encoding: str, ends: str) -> None:
    assert lines(tmp_path, ends.join(["Modèle", "1\t2", ""]).encode(encoding)) == ["Modèle", "1\t2", ""]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a\nb\x00c", r"a.txt, line 2: control character 0x00 given; a text file is allowed"),
        ("a".encode("utf-16-le"), r"line 1: control character 0x00 .* \(UTF-16 needs its byte-order mark\)"),
        ("a".encode("utf-32"), "line 1: control character 0x00"),
        (b"\xff\xfea", "line 1: broken UTF-16 given; UTF-8 is allowed"),
        (b"\x1f\x8b\x08", r"line 1: a compressed file given \(as Geopsy's .target files are\); plain text is allowed"),
        (b"1\x1a", "control character 0x1a"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        lines(tmp_path, data)


def test_a_file_may_be_as_long_as_the_limit_and_no_longer(tmp_path: Path) -> None:
    assert len(lines(tmp_path, b"#" * LARGEST)[0]) == LARGEST
    with pytest.raises(FormatError, match="more than 10 MB given"):
        lines(tmp_path, b"#" * (LARGEST + 1))


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="an existing, readable file is allowed"):
        read_lines(tmp_path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1.0),
        ("-.5", -0.5),
        ("+5.", 5.0),
        ("1.5D-3", 0.0015),
        ("1d3", 1000.0),
        ("0e999", 0.0),
        ("4.9e-324", 5e-324),
    ],
)
def test_numbers_as_programs_write_them(text: str, value: float) -> None:
    assert number(text, "x", "f", 1) == value


@pytest.mark.parametrize(
    "text", ["", ".", "e5", "1_0", "0x10", "1,5", "1.5-3", "2*3.5", "١", "１", "1 ", "1e", "--1", "***"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"f, line 1: x is .*; a number is allowed"):
        number(text, "x", "f", 1)


@pytest.mark.parametrize("text", ["nan", "-inf", "Infinity", "1e400", "-1D400", "1e-400", "9" * 400])
def test_what_a_double_cannot_hold_is_refused_not_rounded_to_zero_or_infinity(text: str) -> None:
    with pytest.raises(FormatError, match="a finite number"):
        number(text, "x", "f", 1)


def test_helpers_of_the_parsers() -> None:
    assert list(content_lines(["# a", " ", "b", "\t# c", "d"])) == [(3, "b"), (5, "d")]
    assert column_names("Frequency (Hz), Velocity (m/s),sigma_m_s") == ("frequency_hz", "velocity_m_s", "sigma_m_s")
    assert column_names("vp{_km_s,(Hz),a (b),a(b) c") == ("vp{_km_s", "_hz", "a_b", "a(b) c")
    assert one_line(" a\tb\nc\x00 ") == "a b c?"
    assert cause(ValueError("two\n lines")) == "two lines"
    assert cause(ValueError("x" * 500), 7) == "x" * 7
    assert cause(MemoryError()) == "MemoryError"
