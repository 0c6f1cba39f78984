"""Identities that hold exactly in a flat Earth, whatever the model: none of them needs a reference."""

import numpy as np
import pytest
from tests.reference.samples import channel, random_model
from tests.waves import liars
from tests.waves.checks import identity_residuals
from tests.waves.engine import ENGINE
from tests.waves.test_kernels import CRUST, PERIODS

TOLERANCE = 1e-9


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("mode", [0, 1, 2])
def test_identities_hold(wave, mode):
    residuals = identity_residuals(ENGINE, CRUST, PERIODS[mode], wave, mode)
    assert max(residuals.values()) < TOLERANCE, residuals


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_identities_hold_for_random_models(wave):
    rng = np.random.default_rng(21)
    for number in range(10):
        model = (random_model, channel)[number % 2](rng)
        periods = float(np.sum(model[0] / model[2])) * np.array([0.3, 0.6])
        residuals = identity_residuals(ENGINE, model, periods, wave, 0)
        assert max(residuals.values()) < TOLERANCE, (number, residuals)


def test_similarity_of_velocities_and_lengths():
    h, vp, vs, rho = CRUST
    c = ENGINE.phase_velocity(h, vp, vs, rho, PERIODS[0])
    np.testing.assert_allclose(ENGINE.phase_velocity(h, 2 * vp, 2 * vs, rho, PERIODS[0] / 2), 2 * c, rtol=1e-12)
    np.testing.assert_allclose(ENGINE.phase_velocity(1e-3 * h, vp, vs, rho, 1e-3 * PERIODS[0]), c, rtol=1e-12)
    np.testing.assert_allclose(ENGINE.phase_velocity(h, vp, vs, 3 * rho, PERIODS[0]), c, rtol=1e-12)


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_splitting_a_layer_changes_nothing(wave):
    whole = ENGINE.phase_kernels(*CRUST, PERIODS[0], wave=wave)
    h, vp, vs, rho = (np.insert(column, 2, column[1]) for column in CRUST)
    h[1], h[2] = 0.3 * CRUST[0][1], 0.7 * CRUST[0][1]
    split = ENGINE.phase_kernels(h, vp, vs, rho, PERIODS[0], wave=wave)
    np.testing.assert_allclose(split.velocity, whole.velocity, rtol=1e-12)
    for name in ("vp", "vs", "rho"):
        joined = np.delete(split[name], 2, axis=-1)
        joined[:, 1] += split[name][:, 2]
        np.testing.assert_allclose(joined, whole[name], atol=1e-9 * np.max(np.abs(whole[name])) + 1e-14)
    scale = np.max(np.abs(whole.thickness))
    for part in (1, 2):
        np.testing.assert_allclose(split.thickness[:, part], whole.thickness[:, 1], atol=1e-9 * scale)


def test_the_halfspace_thickness_is_ignored():
    h, vp, vs, rho = CRUST
    for last in (0.0, 7.0, np.inf):
        other = np.append(h[:-1], last)
        np.testing.assert_array_equal(
            ENGINE.phase_velocity(other, vp, vs, rho, PERIODS[0]), ENGINE.phase_velocity(*CRUST, PERIODS[0])
        )


LIARS = {
    "flipped vs": (liars.flipped("vs", 2), "velocities and thicknesses"),
    "flipped thickness": (liars.flipped("thickness", 0), "thicknesses and period"),
    "flipped rho": (liars.flipped("rho", 1), "densities"),
    "half-space forgotten": (liars.without_halfspace(), "velocities and period"),
    "too large by 1e-6": (liars.one_sided(1e-6), "velocities and period"),
}


@pytest.mark.parametrize(("liar", "identity"), LIARS.values(), ids=LIARS.keys())
def test_liars_are_rejected(liar, identity):
    assert identity_residuals(liar, CRUST, PERIODS[0], "rayleigh", 0)[identity] > TOLERANCE
