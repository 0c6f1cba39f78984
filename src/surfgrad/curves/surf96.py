"""SURF96 dispersion files of Computer Programs in Seismology (Herrmann 2013, Seismol. Res. Lett. 84).

Rows `SURF96 R|L C|U|G T|X|F mode period value sigma [more]`: Rayleigh or Love; phase velocity, group velocity or gamma
(anelastic decay, not read here); theoretical or observed (F: observed, in old files). Period in s, velocity and its
sigma in km/s; the programs do not look at what follows. They skip, without a word, lines that begin otherwise: here
only blank lines and # lines are skipped.
"""

from collections.abc import Sequence
from pathlib import Path

from surfgrad.curves.observed import ObservedCurves
from surfgrad.curves.rows import Row
from surfgrad.curves.said import Said, mode_number
from surfgrad.errors import UsageError
from surfgrad.files import replacing
from surfgrad.text import content_lines, fail, number, shorten

WAVES = {"R": "rayleigh", "L": "love"}
KINDS = {"C": "phase", "U": "group"}
ORIGINS = ("T", "X", "F")
COLUMNS = "SURF96 R|L C|U T|X mode period value sigma"


def is_surf96(line: str) -> bool:
    """Whether a line is a row of such a file, right or wrong."""
    return line.split()[:1] in (["SURF96"], ["surf96"])


def parse_surf96(lines: Sequence[str], path: str | Path, said: Said) -> list[Row]:
    """The rows of a file; FormatError names what is wrong by line."""
    rows = []
    for line, text in content_lines(lines):
        cells = text.split()
        if not is_surf96(text):
            fail(path, line, f"{shorten(text.strip())!r} given; {COLUMNS} is allowed, and blank and # lines")
        if len(cells) < 8:
            fail(path, line, f"{len(cells)} values given; at least 8 are allowed: {COLUMNS}")
        wave = _letter("wave", cells[1], WAVES, path, line)
        kind = _letter("kind", cells[2], KINDS, path, line)
        _letter("origin", cells[3], dict.fromkeys(ORIGINS, ""), path, line)
        mode = mode_number(cells[4], path, line)
        period, sigma = (number(cells[i], name, path, line) for i, name in ((5, "period"), (7, "sigma")))
        if not said.is_missing(cells[6]):
            rows.append(Row(line, wave, kind, mode, period, number(cells[6], "value", path, line), sigma))
    return rows


def write_surf96(curves: ObservedCurves, path: str | Path) -> None:
    """Write observations, each as observed (X), with as many digits as make them come back to the last bit."""
    columns = (curves.wave, curves.kind, curves.mode, curves.period_s, curves.value, curves.sigma)
    waves, kinds = ({name: letter for letter, name in table.items()} for table in (WAVES, KINDS))
    text = []
    for i, (wave, kind, mode, *numbers) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        if kind not in kinds:
            raise UsageError(f"{path}: row {i} is {kind}; SURF96 holds phase and group velocities")
        if numbers[2] != numbers[2]:
            raise UsageError(f"{path}: row {i} has no sigma; SURF96 needs one in each row")
        text.append(f"SURF96 {waves[wave]} {kinds[kind]} X {mode:3d} " + " ".join(f"{float(x)!r:>12}" for x in numbers))
    with replacing(path) as temporary:
        temporary.write_text("\n".join(text) + "\n", encoding="utf-8", newline="\n")


def _letter(name: str, cell: str, allowed: dict[str, str], path: str | Path, line: int) -> str:
    if cell.upper() not in allowed:
        note = " (gamma, anelastic decay, is not read)" if name == "kind" and cell.upper() == "G" else ""
        fail(path, line, f"{name} is {shorten(cell)!r}{note}; {' or '.join(allowed)} is allowed")
    return allowed[cell.upper()]
