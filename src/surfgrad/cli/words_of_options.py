"""The library's words name its arguments; a user of the command line knows them as options."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from surfgrad.errors import FormatError, UsageError

_ARGUMENT = re.compile(r"\b(units|columns|missing|zero_sigma|depth|step|wave|kind|mode)=(?:'(\w+)')?")
_OPTIONS = {"zero_sigma": "--zero-sigma", **dict.fromkeys(("wave", "kind", "mode"), "--file-is")}
_LEADING = re.compile(r"([a-z][a-z_ ]*):")


@contextmanager
def words_of_options(units: str = "--units", format: str = "format") -> Iterator[None]:
    """Say `--step` for `step=` in errors about files; `units`, `format`: the options that these are."""
    options = _OPTIONS | {"units": units}

    def option(match: re.Match[str]) -> str:
        return options.get(match[1], f"--{match[1]}") + (f" {match[2]}" if match[2] else "")

    try:
        yield
    except (FormatError, UsageError) as error:
        words = re.sub("^format:", f"{format}:", str(error))
        raise type(error)(_ARGUMENT.sub(option, words)) from None


def with_leading_option(message: str, options: Collection[str]) -> str:
    """`starts: 0 given` as `--starts: 0 given` where that is one of the command's options."""
    leading = _LEADING.match(message)
    option = "--" + re.sub("[_ ]", "-", leading[1]) if leading else ""
    return option + message[leading.end(1) :] if leading and option in options else message
