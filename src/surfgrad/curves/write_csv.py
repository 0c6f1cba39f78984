"""Observations as CSV, the columns that `surfgrad.curves.table` reads."""

import math
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from surfgrad.curves.observed import ObservedCurves
from surfgrad.curves.table import period_of
from surfgrad.decimals import EXACT, power, shifted_text, shortest_text
from surfgrad.files import replacing
from surfgrad.units import KM, Units


def write_csv(curves: ObservedCurves, path: str | Path, units: Units = KM) -> None:
    """Write wave, kind, mode, period_s, velocity_km_s, sigma_km_s; as SI frequency_hz, velocity_m_s, sigma_m_s.

    Ellipticities have columns of their own, ellipticity,sigma_ellipticity, which stand only where there are any, as the
    velocities' do. With as many digits as make it come back to the last bit; a sigma not given is nan.
    """
    with replacing(path) as temporary:
        temporary.write_text("\n".join(_lines(curves, units)) + "\n", encoding="utf-8", newline="\n")


def _lines(curves: ObservedCurves, units: Units) -> Iterator[str]:
    ratios = curves.kind == "ellipticity"
    velocity = units.column("velocity", units.velocity), units.column("sigma", units.velocity)
    values = (*(velocity if not ratios.all() else ()), *(("ellipticity", "sigma_ellipticity") if ratios.any() else ()))
    yield ",".join(("wave", "kind", "mode", "period_s" if units == KM else "frequency_hz", *values))
    columns = (curves.wave, curves.kind, curves.mode, curves.period_s, curves.value, curves.sigma)
    for wave, kind, mode, period, value, sigma in zip(*(column.tolist() for column in columns), strict=True):
        ratio = kind == "ellipticity"
        shift = 0 if ratio else power(units)
        pair = [shifted_text(value, shift), "nan" if math.isnan(sigma) else shifted_text(sigma, shift)]
        blank = ["", ""] if len(values) > 2 else []
        time = repr(period) if units == KM else frequency_text(period)
        yield ",".join([wave, kind, str(mode), time, *(blank + pair if ratio else pair + blank)])


def frequency_text(period: float) -> str:
    """The shortest text of the frequency, Hz, that is read as this period, s."""
    return shortest_text(EXACT.divide(Decimal(1), Decimal(period)), period_of, period)
