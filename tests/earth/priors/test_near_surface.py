"""The near-surface prior: soil over rock, water where it should be, reversals, and nothing that is no ground."""

import numpy as np
import pytest

from surfgrad.earth.grid import tops
from surfgrad.earth.priors import draw_many, get_prior
from surfgrad.earth.validate import invalid_models

COUNT = 2000


@pytest.fixture(scope="module")
def samples():
    return draw_many("near_surface", 9, COUNT)


def test_thousands_of_draws_are_ground(samples):
    thickness, vp, vs, rho = samples
    assert not invalid_models(*samples).any()
    assert np.all(thickness == get_prior("near_surface").grid)
    assert (vp / vs).min() > 1.45
    assert 0.03 < vs.min() < 0.08
    assert 2.0 < vs.max() < 3.4
    assert rho.min() > 1.1
    assert rho.max() < 2.9
    assert vp.max() < 6.5


def test_grid_is_finer_than_a_third_of_the_shortest_wave_and_reaches_below_the_soil():
    grid = get_prior("near_surface").grid
    assert grid[0] < 0.1 * 0.01 / 3  # 0.01 s in soil of 0.1 km/s
    assert tops(grid)[-1] > 1.2 * get_prior("near_surface").interfaces[1]


def test_half_space_is_the_fastest_layer(samples):
    vs = samples[2]
    assert np.all(vs[:, -1:] >= vs)
    assert vs[:, -1].min() > 0.65


def test_soft_ground_is_either_dry_or_full_of_water(samples):
    _, vp, vs, _ = samples
    soft = vs < 0.25
    slow, wet = soft & (vp < 0.7), soft & (vp > 1.35)
    # Nothing between: vp jumps at the water table.
    assert (slow | wet)[soft].all()
    assert 0.1 < wet[soft].mean() < 0.9
    assert vp[wet].max() < 2.0
    # Once wet, wet to the bottom of the soil.
    dried = wet[:, :-1] & slow[:, 1:]
    assert not dried.any()


def test_most_profiles_have_a_velocity_reversal_and_some_have_none(samples):
    reversal = (np.diff(samples[2], axis=1) < -1e-9).any(axis=1).mean()
    assert 0.3 < reversal < 0.9


def test_water_table_is_where_the_card_says(samples):
    bounds = get_prior("near_surface").card()["bounds"]
    chance = bounds["water_chance"]
    # Rock below 200 m is wet wherever there is a water table: Brocher's vp, far above any dry soft rock's.
    _, vp, vs, _ = samples
    soft_rock = vs[:, -1] < 1.1
    wet = (vp / vs)[soft_rock, -1] > 2.05
    assert wet.mean() == pytest.approx(chance, abs=0.06)
