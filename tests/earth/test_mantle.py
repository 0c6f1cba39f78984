"""Density of the mantle and of rock of unknown kind."""

import numpy as np
import pytest

from surfgrad.earth.brocher import density_from_vp
from surfgrad.earth.mantle import BLEND, EXPONENT, mantle_density, rock_density


def test_passes_through_its_anchor_with_its_exponent():
    assert mantle_density(8.04) == pytest.approx(3.32)
    step = 1e-6
    slope = (np.log(mantle_density(8.04 * (1 + step))) - np.log(3.32)) / np.log(1 + step)
    assert slope == pytest.approx(EXPONENT, rel=1e-6)


def test_rock_is_crust_below_and_mantle_above():
    np.testing.assert_array_equal(rock_density([3.0, 6.0, 7.3]), density_from_vp([3.0, 6.0, 7.3]))
    np.testing.assert_array_equal(rock_density([8.0, 8.5]), mantle_density([8.0, 8.5]))


def test_the_step_is_smooth_and_rising():
    vp = np.linspace(BLEND[0] - 0.5, BLEND[1] + 0.5, 400)
    slope = np.diff(rock_density(vp)) / np.diff(vp)
    assert np.all(slope > 0)
    assert np.abs(np.diff(slope)).max() < 0.02
