"""Reading small text files that may be anything, and saying where they go wrong."""

import math
from pathlib import Path
from typing import NoReturn

from surfgrad.errors import FormatError, UsageError

LARGEST = 10_000_000
"""Bytes; a text model that is longer is not one."""


def read_lines(path: str | Path) -> list[str]:
    """The lines of a text file without their ends; UsageError where it cannot be opened, FormatError where too long."""
    try:
        with open(path, "rb") as handle:
            data = handle.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{path}: {reason}; an existing, readable file is allowed") from None
    if len(data) > LARGEST:
        raise FormatError(f"{path}: more than {LARGEST // 1_000_000} MB given; a model is a short text file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")  # accents in titles, as older programs wrote them; noise fails later
    return [line.rstrip("\r") for line in text.split("\n")]


def fail(path: str | Path, line: int, words: str) -> NoReturn:
    """Raise FormatError naming the file and the line, counted from 1; control characters do not get through."""
    clean = "".join(c if c.isprintable() else "?" for c in words)
    raise FormatError(f"{path}, line {line}: {clean}")


def number(text: str, what: str, path: str | Path, line: int) -> float:
    """A finite number, Fortran's D exponents included; FormatError naming the column otherwise."""
    try:
        # float() takes 1_000 and other alphabets' digits; files have neither.
        if "_" in text or not text.isascii():
            raise ValueError
        value = float(text.upper().replace("D", "E"))
    except ValueError:
        fail(path, line, f"{what} is {shorten(text)!r}; a number is allowed")
    if not math.isfinite(value):
        fail(path, line, f"{what} is {shorten(text)!r}; a finite number is allowed")
    return value


def shorten(text: str, length: int = 30) -> str:
    """The text, cut to a length that fits a message."""
    return text if len(text) <= length else text[: length - 3] + "..."
