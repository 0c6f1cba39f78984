"""Changing units of printed numbers without losing a digit: in decimal, rounded to a double once.

123.4 m read as 0.1234 km must be written as 123.4 m again. In binary, 123.4 / 1000 * 1000 is not 123.4.
"""

import math
from collections.abc import Callable
from decimal import Context, Decimal

from surfgrad.units import Units

EXACT = Context(prec=60, Emin=-2000, Emax=2000)
"""Digits to spare: a double needs 17, the square of a quotient of two of them no more than 40."""


def power(units: Units) -> int:
    """Ten to this times the engine's number is the one in these units: lengths, velocities and densities alike."""
    return round(math.log10(units.factor))


def shifted(text: str, power: int) -> float:
    """The double nearest to `text` times ten to the `power`; `text` as `surfgrad.text.digits` returns it."""
    return float(text) if power == 0 or float(text) == 0.0 else float(Decimal(text).scaleb(power, EXACT))


def shifted_text(value: float, power: int) -> str:
    """The shortest text of `value` times ten to the `power`: `shifted` with minus `power` gives `value` back."""
    return repr(value) if power == 0 or value == 0.0 else plain(Decimal(repr(value)).scaleb(power, EXACT))


def shortest_text(start: Decimal, reads_as: Callable[[Decimal], float], value: float) -> str:
    """The shortest decimal near `start` that `reads_as` turns into the double `value`.

    15 digits first: a number that was printed with 15 digits or fewer comes back as it was printed.
    """
    for precision in range(15, EXACT.prec):
        candidate = Context(prec=precision).plus(start)
        if reads_as(candidate) == value:
            return plain(candidate)
    raise ArithmeticError(f"no decimal near {start} is read as {value!r}")


def plain(number: Decimal) -> str:
    """Without trailing zeros, nor an exponent where it is as readable without."""
    bare = number.normalize(EXACT)
    return format(bare, "f") if -7 <= bare.adjusted() < 16 else format(bare, "E")
