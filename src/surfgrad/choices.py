"""An option that is one of a few words."""

from collections.abc import Iterable
from typing import Any

from surfgrad.errors import UsageError


def check_choice(name: str, value: Any, allowed: Iterable[str]) -> str:
    """The value, if it is one of the words; UsageError naming the option, what was given and what is allowed."""
    words = tuple(allowed)
    if isinstance(value, str) and value in words:
        return value
    given = " ".join(repr(value).split())
    given = given if len(given) <= 60 else given[:57] + "..."
    raise UsageError(f"{name}: {given} given; allowed are {', '.join(words)}")
