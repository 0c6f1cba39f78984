"""Gassmann's relation: limits that are known, a published number, and the reverse relation."""

import numpy as np
import pytest

from surfgrad.earth.saturation import GRAIN_BULK, WATER_BULK, dry_bulk, p_velocity, saturated_bulk


def test_without_a_skeleton_wood_s_law_remains():
    porosity = np.array([0.3, 0.5])
    wood = 1.0 / (porosity / WATER_BULK + (1 - porosity) / GRAIN_BULK)
    np.testing.assert_allclose(saturated_bulk(0.0, porosity), wood, rtol=1e-12)


def test_solid_grain_stays_solid_grain():
    assert saturated_bulk(GRAIN_BULK, 0.2) == pytest.approx(GRAIN_BULK, rel=1e-12)


def test_the_other_form_of_gassmann_s_relation_agrees():
    dry, porosity = np.array([0.05, 1.0, 12.0]), np.array([0.5, 0.35, 0.1])
    found = saturated_bulk(dry, porosity)
    left = found / (GRAIN_BULK - found)
    right = dry / (GRAIN_BULK - dry) + WATER_BULK / (porosity * (GRAIN_BULK - WATER_BULK))
    np.testing.assert_allclose(left, right, rtol=1e-12)
    # Something that it must not be: fluid and skeleton side by side.
    assert np.all(np.abs(dry + WATER_BULK - found) > 0.05)


def test_poisson_s_ratio_comes_back():
    shear, poisson = 0.08, np.array([0.0, 0.2, 0.38])
    bulk = dry_bulk(shear, poisson)
    np.testing.assert_allclose((3 * bulk - 2 * shear) / (2 * (3 * bulk + shear)), poisson, atol=1e-14)


def test_soft_saturated_soil_has_the_p_velocity_of_mud():
    porosity, density = 0.45, 0.55 * 2.65 + 0.45
    shear = density * 0.1**2
    assert 1.45 < p_velocity(saturated_bulk(dry_bulk(shear, 0.25), porosity), shear, density) < 1.65
    assert p_velocity(dry_bulk(shear, 0.25), shear, density) == pytest.approx(0.1 * 3**0.5)
