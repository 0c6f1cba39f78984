"""Reading small text files that may be anything, and saying where they go wrong."""

import codecs
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from surfgrad.errors import FormatError, UsageError

LARGEST = 10_000_000
"""Bytes; a text of models or curves that is longer is not one."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([EeDd][+-]?\d+)?", re.ASCII)
_INFINITE = ("NAN", "INF", "INFINITY")
_UNIT = re.compile(r"\s*\(([a-z0-9/]+)\)$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_lines(path: str | Path) -> list[str]:
    """The lines of a text file without their ends; UsageError where it cannot be opened, FormatError where no text.

    UTF-8, UTF-16 with its byte-order mark, and Latin-1 where the bytes are not UTF-8; Unix, Windows and old Mac ends.
    """
    try:
        with open(path, "rb") as handle:
            data = handle.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{path or repr(path)}: {reason}; an existing, readable file is allowed") from None
    if len(data) > LARGEST:
        raise FormatError(f"{path}: more than {LARGEST // 1_000_000} MB given; a model is a short text file")
    lines = _decoded(data, path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, text in enumerate(lines, start=1):
        control = _CONTROL.search(text)
        if control:
            hint = " (UTF-16 needs its byte-order mark)" if control.group() == "\0" else ""
            fail(path, line, f"control character {ord(control.group()):#04x} given; a text file is allowed{hint}")
    return lines


def _decoded(data: bytes, path: str | Path) -> str:
    if data.startswith(b"\x1f\x8b"):
        fail(path, 1, "a compressed file given (as Geopsy's .target files are); plain text is allowed")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            fail(path, 1, "broken UTF-16 given; UTF-8 is allowed, or UTF-16 with its byte-order mark")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # accents in titles, as older programs wrote them; noise fails later


def content_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(line number, line), without blank lines and those that begin with #."""
    for line, text in enumerate(lines, start=1):
        if text.strip() and not text.lstrip().startswith("#"):
            yield line, text


def column_names(line: str) -> tuple[str, ...]:
    """The names in a CSV's heading as this project writes them: `Frequency (Hz)` is `frequency_hz`."""
    return tuple(_UNIT.sub(_with_unit, cell.strip().lower()) for cell in line.split(","))


def heading_words(line: str) -> list[str]:
    """The cells of a heading, whatever parts and surrounds them: to tell what a file means to be."""
    return [word.strip() for word in re.split('[,;\t"]', line.lower()) if word.strip()]


def check_commas(text: str, path: str | Path, line: int) -> None:
    """Refuse a heading whose cells stand between other signs than commas, as some spreadsheets write them."""
    for sign, name in ((";", "semicolons"), ("\t", "tabs"), ('"', "quotes")):
        if sign in text:
            fail(path, line, f"{name} given; cells between commas, without quotes, are allowed, and decimal points")


def _with_unit(match: re.Match[str]) -> str:
    return "_" + match[1].replace("/", "_")


def fail(path: str | Path, line: int, words: str) -> NoReturn:
    """Raise FormatError naming the file and the line, counted from 1; control characters do not get through."""
    clean = "".join(c if c.isprintable() else "?" for c in words)
    raise FormatError(f"{path}, line {line}: {clean}")


def digits(text: str, what: str, path: str | Path, line: int) -> str:
    """The text of a finite number, with E for Fortran's D; FormatError naming the column otherwise.

    float() would take more: 1_000, other alphabets' digits, and 1e400 as infinity or 1e-400 as zero. None is a number
    that a program wrote.
    """
    plain = text.upper().replace("D", "E")
    if not is_number(text):
        allowed = "a finite number" if plain.lstrip("+-") in _INFINITE else "a number"
        fail(path, line, f"{what} is {shorten(text)!r}; {allowed} is allowed")
    value = float(plain)
    if not math.isfinite(value) or (value == 0.0 and re.search("[1-9]", plain.partition("E")[0])):
        fail(path, line, f"{what} is {shorten(text)!r}; a finite number that a double can hold is allowed")
    return plain


def is_number(text: str) -> bool:
    """Whether a text is written as a number is, with D exponents too; it may be too large to hold."""
    return _NUMBER.fullmatch(text) is not None


def number(text: str, what: str, path: str | Path, line: int) -> float:
    """A finite number, Fortran's D exponents included; FormatError naming the column otherwise."""
    return float(digits(text, what, path, line))


def one_line(text: str) -> str:
    """A title or message that fits a line: single spaces, and ? for what cannot be printed."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))


def told(text: str) -> str:
    """A line as a message quotes it."""
    return repr(shorten(text.strip(), 40)) if text.strip() else "nothing"


def cause(error: BaseException, length: int = 120) -> str:
    """What another package's error says, on one line and short enough for ours; its type where it says nothing."""
    return " ".join(str(error).split())[:length] or type(error).__name__


def shorten(text: str, length: int = 30) -> str:
    """The text, cut to a length that fits a message."""
    return text if len(text) <= length else text[: length - 3] + "..."
