"""The MODEL argument: a file of any format that is read, or the name of a reference Earth."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.cli.words_of_options import words_of_options
from surfgrad.errors import FormatError, UsageError
from surfgrad.units import KM, Units

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel


def read_model(text: str, earth: str = "flat", units: Units = KM) -> "EarthModel":
    """The model that `text` names, in km, km/s, g/cm3; a file wins over a reference Earth of the same name.

    `units`: those of a file that can be in either; other formats are in their own, whatever is said.
    A line on stderr where the file is said to describe a spherical Earth, and `earth` is "flat".

    Raises UsageError when there is neither, FormatError or ModelError for what is wrong inside the file.
    """
    from surfgrad.earth.model import EarthModel
    from surfgrad.earth.reference import NAMES

    if text and Path(text).exists():
        model = _of_file(text, units)
        if earth == "flat" and is_spherical(text):
            print(f"{text} says SPHERICAL EARTH and is taken as flat; give --earth spherical", file=sys.stderr)
        return model
    if text.lower() in NAMES:
        return EarthModel.reference(text.lower())
    raise UsageError(f"MODEL: no file {text!r}; give a model file or a reference ({', '.join(NAMES)})")


def _of_file(path: str, units: Units) -> "EarthModel":
    from surfgrad.earth.formats.kinds import SAMPLED
    from surfgrad.earth.model import EarthModel

    try:
        with words_of_options():
            return EarthModel.from_file(path, units=units_of(path, units).name)
    except FormatError as error:
        asks = "--step" in str(error) or "--depth" in str(error)
        samples = asks and Path(path).suffix.lower().lstrip(".") in SAMPLED
        hint = " (surfgrad convert makes layers of such a file: --depth, --step)" if samples else ""
        raise FormatError(f"{error}{hint}") from None


def units_of(path: str, wanted: Units) -> Units:
    """Those wanted where the file's format can hold them, else those that it always has: model96 is in km."""
    from surfgrad.earth.formats.kinds import FORMATS, format_of
    from surfgrad.text import read_lines

    held = FORMATS[format_of(read_lines(path), path)]
    return wanted if wanted in held else held[0]


def is_spherical(path: str) -> bool:
    """Whether a readable model file is a model96 file whose fifth line says so."""
    from surfgrad.text import read_lines

    lines = [line.strip().upper() for line in read_lines(path)[:5]]
    return lines[0].startswith("MODEL") and lines[-1].startswith("SPHERICAL")
