"""Observations as Geopsy's text, what `surfgrad.curves.geopsy` reads and dinver loads."""

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from surfgrad.curves.geopsy import HEADINGS, sigma_of, velocity_of
from surfgrad.curves.observed import ObservedCurves
from surfgrad.curves.write_csv import frequency_text
from surfgrad.decimals import EXACT, shortest_text
from surfgrad.errors import UsageError
from surfgrad.files import replacing


def write_geopsy(curves: ObservedCurves, path: str | Path, held: str = "factor") -> None:
    """Write frequency, slowness and stddev, which is a "factor" (Geopsy 3) or in "s/m" (Geopsy 2).

    A heading stands before each run of rows of one wave, kind and mode. With as many digits as make it come back to the
    last bit. Raises UsageError for ellipticities, and for sigmas given in some rows only: there is no way to say so.
    """
    given = curves.sigma == curves.sigma
    if (curves.kind == "ellipticity").any():
        raise UsageError(f"{path}: ellipticities given; a Geopsy dispersion file holds phase and group velocities")
    if given.any() and not given.all():
        raise UsageError(f"{path}: {given.sum()} of {given.size} sigmas given; all or none can stand in a Geopsy file")
    text = "".join(f"{line}\n" for line in _lines(curves, held if given.any() else ""))
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _lines(curves: ObservedCurves, held: str) -> Iterator[str]:
    columns = (curves.wave, curves.kind, curves.mode, curves.period_s, curves.value, curves.sigma)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for (wave, kind, mode), run in groupby(rows, key=lambda row: row[:3]):
        yield f"# {wave.capitalize()} {kind} mode {mode}"
        yield HEADINGS[held]
        for *_, period, value, sigma in run:
            yield _row(period, value, sigma, held)


def _row(period: float, value: float, sigma: float, held: str) -> str:
    velocity = EXACT.multiply(Decimal(1000), Decimal(value))
    slowness = shortest_text(EXACT.divide(Decimal(1), velocity), velocity_of, value)
    cells = [frequency_text(period), slowness]
    if not math.isnan(sigma):
        cells += [_stddev(Decimal(slowness), sigma, held), "1"]
    return " ".join(cells)


def _stddev(slowness: Decimal, sigma: float, held: str) -> str:
    """The text of the stddev that is read as this sigma: the inverse of `surfgrad.curves.geopsy.sigma_of`."""
    share = EXACT.multiply(Decimal(sigma), EXACT.multiply(Decimal(1000), slowness))
    if held == "s/m":
        start = EXACT.multiply(share, slowness)
    else:
        start = EXACT.add(share, EXACT.sqrt(EXACT.add(Decimal(1), EXACT.multiply(share, share))))
    return shortest_text(start, sigma_of(slowness, held), sigma)
