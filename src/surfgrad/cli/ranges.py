"""Numbers and names as people write them on the command line: `0:2`, `2:60:1`, `1:50:log20`, `5,10,20:40:5`,
`rayleigh,love`."""

import math
import re
from collections.abc import Sequence
from fractions import Fraction

from surfgrad.errors import UsageError

MOST_PERIODS = 10_000
MOST_MODES = 100

_LOG = re.compile(r"log(\d{1,6})", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_LONGEST_NUMBER = 40
# Beyond these a double overflows or loses digits; no seismologist's period comes near.
_LARGEST = Fraction(10) ** 300
_SMALLEST = Fraction(1, 10**300)


def parse_periods(text: str, option: str = "--periods") -> tuple[float, ...]:
    """Periods, s, in the order given: `start:stop:step` (both ends), `start:stop` (step 1), `start:stop:log20` (20 of
    them, evenly in log), or a comma list of those.

    Ranges are counted in exact decimals, so that `0.1:1:0.1` is ten periods and its third is 0.3. A range whose stop
    lies between two steps ends before it. Raises UsageError naming the part that is wrong.
    """
    return tuple(float(number) for number in exact_positive(text, option, "period", "s", "in seconds"))


def exact_positive(text: str, option: str, what: str, unit: str, where: str) -> tuple[Fraction, ...]:
    """Numbers above 0 written as periods are, exact; `what`, `unit` and `where` name them in a UsageError."""
    numbers = _expand(text, option, MOST_PERIODS)
    for number, part in numbers:
        if -_LARGEST < number <= 0:
            given = f"{_quote(part)} gives a {what} of {float(number):g} {unit}"
            raise UsageError(f"{option}: {given}; {_plural(what)} are above 0 {unit}")
        if not _SMALLEST < number < _LARGEST:
            raise UsageError(f"{option}: {_quote(part)} is out of range; {_plural(what)} are {where}")
    return tuple(number for number, _ in numbers)


def parse_numbers(text: str, option: str) -> tuple[float, ...]:
    """Numbers of any sign, written as periods are. Raises UsageError."""
    numbers = _expand(text, option, MOST_PERIODS)
    for number, part in numbers:
        if not -_LARGEST < number < _LARGEST:
            raise UsageError(f"{option}: {_quote(part)} is out of range")
    return tuple(float(number) for number, _ in numbers)


def parse_modes(text: str, option: str = "--modes") -> tuple[int, ...]:
    """Mode numbers, 0 the fundamental, each once: `0`, `0:2` (modes 0, 1, 2), `0,3`. Raises UsageError."""
    numbers = _expand(text, option, MOST_MODES)
    for number, part in numbers:
        if number.denominator != 1 or not 0 <= number < 1000:
            raise UsageError(f"{option}: {_quote(part)}; modes are whole numbers, 0 (the fundamental) to 999")
    return tuple(dict.fromkeys(int(number) for number, _ in numbers))


def parse_names(text: str, option: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Names from a comma list, each once, in the order given. Raises UsageError naming a stranger."""
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in allowed:
            raise UsageError(f"{option}: {_quote(name)} is not one of {', '.join(allowed)}")
    return tuple(dict.fromkeys(names))


def parse_name(text: str, option: str, allowed: Sequence[str]) -> str:
    """One name. Raises UsageError for a stranger or several."""
    names = parse_names(text, option, allowed)
    if len(names) != 1:
        raise UsageError(f"{option}: one of {', '.join(allowed)}, not {len(names)} of them")
    return names[0]


def parse_depths(text: str, option: str = "--depths", unit: str = "km") -> tuple[float, ...]:
    """Depths, in `unit`, in the order given, written as periods are; 0 is the surface. Raises UsageError."""
    numbers = _expand(text, option, MOST_PERIODS)
    for number, part in numbers:
        if not 0 <= number < _LARGEST:
            raise UsageError(
                f"{option}: {_quote(part)} gives a depth of {float(number):g} {unit}; 0 {unit} and below is allowed"
            )
    return tuple(float(number) for number, _ in numbers)


def _expand(text: str, option: str, most: int) -> list[tuple[Fraction, str]]:
    """Every number with the part of the text it came from."""
    numbers: list[tuple[Fraction, str]] = []
    for part in text.split(","):
        for number in _expand_part(part.strip(), option, most):
            numbers.append((number, part.strip()))
        if len(numbers) > most:
            raise UsageError(f"{option}: more than {most} values in {_quote(text)}")
    return numbers


def _expand_part(part: str, option: str, most: int) -> list[Fraction]:
    tokens = [token.strip() for token in part.split(":")]
    count = _LOG.fullmatch(tokens[2]) if len(tokens) == 3 else None
    numbers = [_number(token, part, option) for token in (tokens[:2] if count else tokens)]
    if len(numbers) == 1:
        return numbers
    if len(numbers) > 3:
        raise UsageError(f"{option}: {_quote(part)} has too many colons; a range is start:stop or start:stop:step")
    if count:
        return _evenly_in_log(numbers[0], numbers[1], int(count[1]), part, option, most)
    start, stop = numbers[:2]
    step = numbers[2] if len(numbers) == 3 else Fraction(1)
    if step == 0:
        raise UsageError(f"{option}: the step of {_quote(part)} is 0")
    last = (stop - start) // step
    if last < 0:
        raise UsageError(f"{option}: {_quote(part)} is empty: its step leads away from its end")
    if last >= most:
        raise UsageError(f"{option}: more than {most} values in {_quote(part)}")
    return [start + i * step for i in range(int(last) + 1)]


def _evenly_in_log(start: Fraction, stop: Fraction, count: int, part: str, option: str, most: int) -> list[Fraction]:
    """Both ends exactly, and `count` - 2 doubles between them."""
    if not (_SMALLEST < start < _LARGEST and _SMALLEST < stop < _LARGEST):
        raise UsageError(f"{option}: {_quote(part)} is even in log; its ends must be above 0")
    if not 2 <= count <= most:
        raise UsageError(f"{option}: {_quote(part)} asks for {count}; 2 to {most} values are allowed")
    low, high = math.log(start), math.log(stop)
    inner = (math.exp(low + (high - low) * i / (count - 1)) for i in range(1, count - 1))
    return [start, *(Fraction(value) for value in inner), stop]


def _plural(what: str) -> str:
    return what[:-1] + "ies" if what.endswith("y") else what + "s"


def _number(token: str, part: str, option: str) -> Fraction:
    if len(token) > _LONGEST_NUMBER or not _NUMBER.fullmatch(token):
        where = f" in {_quote(part)}" if token != part else ""
        raise UsageError(f"{option}: {_quote(token)}{where} is not a number; write for example 0:2, 2:60:1 or 5,10,20")
    return Fraction(token)


def _quote(text: str) -> str:
    """The text in quotes, shortened to fit a line."""
    return repr(text if len(text) <= _LONGEST_NUMBER else text[: _LONGEST_NUMBER - 3] + "...")
