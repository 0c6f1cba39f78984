"""Formats by name, and the units that the numbers of each can be in."""

from collections.abc import Mapping
from pathlib import Path

from surfgrad.errors import UsageError
from surfgrad.units import Units

Formats = Mapping[str, tuple[Units, ...]]
"""Format -> the units that it can hold."""


def check_format(name: str, formats: Formats) -> str:
    """The name; raises UsageError where there is no such format."""
    if name not in formats:
        raise UsageError(f"format: {name!r} given; {', '.join(formats)} are allowed")
    return name


def check_format_units(name: str, units: Units, formats: Formats, path: str | Path) -> None:
    """Raise UsageError where numbers in these units cannot stand in such a file."""
    if units not in formats[name]:
        (system,) = formats[name]
        fixed = f"{system.length}, {system.velocity}, {system.density}"
        raise UsageError(f"{path}: units={units.name!r} given; {name} files are in {fixed}: units={system.name!r}")
