"""CURVES that are many points: a folder of files, or a CSV with a column `point`."""

from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.cli.curves_in import read_curves
from surfgrad.cli.words_of_options import words_of_options
from surfgrad.errors import UsageError
from surfgrad.units import Units

if TYPE_CHECKING:
    from surfgrad.curves.observed import ObservedCurves


def holds_points(path: str) -> bool:
    """Whether it is a folder, or a readable CSV whose heading has the column `point`."""
    if path and Path(path).is_dir():
        return True
    if not Path(path).is_file():
        return False
    from surfgrad.curves.points import has_points
    from surfgrad.text import read_lines

    return has_points(read_lines(path))


def read_points(
    path: str, file_is: str, columns: str, missing: float | None, units: Units
) -> "list[tuple[str, ObservedCurves]]":
    """(name, observations) of each point; of a folder each file is one, by its name. Arguments as for `read_curves`.

    Hidden files and folders are passed over; everything else must be a file of curves.
    """
    if Path(path).is_dir():
        files = sorted(each for each in Path(path).iterdir() if each.is_file() and not each.name.startswith("."))
        if not files:
            raise UsageError(f"{path}: a folder without files given; files of curves are allowed")
        return [(each.name, read_curves(str(each), file_is, columns, missing, units)) for each in files]
    if file_is or columns or missing is not None:
        raise UsageError(
            f"{path}: --file-is, --columns, --missing: given with a table of points, whose heading says it"
        )
    from surfgrad.curves.points import read_points as read

    with words_of_options():
        return read(path, units=units.name)
