"""--periods or --frequencies: the same numbers, seconds or hertz, with what was written kept to the last digit."""

from typing import NamedTuple

from surfgrad.cli.ranges import exact_positive
from surfgrad.errors import UsageError
from surfgrad.units import SI, Units


class Times(NamedTuple):
    """`periods`, s, and their `frequencies`, Hz, in the order given; each is the other's reciprocal, rounded once."""

    periods: tuple[float, ...]
    frequencies: tuple[float, ...]


def parse_times(periods: str, frequencies: str, units: Units, default: str, default_si: str) -> Times:
    """The times of a command: of the option that was given, else `default`, s, or under SI `default_si`, Hz.

    Raises UsageError naming the option where it is wrong or both are given.
    """
    if periods and frequencies:
        raise UsageError("--frequencies: --periods is given too; one of the two is allowed")
    if not periods and not frequencies:
        periods, frequencies = ("", default_si) if units == SI else (default, "")
    if periods:
        exact = exact_positive(periods, "--periods", "period", "s", "in seconds")
        return Times(tuple(float(period) for period in exact), tuple(float(1 / period) for period in exact))
    exact = exact_positive(frequencies, "--frequencies", "frequency", "Hz", "in hertz")
    return Times(tuple(float(1 / frequency) for frequency in exact), tuple(float(frequency) for frequency in exact))
