"""Brocher's relations: printed values, derivatives by a second route, and the way there and back."""

import numpy as np
import pytest

from surfgrad.earth import brocher

RELATIONS = {
    "density": (brocher.density_from_vp, brocher.density_derivative, brocher.VP_RANGE_DENSITY),
    "vs": (brocher.vs_from_vp, brocher.vs_derivative, brocher.VP_RANGE_VS),
    "vp": (brocher.vp_from_vs, brocher.vp_derivative, brocher.VS_RANGE_VP),
}


@pytest.mark.parametrize("name", RELATIONS)
def test_derivative_meets_central_differences(name):
    value, derivative, (low, high) = RELATIONS[name]
    x = np.linspace(low, high, 41)
    step = 1e-5
    differences = (value(x + step) - value(x - step)) / (2 * step)
    np.testing.assert_allclose(derivative(x), differences, rtol=1e-8, atol=1e-9)
    assert not np.allclose(derivative(x + 0.1), differences, rtol=1e-3)


def test_values_by_hand():
    # Horner by hand at round numbers, from the coefficients as printed in the paper.
    assert brocher.density_from_vp(6.0) == pytest.approx(9.9672 - 16.9956 + 14.4936 - 5.5728 + 0.824256, abs=1e-12)
    assert brocher.vs_from_vp(6.0) == pytest.approx(0.7858 - 7.4064 + 28.6164 - 26.7408 + 8.2944, abs=1e-12)
    assert brocher.vp_from_vs(3.0) == pytest.approx(0.9409 + 6.2841 - 7.3854 + 7.2441 - 2.0331, abs=1e-12)


def test_values_are_those_of_rock():
    assert brocher.density_from_vp(6.0) == pytest.approx(2.72, abs=0.02)
    assert brocher.vs_from_vp(6.0) == pytest.approx(3.55, abs=0.02)


def test_there_and_back_within_the_misfit_of_the_two_fits():
    vs = np.linspace(0.6, 4.5, 200)
    back = brocher.vs_from_vp(brocher.vp_from_vs(vs))
    assert np.abs(back - vs).max() < 0.09
    # The fits are two, not one: an inverse that closed exactly would not be Brocher's.
    assert np.abs(back - vs).max() > 0.01


@pytest.mark.parametrize("name", RELATIONS)
def test_rising_over_the_range_of_validity(name):
    value, _, (low, high) = RELATIONS[name]
    assert np.all(np.diff(value(np.linspace(low, high, 300))) > 0)
