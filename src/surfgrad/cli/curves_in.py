"""The CURVES argument: a file of observed dispersion, with what it leaves open."""

import math
from typing import TYPE_CHECKING, Any

from surfgrad.cli.words_of_options import words_of_options
from surfgrad.contracts import WAVES
from surfgrad.errors import FormatError, UsageError
from surfgrad.units import Units

if TYPE_CHECKING:
    from surfgrad.curves.observed import ObservedCurves


def read_curves(path: str, file_is: str, columns: str, missing: float | None, units: Units) -> "ObservedCurves":
    """The observations in a file; rows whose value stands for none are left out, a sigma of 0 counts as not given.

    `file_is`: wave, kind and mode of a file that does not say them, those that it leaves open, with commas. `columns`:
    the names of a bare table's. `missing`: the value that stands for none; None: nan, as this project writes it.
    `units`: those of a file that can be in either; other formats are in their own. Raises UsageError for an option
    that is wrong, FormatError for what is wrong inside the file.
    """
    from surfgrad.curves.reading import read_curves as read

    said = said_of(file_is)
    with words_of_options():
        held = units_of(path, columns, units).name
        try:
            return read(
                path,
                units=held,
                columns=columns or None,
                missing=math.nan if missing is None else missing,
                zero_sigma=math.nan,
                **said,
            )
        except FormatError as error:
            hint = " (--file-is says it)" if "the file does not say" in str(error) else ""
            raise FormatError(f"{error}{hint}") from None


def said_of(text: str) -> dict[str, Any]:
    """`wave`, `kind` and `mode` in a text like `rayleigh,phase,0`, those that it has. Raises UsageError."""
    from surfgrad.curves.observed import KINDS

    said: dict[str, Any] = {}
    for word in (part.strip() for part in text.split(",") if text):
        name = "wave" if word in WAVES else "kind" if word in KINDS else "mode" if _is_mode(word) else ""
        if not name or name in said:
            allowed = f"one each of {'/'.join(WAVES)}, {'/'.join(KINDS)}, and a mode 0 to 9999"
            raise UsageError(f"--file-is: {word[:40]!r} given; {allowed} is allowed")
        said[name] = int(word) if name == "mode" else word
    return said


def _is_mode(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 4


def units_of(path: str, columns: str, wanted: Units) -> Units:
    """Those wanted where the file's format can hold them, else those that it always has: SURF96 is in km/s."""
    from surfgrad.curves.kinds import FORMATS
    from surfgrad.curves.reading import format_of
    from surfgrad.text import read_lines

    if columns:
        return wanted
    held = FORMATS[format_of(read_lines(path), path)]
    return wanted if wanted in held else held[0]
