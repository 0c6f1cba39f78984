"""Columns of the CSVs in either system of units: their names, and their numbers with all their digits."""

import math

from surfgrad.cli.times import Times
from surfgrad.decimals import power, shifted_text
from surfgrad.units import SI, Units


def time_column(units: Units) -> str:
    """What a row is at: its period, or under SI its frequency."""
    return "frequency_hz" if units == SI else "period_s"


def time_texts(times: Times, units: Units) -> list[str]:
    """The numbers of that column, as they were given."""
    return [repr(value) for value in (times.frequencies if units == SI else times.periods)]


def in_units(value: float, units: Units, exponent: int = 1) -> str:
    """A value of the engine (km, km/s, g/cm3) in `units`, exactly; `exponent` -1 for 1/km."""
    number = float(value)
    return shifted_text(number, exponent * power(units)) if math.isfinite(number) else repr(number)
