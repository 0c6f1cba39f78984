"""Each parser with its good texts and its second reader, and the check that holds the two together."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from tests.formats import good_texts, second_curves, second_models
from tests.formats.good_texts import texts
from tests.formats.grammar import Refused

from surfgrad.curves import ObservedCurves, read_curves
from surfgrad.earth.formats import read_model
from surfgrad.earth.model import EarthModel
from surfgrad.errors import FormatError

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Case:
    """A parser: `read` a path, `second` read bytes independently, `good` texts that both must take."""

    name: str
    good: st.SearchStrategy[str]
    read: Callable[[Path], EarthModel | ObservedCurves]
    second: Callable[[bytes], Rows]


def _model(**options: Any) -> Callable[[Path], EarthModel]:
    return lambda path: read_model(path, **options)


def _curves(**options: Any) -> Callable[[Path], ObservedCurves]:
    return lambda path: read_curves(path, **options)


_TABLE = "period_s,velocity_km_s,sigma_km_s"
CASES = (
    Case("model96", texts(good_texts.model96), _model(format="model96"), second_models.model96),
    Case("model-csv-km", texts(good_texts.model_csv, "km"), _model(format="csv"), second_models.csv("km")),
    Case("model-csv-si", texts(good_texts.model_csv, "si"), _model(format="csv", units="si"), second_models.csv("si")),
    Case("model-geopsy", texts(good_texts.model_geopsy), _model(format="geopsy", units="si"), second_models.geopsy),
    Case("nd", texts(good_texts.sampled, (), True), _model(format="nd"), second_models.nd),
    Case("tvel", texts(good_texts.sampled, ("iasp - P", "iasp - S"), False), _model(format="tvel"), second_models.tvel),
    Case("surf96", texts(good_texts.surf96), _curves(format="surf96"), second_curves.surf96),
    Case("curve-csv-km", texts(good_texts.curve_csv, "km"), _curves(format="csv"), second_curves.csv("km")),
    Case("curve-csv-si", texts(good_texts.curve_csv, "si"), _curves(format="csv", units="si"), second_curves.csv("si")),
    Case("curve-geopsy", texts(good_texts.curve_geopsy), _curves(format="geopsy", units="si"), second_curves.geopsy),
    Case(
        "table",
        texts(good_texts.bare_table),
        _curves(columns=_TABLE, wave="rayleigh", kind="phase", mode=0),
        second_curves.columns(_TABLE, "phase"),
    ),
    Case(
        "table-with-gaps",
        texts(good_texts.bare_table, True),
        _curves(columns=_TABLE, wave="rayleigh", kind="phase", mode=0, missing=-1, zero_sigma=math.nan),
        second_curves.columns(_TABLE, "phase", missing="-1", zero_sigma=math.nan),
    ),
)
GUESSED = (_model(), _model(units="si"), _curves(), _curves(units="si"))
"""Readers that find the format out for themselves."""


def rows_of(thing: EarthModel | ObservedCurves) -> Rows:
    """What was read, as rows."""
    if isinstance(thing, EarthModel):
        columns = thing.arrays
    else:
        columns = (thing.wave, thing.kind, thing.mode, thing.period_s, thing.value, thing.sigma)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def read_or_refused(read: Callable[[Path], Any], path: Path) -> Any:
    """What a reader gives; None where it refuses in one line that names the file. Anything else goes through."""
    try:
        return read(path)
    except FormatError as error:
        words = str(error)
        assert words.startswith(str(path)), words
        assert words.isprintable(), words
        assert len(words) < 700, words
        return None


def check(case: Case, data: bytes, path: Path, *, must_read: bool = False) -> None:
    """A file is refused in words, or read as the second reader reads it, every number to the last bit."""
    path.write_bytes(data)
    thing = read_or_refused(case.read, path)
    if thing is None:
        assert not must_read, f"refused: {data!r}"
        return
    try:
        expected = case.second(data)
    except Refused:
        raise AssertionError(f"read as {rows_of(thing)}, though no such file: {data!r}") from None
    assert same(rows_of(thing), expected), f"{rows_of(thing)} is not {expected}: {data!r}"


def same(rows: Rows, others: Rows) -> bool:
    """Equal to the last bit; NaN is NaN."""
    return len(rows) == len(others) and all(
        len(a) == len(b) and all(x == y or (_nan(x) and _nan(y)) for x, y in zip(a, b, strict=True))
        for a, b in zip(rows, others, strict=True)
    )


def _nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)
