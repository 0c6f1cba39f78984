"""Monotone interpolation against scipy's, and what it must not do."""

import numpy as np
import pytest
from scipy.interpolate import CubicSpline, PchipInterpolator

from surfgrad.earth.pchip import pchip


@pytest.mark.parametrize("seed", range(5))
def test_equals_scipy_between_inner_knots(seed):
    rng = np.random.default_rng(seed)
    x, y = np.sort(rng.uniform(0, 100, 9)), rng.normal(size=9)
    at = np.linspace(x[1], x[-2], 301)
    np.testing.assert_allclose(pchip(x, y, at), PchipInterpolator(x, y)(at), atol=1e-12)


def test_meets_its_knots_and_never_leaves_their_range():
    rng = np.random.default_rng(1)
    x, y = np.arange(12.0), rng.normal(size=12)
    np.testing.assert_allclose(pchip(x, y, x), y, atol=1e-14)
    at = np.linspace(0, 11, 1000)
    low, high = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:])
    inside = np.minimum(at.astype(int), 10)

    def leaves(values):
        return np.any((values < low[inside] - 1e-12) | (values > high[inside] + 1e-12))

    assert not leaves(pchip(x, y, at))
    assert leaves(CubicSpline(x, y)(at))


def test_two_knots_are_a_line_and_ends_continue():
    np.testing.assert_allclose(
        pchip(np.array([0.0, 2.0]), np.array([1.0, 3.0]), np.array([-1, 0, 1, 2, 5])), [1, 1, 2, 3, 3]
    )
