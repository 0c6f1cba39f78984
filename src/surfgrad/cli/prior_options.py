"""The prior of an inversion as it is written on the command line: ranges, laws, sizes of errors."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from surfgrad.errors import UsageError
from surfgrad.units import Units

if TYPE_CHECKING:
    from surfgrad.inversion.earth.ties import Law
    from surfgrad.inversion.earth.water import Water

SMALLEST, LARGEST = 1e-15, 1e15
"""As of models (`surfgrad.earth.validate`)."""
VP_LAWS = "rock, a ratio vp/vs like 1.75, a free one like 1.6:2.4, or one for each layer like layers:1.6:2.4"
RHO_LAWS = "rock, a density like {}, or a free one like {}"


def parse_span(text: str, option: str) -> tuple[float, float]:
    """`low:high`, finite, above 0 and rising; raises UsageError."""
    numbers = _numbers(text, option)
    if len(numbers) != 2 or not 0.0 < numbers[0] < numbers[1]:
        raise UsageError(f"{option}: {text[:40]!r} given; low:high is allowed, above 0 and rising")
    if numbers[0] < SMALLEST or numbers[1] > LARGEST:
        raise UsageError(f"{option}: {text[:40]!r} given; low:high is allowed, from {SMALLEST:g} to {LARGEST:g}")
    return numbers[0], numbers[1]


def parse_pair(text: str, option: str) -> tuple[float, float]:
    """`value` for both, or `top:bottom`; raises UsageError."""
    numbers = _numbers(text, option)
    if len(numbers) > 2:
        raise UsageError(f"{option}: {text[:40]!r} given; one number, or two as top:bottom, are allowed")
    return numbers[0], numbers[-1]


def parse_sigma(text: str, option: str, units: Units) -> tuple[float | None, float | None]:
    """(sigma in km/s, share): `0.05` in the units' velocity, or `3%` of each value; (None, None) for nothing said."""
    if not text:
        return None, None
    percent = text.strip().endswith("%")
    (number,) = _only(_numbers(text.strip().rstrip("%"), option), text, option)
    if not number > 0.0:
        raise UsageError(
            f"{option}: {text[:40]!r} given; a number above 0 in {units.velocity}, or a share like 3%, is allowed"
        )
    return (None, number / 100.0) if percent else (number / units.factor, None)


def parse_number(text: str, option: str) -> float:
    """One number; raises UsageError."""
    return _only(_numbers(text, option), text, option)[0]


def parse_vp(text: str) -> "Law | None":
    """The law of vp; None where nothing is said. Raises UsageError."""
    from surfgrad.inversion.earth.marginals import LogUniform
    from surfgrad.inversion.earth.ties import FreeRatio, HeldRatio, RockVp

    if not text:
        return None
    if text == "rock":
        return RockVp()
    each = text.startswith("layers:")
    numbers = _guarded(text.removeprefix("layers:"), "--vp", VP_LAWS)
    if len(numbers) == 1 and not each:
        return HeldRatio(numbers[0])
    # How many layers the model has is not known yet: the model's builder sets it.
    with _named("--vp"):
        return FreeRatio(LogUniform(numbers[0], numbers[-1]), int(each))


def parse_rho(text: str, units: Units) -> "Law | None":
    """The law of density, in the units'; None where nothing is said. Raises UsageError."""
    from surfgrad.inversion.earth.marginals import Uniform
    from surfgrad.inversion.earth.ties import FreeDensity, HeldDensity, RockDensity

    if not text:
        return None
    if text == "rock":
        return RockDensity()
    allowed = RHO_LAWS.format(
        f"{1.9 * units.factor:g} {units.density}", f"{1.7 * units.factor:g}:{2.2 * units.factor:g}"
    )
    numbers = [number / units.factor for number in _guarded(text, "--rho", allowed)]
    with _named("--rho"):
        return HeldDensity(numbers[0]) if len(numbers) == 1 else FreeDensity(Uniform(numbers[0], numbers[1]))


def parse_water(text: str, units: Units) -> "Water | None":
    """Water of a held depth, or between two, in the units' length; None where nothing is said. Raises UsageError."""
    from surfgrad.inversion.earth.marginals import Uniform
    from surfgrad.inversion.earth.water import Water

    if not text:
        return None
    numbers = [number / units.factor for number in _guarded(text, "--water", "a depth like 1.5, or a range like 1:2,")]
    if not numbers[0] > 0.0:
        raise UsageError(f"--water: {text[:40]!r} given; depths above 0 are allowed")
    with _named("--water"):
        return Water(numbers[0] if len(numbers) == 1 else Uniform(numbers[0], numbers[1]))


@contextmanager
def _named(option: str) -> Iterator[None]:
    """A range that is none is that of an option."""
    try:
        yield
    except UsageError as error:
        raise UsageError(re.sub("^prior range:", f"{option}:", str(error))) from None


def _guarded(text: str, option: str, allowed: str) -> list[float]:
    """One number, or two; UsageError with what is allowed for anything else."""
    try:
        numbers = _numbers(text, option)
    except UsageError:
        numbers = []
    if len(numbers) not in (1, 2):
        raise UsageError(f"{option}: {text[:40]!r} given; {allowed} is allowed")
    return numbers


def _numbers(text: str, option: str) -> list[float]:
    """The numbers between colons."""
    from surfgrad.cli.ranges import parse_numbers

    return [_each(parse_numbers, part, option) for part in text.split(":")]


def _each(parse: Callable[[str, str], tuple[float, ...]], part: str, option: str) -> float:
    return _only(list(parse(part, option)), part, option)[0]


def _only(numbers: list[float], text: str, option: str) -> list[float]:
    if len(numbers) != 1:
        raise UsageError(f"{option}: {text[:40]!r} given; one number is allowed")
    return numbers
