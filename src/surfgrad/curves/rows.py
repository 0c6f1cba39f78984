"""From numbered rows to observed curves, so that what is wrong is named by its line."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from surfgrad.contracts import WAVES
from surfgrad.curves.observed import KINDS, ObservedCurves
from surfgrad.curves.said import Said
from surfgrad.decimals import power, shifted
from surfgrad.looks import velocity_doubt
from surfgrad.text import fail
from surfgrad.units import Units

NONE = " (missing= says what stands for none)"


@dataclass(frozen=True)
class Row:
    """One observation of a file, in s and km/s; None for what the file does not say, NaN for a sigma not given."""

    line: int
    wave: str | None
    kind: str | None
    mode: int | None
    period_s: float
    value: float
    sigma: float


def curves_of_rows(rows: Sequence[Row], path: str | Path, units: Units, said: Said) -> ObservedCurves:
    """The observations of a file in `units`, completed by what the caller said; FormatError names a bad line."""
    if not rows:
        fail(path, 1, "no observations given; at least one is allowed")
    settled = [_settled(row, path, units, said) for row in rows]
    _check_looks(settled, path, units)
    columns = zip(*((r.wave, r.kind, r.mode, r.period_s, r.value, r.sigma) for r in settled), strict=True)
    return ObservedCurves(*map(list, columns))  # type: ignore[arg-type] # lists become arrays there


def _settled(row: Row, path: str | Path, units: Units, said: Said) -> Row:
    kind = said.settle("kind", row.kind, KINDS, path, row.line)
    wave = said.settle("wave", row.wave or ("rayleigh" if kind == "ellipticity" else None), WAVES, path, row.line)
    mode = said.settle_mode(row.mode, path, row.line)
    if kind == "ellipticity" and wave != "rayleigh":
        fail(path, row.line, f"wave is {wave}; rayleigh is allowed for an ellipticity")
    if not (row.period_s > 0.0 and math.isfinite(row.period_s)):
        fail(path, row.line, f"period is {row.period_s:g} s; a finite number above 0 is allowed")
    if kind != "ellipticity" and not (row.value > 0.0 and math.isfinite(row.value)):
        fail(path, row.line, f"velocity is {row.value:g} km/s; a finite number above 0 is allowed{NONE}")
    sigma = row.sigma
    if sigma == 0.0:
        sigma = _stand_in(row, path, 0 if kind == "ellipticity" else power(units), said)
    if sigma < 0.0 or math.isinf(sigma):
        fail(path, row.line, f"sigma is {sigma:g}; a finite number above 0 is allowed")
    return replace(row, wave=wave, kind=kind, mode=mode, sigma=sigma)


def _stand_in(row: Row, path: str | Path, decimal_power: int, said: Said) -> float:
    if said.zero_sigma is None:
        words = "sigma is 0; a number above 0 is allowed (zero_sigma= says what a 0 stands for; NaN: not given)"
        fail(path, row.line, words)
    return math.nan if math.isnan(said.zero_sigma) else shifted(repr(float(said.zero_sigma)), -decimal_power)


def _check_looks(rows: Sequence[Row], path: str | Path, units: Units) -> None:
    velocities = [row for row in rows if row.kind != "ellipticity"]
    if velocities:
        fastest = max(velocities, key=lambda row: row.value)
        words = velocity_doubt("velocity", fastest.value, units)
        if words is not None:
            fail(path, fastest.line, words)
