"""Ranges include both ends, count in exact decimals, and name what they refuse."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surfgrad.cli.ranges import MOST_MODES, MOST_PERIODS, parse_modes, parse_names, parse_periods
from surfgrad.errors import UsageError


def test_both_ends_are_included() -> None:
    assert parse_periods("2:60:1") == tuple(float(t) for t in range(2, 61))
    assert len(parse_periods("2:60:1")) == 59
    assert parse_modes("0:2") == (0, 1, 2)


def test_decimals_are_exact() -> None:
    """Summing 0.1 in binary gives nine or eleven values, and 0.30000000000000004."""
    assert parse_periods("0.1:1:0.1") == (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    assert parse_periods("0.02:0.2:0.02")[-1] == 0.2


def test_lists_mix_with_ranges_and_keep_their_order() -> None:
    assert parse_periods("40, 5:7:0.5 ,1e1") == (40.0, 5.0, 5.5, 6.0, 6.5, 7.0, 10.0)
    assert parse_periods("60:2:-20") == (60.0, 40.0, 20.0)
    assert parse_modes("3,0:1,1") == (3, 0, 1)


def test_a_range_stops_before_an_end_between_two_steps() -> None:
    assert parse_periods("2:10:3") == (2.0, 5.0, 8.0)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("0", "0 s"),
        ("5,0", "'0'"),
        ("-3:5:1", "-3"),
        ("nan", "'nan'"),
        ("2:inf:1", "'inf'"),
        ("1:2:0", "step"),
        ("", "''"),
        ("1,", "''"),
        ("1:", "''"),
        ("1:2:3:4", "colons"),
        ("10:2:1", "empty"),
        ("1:1e9:1e-9", "more than"),
        ("1:9000,1:9000", "more than"),
        ("1e999", "out of range"),
        ("-1e999", "out of range"),
        ("1e-320", "out of range"),
        ("1_0", "'1_0'"),
        ("\u0661", "not a number"),
        ("1" * 500, "..."),
        ("__import__('os')", "not a number"),
    ],
)
def test_periods_refuse(text: str, named: str) -> None:
    with pytest.raises(UsageError, match="--periods") as caught:
        parse_periods(text)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["-1", "0.5", "0:2:0.5", "1000", "0:500", "a", ""])
def test_modes_refuse(text: str) -> None:
    with pytest.raises(UsageError, match="--modes"):
        parse_modes(text)


def test_names() -> None:
    assert parse_names("love, rayleigh,love", "--wave", ("rayleigh", "love")) == ("love", "rayleigh")
    with pytest.raises(UsageError, match=r"--wave: 'Stoneley' is not one of rayleigh, love"):
        parse_names("love,Stoneley", "--wave", ("rayleigh", "love"))


@given(st.text(alphabet="0123456789.:,-+eE naif_\n", max_size=30) | st.text(max_size=20))
def test_any_text_gives_positive_finite_periods_or_a_usage_error(text: str) -> None:
    try:
        periods = parse_periods(text)
    except UsageError:
        return
    assert 1 <= len(periods) <= MOST_PERIODS
    assert all(0 < period < math.inf for period in periods)


@given(st.text(alphabet="0123456789.:,-", max_size=12))
def test_any_text_gives_whole_modes_or_a_usage_error(text: str) -> None:
    try:
        modes = parse_modes(text)
    except UsageError:
        return
    assert 1 <= len(set(modes)) == len(modes) <= MOST_MODES
    assert all(isinstance(mode, int) and mode >= 0 for mode in modes)


@given(st.integers(1, 10_000), st.integers(1, 500), st.integers(1, 300), st.integers(0, 4))
def test_a_range_is_what_its_decimals_say(start: int, step: int, count: int, places: int) -> None:
    scale = 10**places

    def written(whole: int) -> str:
        return f"{whole // scale}.{whole % scale:0{places}d}" if places else str(whole)

    text = f"{written(start)}:{written(start + (count - 1) * step)}:{written(step)}"
    assert parse_periods(text) == tuple(float(Fraction(start + i * step, scale)) for i in range(count))
