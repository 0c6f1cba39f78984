"""What the second readers share: bytes to lines, and tokens to exact numbers. Written apart from `surfgrad.text`.

A second reader accepts what docs/formats.md says and nothing else; it raises `Refused` without saying why.
"""

import re
from decimal import Decimal
from fractions import Fraction

NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eEdD]([+-]?\d+))?", re.ASCII)


class Refused(Exception):  # noqa: N818 - an outcome, not an error
    """The text is not a file of this format."""


def lines_of(data: bytes) -> list[str]:
    """Lines of UTF-16 with a mark, UTF-8, or Latin-1; none may hold a control character but tabs."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise Refused from None
    elif data[:2] == b"\x1f\x8b":
        raise Refused
    else:
        try:
            text = data.decode("utf-8")
            text = text[1:] if text.startswith("\ufeff") else text
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    if any((ord(c) < 32 and c not in "\t\n\r") or ord(c) == 127 for c in text):
        raise Refused
    return re.split("\r\n|\r|\n", text)


def require(condition: object) -> None:
    """Refuse unless the condition holds."""
    if not condition:
        raise Refused


def exact(token: str) -> Fraction:
    """The number that a token is, if a double can hold it."""
    match = NUMBER.fullmatch(token)
    require(match)
    sign, whole, part, exponent = match.groups("")  # type: ignore[union-attr]
    require(whole or part)
    mantissa = Fraction(Decimal(whole + part))  # exact whatever its length; int() refuses 4300 digits
    if mantissa == 0:
        return Fraction(0)
    require(len(exponent.lstrip("+-0")) < 9)
    power = int(Decimal(exponent or "0")) - len(part)
    require(abs(power) < 10_000)
    number = mantissa * Fraction(10) ** power * (-1 if sign == "-" else 1)
    require(double(number) != 0.0)
    return number


def double(number: Fraction) -> float:
    """The nearest double."""
    try:
        return float(number)
    except OverflowError:
        raise Refused from None


def column_name(cell: str) -> str:
    """`Vp (m/s)` and `vp_m_s` are the same column."""
    cell = cell.strip().lower()
    if not cell.endswith(")"):
        return cell
    require(cell.count("(") == 1)
    name, unit = cell[:-1].split("(")
    return f"{name.rstrip()}_{'_'.join(unit.split('/'))}"


def whole(token: str, most: int) -> int:
    """A whole number from 0 to `most`, in plain digits."""
    require(re.fullmatch("[0-9]{1,9}", token))
    require(int(token) <= most)
    return int(token)
