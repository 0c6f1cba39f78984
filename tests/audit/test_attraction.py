"""Where a prior likes interfaces, and an error that sits there."""

import numpy as np
import pytest

from surfgrad.audit.attraction import attraction
from surfgrad.audit.interfaces import interface_share, interfaces, liked_layers
from surfgrad.earth.priors.base import draw_many

from .small_prior import GRID, MOHO, SmallPrior

THICKNESS = np.append(np.full(19, 2.0), 0.0)
DEPTH = 2.0 * np.arange(20)


def with_jumps(*depths):
    """(N, 20) profiles, each with one jump of 15 % at a depth, km, over a gentle gradient."""
    return np.stack([(3.0 + 0.01 * DEPTH) * np.where(depth <= DEPTH, 1.15, 1.0) for depth in depths])


def test_a_jump_is_an_interface_and_a_gradient_is_none():
    assert np.argwhere(interfaces(with_jumps(20.0, 30.0))).tolist() == [[0, 9], [1, 14]]
    steep = np.exp(0.06 * np.arange(20))[None]
    assert not interfaces(steep).any(), "6 % everywhere stands out nowhere"
    low_velocity = np.where((DEPTH >= 10) & (DEPTH < 16), 3.0, 3.5)[None]
    assert np.flatnonzero(interfaces(low_velocity)[0]).tolist() == [4, 7]


def test_the_share_near_a_depth_counts_models_and_not_interfaces():
    share = interface_share(THICKNESS, with_jumps(20.0, 20.0, 20.0, 6.0))
    depth = np.cumsum(THICKNESS[:-1])
    assert share[depth == 20.0] == 0.75
    assert share[depth == 22.0] == 0.75, "22 km is within a tenth of 20 in log depth"
    assert share[depth == 6.0] == 0.25
    assert share[depth == 30.0] == 0.0


def test_a_prior_that_jumps_at_all_depths_alike_likes_none():
    depths = np.exp(np.random.default_rng(0).uniform(np.log(2.0), np.log(38.0), 4000))
    everywhere = interface_share(THICKNESS, with_jumps(*(2.0 * np.round(depths / 2.0))))
    assert not liked_layers(THICKNESS, everywhere)[3:].any()
    assert not liked_layers(THICKNESS, interface_share(THICKNESS, with_jumps(500.0))).any(), "no interface at all"


def test_the_small_priors_moho_is_liked_and_the_top_of_its_half_space():
    thickness, _, vs, _ = draw_many(SmallPrior(), 0, 400)
    liked = liked_layers(thickness[0], interface_share(thickness[0], vs))
    boundary = np.cumsum(GRID[:-1])
    near_moho = (boundary > MOHO[0] / 1.1) & (boundary < MOHO[1] * 1.1)
    near_bottom = boundary > boundary[-1] / 1.15
    touching = np.convolve(near_moho | near_bottom, [1, 1]) > 0
    np.testing.assert_array_equal(liked, touching)


KERNEL = np.random.default_rng(3).uniform(0.5, 1.5, (2, 20))
LIKED = np.isin(np.arange(20), [8, 9, 10])


def test_an_artifact_at_a_liked_depth_is_its_own_share_of_the_kernel_there():
    learned = KERNEL.copy()
    learned[:, 8] += 0.7
    learned[:, 9] -= 0.7
    found = attraction(learned, KERNEL, LIKED)
    near = 1.4 / KERNEL[:, 8:11].sum(axis=1)
    np.testing.assert_allclose(found["error_near"], near)
    np.testing.assert_allclose(found["error_elsewhere"], 0.0)
    np.testing.assert_allclose(found["attraction"], 1.4 / KERNEL[:, :-1].sum(axis=1))


def test_an_error_that_does_not_care_about_depth_has_none_however_large():
    found = attraction(1.8 * KERNEL, KERNEL, LIKED)
    np.testing.assert_allclose(found["error_near"], 0.8)
    np.testing.assert_allclose(found["attraction"], 0.0, atol=1e-12)
    elsewhere = np.where(LIKED, KERNEL, 1.5 * KERNEL)
    share = KERNEL[:, 8:11].sum(axis=1) / KERNEL[:, :-1].sum(axis=1)
    np.testing.assert_allclose(attraction(elsewhere, KERNEL, LIKED)["attraction"], -0.5 * share)


def test_where_the_kernel_is_next_to_nothing_a_small_error_is_small_and_an_artifact_is_not():
    faint = np.where(LIKED, 1e-3 * KERNEL, KERNEL)
    slip = attraction(np.where(LIKED, 3.0 * faint, 1.01 * faint), faint, LIKED)
    assert (slip["attraction"] < 0.001).all(), "three times nothing"
    assert np.isnan(slip["error_near"]).all()
    swing = attraction(faint + 2.0 * LIKED, faint, LIKED)
    assert (swing["attraction"] > 0.2).all()


def test_without_a_yardstick_there_is_no_number():
    one_sided = np.where(LIKED, KERNEL, 1e-6)
    assert np.isnan(attraction(one_sided, one_sided, LIKED)["attraction"]).all()
    assert np.isnan(attraction(KERNEL, 0 * KERNEL, LIKED)["attraction"]).all()
    assert np.isnan(attraction(KERNEL, KERNEL, np.zeros(20, dtype=bool))["attraction"]).all()
    assert attraction(KERNEL, KERNEL, LIKED)["attraction"] == pytest.approx([0.0, 0.0])
