"""--periods and --frequencies: exact reciprocals, even steps in log, and what is refused."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surfgrad.cli.ranges import parse_depths, parse_modes, parse_numbers, parse_periods
from surfgrad.cli.times import parse_times
from surfgrad.errors import UsageError
from surfgrad.units import KM, SI


def test_each_system_has_its_default() -> None:
    assert parse_times("", "", KM, "2:60:29", "1:3:1") == ((2.0, 31.0, 60.0), (0.5, 1 / 31, 1 / 60))
    assert parse_times("", "", SI, "2:60:29", "1:3:1") == ((1.0, 0.5, 1 / 3), (1.0, 2.0, 3.0))


@given(st.integers(1, 10**6), st.integers(0, 5))
def test_reciprocals_are_rounded_once(whole: int, places: int) -> None:
    text = f"{whole // 10**places}.{whole % 10**places:0{places}d}" if places else str(whole)
    exact = Fraction(whole, 10**places)
    assert parse_times("", text, KM, "", "") == ((float(1 / exact),), (float(exact),))
    assert parse_times(text, "", SI, "", "") == ((float(exact),), (float(1 / exact),))


@pytest.mark.parametrize(
    ("periods", "frequencies", "named"),
    [
        ("5", "5", "--frequencies: --periods is given too"),
        ("", "0", "--frequencies: '0' gives a frequency of 0 Hz; frequencies are above 0 Hz"),
        ("", "5,-1", "frequency of -1 Hz"),
        ("", "1e-301", "'1e-301' is out of range; frequencies are in hertz"),
        ("", "10 Hz", "'10 Hz' is not a number"),
        ("0", "", "--periods: '0' gives a period of 0 s"),
    ],
)
def test_refused(periods: str, frequencies: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_times(periods, frequencies, SI, "1", "1")
    assert named in str(caught.value)


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.integers(2, 60))
def test_log_ranges_have_both_ends_and_equal_ratios(start: float, stop: float, count: int) -> None:
    found = parse_periods(f"{start!r}:{stop!r}:log{count}")
    assert (found[0], found[-1], len(found)) == (start, stop, count)
    steps = [math.log(b / a) for a, b in pairwise(found)]
    assert steps == pytest.approx([math.log(stop / start) / (count - 1)] * (count - 1), abs=1e-12)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("0:5:log3", "ends must be above 0"),
        ("1:0:log3", "ends must be above 0"),
        ("1:5:log1", "asks for 1; 2 to 10000"),
        ("1:5:log99999", "2 to 10000 values are allowed"),
        ("1:5:log1000000000000", "not a number"),
        ("1:5:log", "'log'"),
        ("log3", "'log3'"),
        ("1:5:log-3", "'log-3'"),
        ("1:2:3:log4", "'log4'"),
        ("1:5:log3:1", "'log3'"),
    ],
)
def test_log_ranges_refuse(text: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_periods(text)
    assert named in str(caught.value)


def test_what_is_counted_is_not_log() -> None:
    with pytest.raises(UsageError, match="whole numbers"):
        parse_modes("1:50:log4")
    assert parse_modes("1:4:log3") == (1, 2, 4)


def test_depths_and_plain_numbers() -> None:
    assert parse_depths("0:10:5", unit="m") == (0.0, 5.0, 10.0)
    with pytest.raises(UsageError, match="-1 m; 0 m and below"):
        parse_depths("-1", unit="m")
    assert parse_numbers("1.5,-2", "--ratio") == (1.5, -2.0)
    with pytest.raises(UsageError, match="--ratio: '1e999' is out of range"):
        parse_numbers("1e999", "--ratio")
