"""How numbers are written in a page."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

MISSING = "\N{EN DASH}"
VERDICT_WORDS = {"PASS": "pass", "MARGINAL": "marginal", "FAIL": "fail", "CANNOT JUDGE": "cannot judge"}


def short(value: float | None, digits: int = 2) -> str:
    """Two significant digits or so, one where rounding would leave none; a dash for a number that does not exist."""
    if value is None:
        return MISSING
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    if 0 < size < 0.5 * 10.0**-digits:
        return f"{value:.1g}"
    return f"{value:.{digits}f}"


def percent(share: float | None, digits: int = 1) -> str:
    """A share of 1 in percent; a share that is not zero is never written as 0."""
    if share is None:
        return MISSING
    if share == 0:
        return "0 %"
    least = 10.0**-digits
    if 0 < 100 * share < 0.5 * least:
        return f"< {least:g} %"
    return f"{100 * share:.{digits}f} %"


def span(range_: Mapping[str, float] | None, digits: int = 2) -> str:
    """`low to high`, or one number where they are written alike."""
    if range_ is None:
        return MISSING
    low, high = short(range_["low"], digits), short(range_["high"], digits)
    return low if low == high else f"{low} to {high}"


def duration(seconds: float) -> str:
    """`12.3 s`, `4 min 05 s` or `2 h 10 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def breakable(name: str) -> Markup:
    """A NAME_LIKE_THIS that may be broken after its underscores, so that narrow columns can hold it."""
    return Markup("_<wbr>").join(name.split("_"))


def day(iso: str) -> str:
    """`23 November 2026`."""
    when = datetime.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"


def counted(number: int, thing: str, plural: str | None = None) -> str:
    """`1 model`, `1,200 models`."""
    return f"{number:,} {thing if number == 1 else plural or thing + 's'}"
