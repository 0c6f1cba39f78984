"""Changes of units in decimal, beside the same in fractions, which are exact in another way."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surfgrad.decimals import EXACT, plain, power, shifted, shifted_text, shortest_text
from surfgrad.units import KM, SI

positive = st.floats(1e-12, 1e12)


def test_powers_of_the_two_systems() -> None:
    assert (power(KM), power(SI)) == (0, 3)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9), st.sampled_from([-3, 0, 3]))
def test_shifting_is_rounded_once(number: Decimal, by: int) -> None:
    assert shifted(str(number), by) == float(Fraction(number) * Fraction(10) ** by)


@given(st.floats(-1e300, 1e300), st.sampled_from([-3, 0, 3]))
def test_a_double_comes_back_from_its_text(value: float, by: int) -> None:
    assert shifted(shifted_text(value, by), -by) == value


@pytest.mark.parametrize("text", ["123.4", "0.1", "7.3", "1800", "0.000001", "87.6543210987654"])
def test_printed_digits_come_back(text: str) -> None:
    assert shifted_text(shifted(text, -3), 3) == text


def test_the_binary_way_loses_digits_which_is_why_it_is_done_in_decimal() -> None:
    assert sum(i / 1000 / 1000 * 1000 != i / 1000 for i in range(1, 10_000)) > 100
    assert all(shifted(shifted_text(i / 1000, -3), 3) == i / 1000 for i in range(1, 10_000))


def inverse(number: Decimal) -> float:
    return float(EXACT.divide(Decimal(1), number))


@given(positive)
def test_the_shortest_inverse_is_read_as_the_same_double(value: float) -> None:
    text = shortest_text(EXACT.divide(Decimal(1), Decimal(value)), inverse, value)
    assert float(1 / Fraction(text)) == value
    assert len(text.replace(".", "").partition("E")[0].lstrip("0")) <= 19


@given(st.integers(1, 10**15 - 1), st.integers(-12, 2))
def test_fifteen_printed_digits_survive_an_inversion(digits: int, exponent: int) -> None:
    text = plain(Decimal(digits).scaleb(exponent))
    period = inverse(Decimal(text))
    assert shortest_text(EXACT.divide(Decimal(1), Decimal(period)), inverse, period) == text


def test_a_number_out_of_reach_is_an_error_not_an_approximation() -> None:
    with pytest.raises(ArithmeticError, match="no decimal near 1"):
        shortest_text(Decimal(1), lambda _: math.pi, 3.0)
