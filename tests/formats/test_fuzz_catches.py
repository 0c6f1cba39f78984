"""The fuzz catches what it is for: readers that are wrong in known ways must fail it."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase
from tests.formats.cases import CASES, Case
from tests.formats.test_fuzz import FAST, fuzz

from surfgrad.curves import ObservedCurves
from surfgrad.earth.model import EarthModel
from surfgrad.errors import FormatError

Read = Callable[[Path], Any]
BY_NAME = {case.name: case for case in CASES}


def rewriting(change: Callable[[str], str]) -> Callable[[Read], Read]:
    """A reader that changes the text before it reads it."""

    def liar(read: Read) -> Read:
        def lying(path: Path) -> Any:
            path.write_bytes(change(path.read_bytes().decode("latin-1")).encode("latin-1"))
            return read(path)

        return lying

    return liar


def skips_bad_lines(read: Read) -> Read:
    """Leaves out the line that was refused, and goes on."""

    def lying(path: Path) -> Any:
        for _ in range(5):
            try:
                return read(path)
            except FormatError as error:
                bad = int(re.search(r"line (\d+)", str(error))[1])  # type: ignore[index]
                lines = path.read_bytes().split(b"\n")
                path.write_bytes(b"\n".join(lines[: bad - 1] + lines[bad:]))
        return read(path)

    return lying


def sorts(read: Read) -> Read:
    """Puts observations into the order of their periods."""

    def lying(path: Path) -> ObservedCurves:
        curves = read(path)
        order = np.argsort(curves.period_s)
        names = ("wave", "kind", "mode", "period_s", "value", "sigma")
        return ObservedCurves(*(getattr(curves, name)[order] for name in names))

    return lying


def rounds(read: Read) -> Read:
    """Keeps single precision."""

    def lying(path: Path) -> EarthModel:
        return EarthModel(*(array.astype(np.float32) for array in read(path).arrays))

    return lying


def crashes(read: Read) -> Read:
    """Lets an exception of its own through."""

    def lying(path: Path) -> Any:
        try:
            return read(path)
        except FormatError as error:
            raise ValueError("not mine") from error

    return lying


def talks(read: Read) -> Read:
    """Refuses in two lines."""

    def lying(path: Path) -> Any:
        try:
            return read(path)
        except FormatError as error:
            raise FormatError(f"{error}\nand more") from error

    return lying


def _with_good_header(text: str) -> str:
    lines = text.split("\n")
    lines[2:7] = ["ISOTROPIC", "KGS", "FLAT EARTH", "1-D", "CONSTANT VELOCITY"]
    return "\n".join(lines)


LIARS: dict[str, tuple[str, Callable[[Read], Read]]] = {
    "skips bad lines of a model": ("model-geopsy", skips_bad_lines),
    "skips bad lines of curves": ("surf96", skips_bad_lines),
    "skips bad lines of a table": ("curve-csv-km", skips_bad_lines),
    "sorts periods": ("surf96", sorts),
    "keeps single precision": ("model96", rounds),
    "crashes": ("nd", crashes),
    "refuses in two lines": ("tvel", talks),
    "takes a comma for a point": ("surf96", rewriting(lambda text: text.replace(",", "."))),
    "takes negative numbers for positive": ("model-csv-si", rewriting(lambda text: text.replace("-", ""))),
    "takes what is no number for 0": ("curve-csv-si", rewriting(lambda text: re.sub("nan|abc", "0.5", text))),
    "does not look at the header": ("model96", rewriting(_with_good_header)),
}


@pytest.mark.parametrize("name", LIARS)
def test_a_liar_is_caught(name: str) -> None:
    case_name, liar = LIARS[name]
    case = BY_NAME[case_name]
    lying: Case = replace(case, read=liar(case.read))
    # Ends at the first catch. With 4 * FAST examples one run in many put no sign where it matters, and caught nothing.
    with pytest.raises((AssertionError, ValueError)):
        fuzz(lying, 40 * FAST, phases=(Phase.generate,), report_multiple_bugs=False)
