"""Averages over depth bins: against numbers worked out by hand, and whatever the layers are."""

import numpy as np

from surfgrad.earth.grid import DEFAULT_GRID
from surfgrad.ensembles.domain.bins import bin_models, choose_edges

EDGES = np.array([0.0, 2.0, 5.0, 10.0])


def model(thickness, vs):
    vs = np.array([vs], dtype=float)
    return np.array([thickness], dtype=float), 2.0 * vs, vs, np.full_like(vs, 3.0)


def test_means_and_spreads_by_hand():
    binned = bin_models(*model([1.0, 3.0, 0.0], [1.0, 2.0, 4.0]), EDGES)
    low, high = np.log(2.0), np.log(4.0)
    np.testing.assert_allclose(binned.mean[0, 0], [low / 2, (2 * low + high) / 3, high, high])
    np.testing.assert_allclose(binned.mean[0, 1], np.log(2.0))
    np.testing.assert_allclose(binned.mean[0, 2], np.log(3.0))
    np.testing.assert_allclose(binned.spread[0, 0], [low / 2, np.sqrt(2) / 3 * low, 0.0, 0.0], atol=1e-7)
    np.testing.assert_allclose(binned.spread[0, 1:], 0.0, atol=1e-7)


def test_splitting_and_padding_change_nothing():
    whole = bin_models(*model([1.0, 3.0, 0.0], [1.0, 2.0, 4.0]), EDGES)
    parts = bin_models(*model([0.4, 0.6, 3.0, 0.0, 0.0], [1.0, 1.0, 2.0, 4.0, 4.0]), EDGES)
    np.testing.assert_allclose(parts.mean, whole.mean, atol=1e-12)
    np.testing.assert_allclose(parts.spread, whole.spread, atol=1e-7)
    other = bin_models(*model([1.0, 3.5, 0.0], [1.0, 2.0, 4.0]), EDGES)
    assert np.abs(other.mean - whole.mean).max() > 0.05


def test_models_of_different_layers_in_one_batch_are_each_their_own():
    one, two = model([1.0, 3.0, 0.0], [1.0, 2.0, 4.0]), model([2.0, 6.0, 0.0], [1.5, 2.5, 3.5])
    both = bin_models(*(np.concatenate(pair) for pair in zip(one, two, strict=True)), EDGES)
    for row, single in enumerate((one, two)):
        np.testing.assert_allclose(both.mean[row], bin_models(*single, EDGES).mean[0], atol=1e-12)


def test_water_and_what_is_no_model_is_nan_and_leaves_the_others():
    one, water = model([1.0, 3.0, 0.0], [1.0, 2.0, 4.0]), model([1.0, 3.0, 0.0], [1.0, 2.0, 4.0])
    water[2][0, 0] = 0.0
    both = bin_models(*(np.concatenate(pair) for pair in zip(one, water, strict=True)), EDGES)
    assert np.isfinite(both.mean[0]).all()
    assert np.isnan(both.mean[1]).all()


def test_edges_are_interfaces_closer_near_the_surface():
    edges = choose_edges(DEFAULT_GRID)
    assert edges[0] == 0.0
    assert edges[-1] == 127.5
    assert 30 < edges.size <= 65
    np.testing.assert_array_equal(edges, np.round(2 * edges) / 2)
    widths = np.diff(edges)
    assert widths[0] == 0.5
    assert widths[-1] > 5
    assert choose_edges([0.0]).tolist() == [0.0, 1.0]
    assert choose_edges([7.0, 0.0]).tolist() == [0.0, 7.0]
