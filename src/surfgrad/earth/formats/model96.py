"""model96, the layered-model format of Computer Programs in Seismology (Herrmann 2013, Seismol. Res. Lett. 84).

Eleven header lines, a heading, and rows H VP VS RHO QP QS ETAP ETAS FREFP FREFS; the last row is the half-space.
Negative H in the top rows: layers above the reference level, of thickness |H|. Q below 1 is 1/Q; 0 is no attenuation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.earth.formats.layers import checked_model
from surfgrad.files import replacing
from surfgrad.text import fail, number, one_line, read_lines, shorten

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

Array = np.ndarray
COLUMNS = ("H", "VP", "VS", "RHO", "QP", "QS", "ETAP", "ETAS", "FREFP", "FREFS")
_HEADING = 12
_ALLOWED: dict[int, tuple[tuple[str, ...], str]] = {
    3: (("ISOTROPIC",), "transversely isotropic and anisotropic media are not read"),
    4: (("KGS",), "units are km, km/s, g/cm3"),
    5: (("FLAT EARTH", "SPHERICAL EARTH"), "the Earth is one of these"),
    6: (("1-D",), "structure in 2 or 3 dimensions is not read"),
    7: (("CONSTANT VELOCITY",), "velocity gradients within layers are not read"),
}


@dataclass(frozen=True, eq=False)
class Model96:
    """What a model96 file holds.

    `thickness`, `vp`, `vs`, `rho`: (L,), km, km/s, km/s, g/cm3. `qp`, `qs`: (L,), quality factors, inf where the medium
    does not attenuate. `etap`, `etas`: (L,), powers of frequency in Q; `frefp`, `frefs`: (L,), Hz. `above`: how many
    layers lie above the reference level. `spherical`: whether the file says that it describes a spherical Earth.
    """

    thickness: Array
    vp: Array
    vs: Array
    rho: Array
    qp: Array
    qs: Array
    etap: Array
    etas: Array
    frefp: Array
    frefs: Array
    title: str = ""
    spherical: bool = False
    above: int = 0

    def model(self) -> "EarthModel":
        """The four elastic arrays, named by the title."""
        from surfgrad.earth.model import EarthModel

        return EarthModel(self.thickness, self.vp, self.vs, self.rho, name=self.title or None)

    @classmethod
    def from_model(cls, model: "EarthModel") -> "Model96":
        """A record without attenuation."""
        none, zero, one = np.full(model.n_layers, np.inf), np.zeros(model.n_layers), np.ones(model.n_layers)
        return cls(*model.arrays, none, none, zero, zero, one, one, title=model.name or "")


def read_model96(path: str | Path) -> Model96:
    """Read a model96 file; UsageError where it cannot be opened, FormatError naming the line that is wrong."""
    return parse_model96(read_lines(path), path)


def parse_model96(lines: Sequence[str], path: str | Path) -> Model96:
    """The record in the lines of a file called `path`; FormatError naming the line."""
    spherical = _header(lines, path)
    rows = _rows(lines, path)
    values = np.array([row for _, row in rows], dtype=np.float64)
    above = _above(values[:, 0], rows, path)
    values[:above, 0] *= -1.0
    checked = checked_model([(line, row[:4]) for (line, _), row in zip(rows, values, strict=True)], path, None)
    for column in (4, 5):
        values[:, column] = _quality(values[:, column], COLUMNS[column], rows, path)
    qp, qs, etap, etas, frefp, frefs = values.T[4:].copy()
    title = lines[1].strip()
    return Model96(*checked.arrays, qp, qs, etap, etas, frefp, frefs, title=title, spherical=spherical, above=above)


def write_model96(record: Model96, path: str | Path) -> None:
    """Write a record with as many digits as make it come back to the last bit; whole or not at all."""
    sign = np.where(np.arange(record.thickness.size) < record.above, -1.0, 1.0)
    columns = [sign * record.thickness, record.vp, record.vs, record.rho]
    columns += [np.where(np.isinf(q), 0.0, q) for q in (record.qp, record.qs)]
    columns += [record.etap, record.etas, record.frefp, record.frefs]
    title = one_line(record.title) or "model"
    earth = "SPHERICAL EARTH" if record.spherical else "FLAT EARTH"
    lines = ["MODEL.01", title, "ISOTROPIC", "KGS", earth, "1-D", "CONSTANT VELOCITY"]
    lines += ["LINE08", "LINE09", "LINE10", "LINE11", "H(KM) VP(KM/S) VS(KM/S) RHO(GM/CC) QP QS ETAP ETAS FREFP FREFS"]
    lines += [" ".join(f"{float(value)!r:>10}" for value in row) for row in zip(*columns, strict=True)]
    with replacing(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _header(lines: Sequence[str], path: str | Path) -> bool:
    """Check the header; whether the Earth is spherical."""
    if not lines or not lines[0].strip().upper().startswith("MODEL"):
        given = shorten(lines[0].strip()) if lines else ""
        fail(path, 1, f"{given!r} given; a model96 file begins with MODEL")
    if len(lines) < _HEADING:
        fail(path, len(lines), f"the file ends here; {_HEADING} lines before the layers are allowed")
    for line, (words, why) in _ALLOWED.items():
        given = " ".join(lines[line - 1].upper().split())
        if not given.startswith(words):
            fail(path, line, f"{shorten(given)!r} given; {' or '.join(words)} is allowed ({why})")
    heading = lines[_HEADING - 1].split()
    if not heading or not heading[0].upper().startswith("H"):
        given = shorten(lines[_HEADING - 1].strip())
        fail(path, _HEADING, f"{given!r} given; the heading {' '.join(COLUMNS)} is allowed")
    return lines[4].strip().upper().startswith("SPHERICAL")


def _rows(lines: Sequence[str], path: str | Path) -> list[tuple[int, list[float]]]:
    end = len(lines)
    while end > _HEADING and not lines[end - 1].strip():
        end -= 1
    rows = []
    for line in range(_HEADING + 1, end + 1):
        cells = lines[line - 1].split()
        if len(cells) != len(COLUMNS):
            fail(path, line, f"{len(cells)} values given; {len(COLUMNS)} are allowed: {' '.join(COLUMNS)}")
        rows.append((line, [number(cell, name, path, line) for cell, name in zip(cells, COLUMNS, strict=True)]))
    if not rows:
        fail(path, end, "no layers given; at least the half-space is allowed")
    return rows


def _above(thickness: Array, rows: Sequence[tuple[int, list[float]]], path: str | Path) -> int:
    """How many layers at the top have negative H."""
    negative = thickness < 0
    above = int(np.argmin(np.append(negative, False)))
    if above == thickness.size:
        fail(path, rows[-1][0], "the half-space lies above the reference level; an H of 0 is allowed")
    if negative[above:].any():
        row = above + int(np.argmax(negative[above:]))
        words = "H is {:g} below a layer with positive H; negative H is allowed in the top rows only"
        fail(path, rows[row][0], words.format(thickness[row]))
    return above


def _quality(values: Array, name: str, rows: Sequence[tuple[int, list[float]]], path: str | Path) -> Array:
    """Q from Q or 1/Q; 0 is no attenuation."""
    if (values < 0).any():
        row = int(np.argmax(values < 0))
        fail(path, rows[row][0], f"{name} is {values[row]:g}; Q, 1/Q or 0 (no attenuation) is allowed")
    with np.errstate(divide="ignore", over="ignore"):
        return np.where(values < 1, 1.0 / values, values)
