"""Geopsy's layered models, what gpdc reads and gpdcreport writes (geopsy.org, pages of gpdc and gpprofile).

A line with the number of layers, then as many rows: thickness (m), vp (m/s), vs (m/s), density (kg/m3) and, or not, Qp
and Qs; the last row is the half-space. Any number of models; # lines are comments. In Geopsy's pages of 2007 and 2008
the order is Qs, Qp; in later ones, and here, Qp, Qs. A Q of 0 is no attenuation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from surfgrad.decimals import power, shifted, shifted_text
from surfgrad.earth.formats.layers import checked_model
from surfgrad.earth.model import EarthModel
from surfgrad.files import replacing
from surfgrad.text import content_lines, digits, fail, one_line, shorten
from surfgrad.units import SI

Array = np.ndarray
COLUMNS = ("thickness (m)", "vp (m/s)", "vs (m/s)", "density (kg/m3)", "Qp", "Qs")
MOST_LAYERS = 100_000


@dataclass(frozen=True, eq=False)
class GeopsyModel:
    """One model of a file. `qp`, `qs`: (L,) quality factors, inf where there is no attenuation; None: not given."""

    model: EarthModel
    qp: Array | None = None
    qs: Array | None = None


def is_geopsy(lines: Sequence[str]) -> bool:
    """Whether the first line that is no comment is one whole number."""
    return next((text.strip().isdecimal() for _, text in content_lines(lines)), False)


def parse_geopsy(lines: Sequence[str], path: str | Path) -> list[GeopsyModel]:
    """The models in the lines of a file, at least one; FormatError names what is wrong by line."""
    content = content_lines(lines)
    models = []
    for line, text in content:
        count = _count(text, path, line)
        rows = [_row(text, path, line) for line, text in _taken(content, count, path, line)]
        models.append(_model(rows, path, _title(lines, line - 1) or Path(path).stem))
    if not models:
        fail(path, 1, "no model given; a line with the number of layers is allowed")
    return models


def write_geopsy(models: Sequence[GeopsyModel], path: str | Path) -> None:
    """Write models one after the other, with as many digits as make them come back to the last bit."""
    text = "".join(f"{line}\n" for each in models for line in _lines(each))
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _count(text: str, path: str | Path, line: int) -> int:
    word = text.strip()
    # isdecimal() alone lets other alphabets' digits pass, and int() thousands of digits.
    if not (word.isascii() and word.isdecimal() and len(word) <= 6 and 1 <= int(word) <= MOST_LAYERS):
        fail(path, line, f"number of layers is {shorten(word)!r}; a whole number from 1 to {MOST_LAYERS} is allowed")
    return int(word)


def _taken(content: Iterator[tuple[int, str]], count: int, path: str | Path, line: int) -> Iterator[tuple[int, str]]:
    for taken in range(count):
        row = next(content, None)
        if row is None:
            fail(path, line, f"{count} layers announced and {taken} given; as many rows as announced are allowed")
        yield row


def _row(text: str, path: str | Path, line: int) -> tuple[int, list[str]]:
    cells = text.split()
    if len(cells) not in (4, 6):
        fail(path, line, f"{len(cells)} values given; 4 or 6 are allowed: {', '.join(COLUMNS)}")
    return line, [digits(cell, name, path, line) for cell, name in zip(cells, COLUMNS, strict=False)]


def _model(rows: Sequence[tuple[int, list[str]]], path: str | Path, name: str) -> GeopsyModel:
    widths = [len(texts) for _, texts in rows]
    for (line, _), width in zip(rows, widths, strict=True):
        if width != widths[0]:
            fail(path, line, f"{width} values given; {widths[0]} are allowed, as in the model's first row")
    elastic = [(line, [shifted(text, -power(SI)) for text in texts[:4]]) for line, texts in rows]
    model = checked_model(elastic, path, name, SI)
    if widths[0] == 4:
        return GeopsyModel(model)
    qp, qs = (np.array([_quality(texts[k], COLUMNS[k], path, line) for line, texts in rows]) for k in (4, 5))
    return GeopsyModel(model, qp, qs)


def _quality(text: str, name: str, path: str | Path, line: int) -> float:
    value = float(text)
    if not (value >= 1.0 or value == 0.0):
        fail(path, line, f"{name} is {text}; 1 and above, or 0 (no attenuation), is allowed")
    return value or np.inf


def _title(lines: Sequence[str], before: int) -> str:
    """What the comment right above line index `before` says, where there is one."""
    above = lines[before - 1].strip() if before > 0 else ""
    return above.lstrip("#").strip() if above.startswith("#") else ""


def _lines(each: GeopsyModel) -> Iterator[str]:
    if each.model.name:
        yield f"# {one_line(each.model.name)}"
    yield str(each.model.n_layers)
    columns = [[shifted_text(value, power(SI)) for value in array.tolist()] for array in each.model.arrays]
    if each.qp is not None and each.qs is not None:
        columns += [["0" if np.isinf(q) else repr(q) for q in values.tolist()] for values in (each.qp, each.qs)]
    yield from (" ".join(row) for row in zip(*columns, strict=True))
