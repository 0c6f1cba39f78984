"""What the caller says about a file that the file itself may leave open."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path
from typing import Any

from surfgrad.contracts import WAVES
from surfgrad.curves.observed import KINDS
from surfgrad.errors import UsageError
from surfgrad.text import fail, is_number


@dataclass(frozen=True)
class Said:
    """The caller's words; None: nothing said. What the file says too must agree.

    `wave`, `kind`, `mode`: of all observations. `missing`: rows with this value hold no observation and are left out.
    `zero_sigma`: what a sigma of 0 stands for, in the file's units; NaN: not given. Raises UsageError for a value that
    is not allowed.
    """

    wave: str | None = None
    kind: str | None = None
    mode: int | None = None
    missing: float | None = None
    zero_sigma: float | None = None

    def __post_init__(self) -> None:
        """Check each."""
        for name, value, allowed in (("wave", self.wave, WAVES), ("kind", self.kind, KINDS)):
            if value is not None and value not in allowed:
                raise UsageError(f"{name}: {value!r} given; {' or '.join(allowed)} is allowed")
        whole: Any = self.mode  # anything may be given
        if whole is not None and (
            isinstance(whole, bool) or not isinstance(whole, Integral) or not 0 <= int(whole) <= 9999
        ):
            raise UsageError(f"mode: {self.mode!r} given; a whole number from 0 to 9999 is allowed")
        if self.zero_sigma is not None and not (self.zero_sigma > 0.0 or math.isnan(self.zero_sigma)):
            raise UsageError(f"zero_sigma: {self.zero_sigma:g} given; a number above 0, or NaN (not given), is allowed")

    def settle(self, name: str, given: str | None, allowed: Sequence[str], path: str | Path, line: int) -> str:
        """The `wave` or `kind` of a row from what the file and the caller say; FormatError where that is not one."""
        said = getattr(self, name)
        if given is None and said is None:
            fail(path, line, f"the file does not say the {name}; {name}= of {' or '.join(allowed)} is needed")
        if given is not None and given not in allowed:
            fail(path, line, f"{name} is {given!r}; {' or '.join(allowed)} is allowed")
        if given is not None and said is not None and given != said:
            fail(path, line, f"{name} is {given}; with {name}={said!r} only {said} is allowed")
        return given or said

    def settle_mode(self, given: int | None, path: str | Path, line: int) -> int:
        """The mode of a row, likewise."""
        if given is None and self.mode is None:
            fail(path, line, "the file does not say the mode; mode= of 0 (fundamental) and above is needed")
        if given is not None and self.mode is not None and given != self.mode:
            fail(path, line, f"mode is {given}; with mode={self.mode} only {self.mode} is allowed")
        return int(self.mode) if given is None else given  # type: ignore[arg-type] # not None: see above

    def is_missing(self, text: str) -> bool:
        """Whether the text of a value is the number that stands for a missing one."""
        if self.missing is None:
            return False
        if math.isnan(self.missing):
            return text.lower() == "nan"
        return is_number(text) and float(text.upper().replace("D", "E")) == self.missing


def mode_number(text: str, path: str | Path, line: int) -> int:
    """The mode in a cell: a whole number, at most 4 digits; FormatError otherwise."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        fail(path, line, f"mode is {text[:30]!r}; a whole number from 0 is allowed")
    return int(text)
