"""Directions from their codes: each kind against its definition, and codes that no direction has."""

import numpy as np
import pytest

from surfgrad.ensembles.labels import Kind, directions
from surfgrad.ensembles.labels.noise import signs
from surfgrad.ensembles.labels.pool import models_pool

L = 12
POOL = np.random.default_rng(3).normal(size=(5, 3, L))


def one(kind: Kind, weight: tuple[int, int, int], place: tuple[int, int]) -> np.ndarray:
    return directions(np.array(kind), np.array(weight), np.array(place), POOL, L)


def unit(values: np.ndarray) -> np.ndarray:
    return values / np.linalg.norm(values)


def test_a_box_is_even_inside_and_nothing_outside():
    expected = np.zeros((3, L))
    expected[1, 4:7] = -1
    np.testing.assert_allclose(one(Kind.BOX, (0, -1, 0), (4, 3)), unit(expected), atol=1e-15)


def test_a_bump_is_cut_by_the_surface():
    expected = np.zeros((3, L))
    for layer in range(4):  # window of 6 from -2: layer j lies j + 2.5 in
        expected[[0, 2], layer] = np.sin(np.pi * (layer + 2.5) / 6) ** 2
    expected[2] *= -1
    np.testing.assert_allclose(one(Kind.BUMP, (1, 0, -1), (-2, 6)), unit(expected), atol=1e-15)


def test_the_manifold_is_a_difference_of_the_pool():
    np.testing.assert_allclose(one(Kind.MANIFOLD, (1, 1, 1), (4, 1)), unit(POOL[4] - POOL[1]), atol=1e-15)


def test_noise_is_even_down_to_its_depth():
    found = one(Kind.NOISE, (1, 0, 1), (77, 5))
    np.testing.assert_allclose(np.abs(found[[0, 2], :5]), 10**-0.5)
    assert (found[1] == 0).all()
    assert (found[:, 5:] == 0).all()
    assert (found != one(Kind.NOISE, (1, 0, 1), (78, 5))).any()


def test_signs_are_the_same_everywhere():
    # Of the published generator: splitmix64 from state 0 gives e220a8397b1dcdaf first; lowest bit first here.
    word = 0xE220A8397B1DCDAF
    expected = [1 if word >> bit & 1 else -1 for bit in range(64)]
    assert signs(np.array([0]), 64)[0].tolist() == expected


def test_signs_are_balanced_and_independent():
    many = signs(np.arange(2000), 96).astype(float)
    products = many.T @ many / 2000
    # 4,560 correlations of 2,000 pairs: standard deviation 0.022; five of them.
    assert np.abs(products - np.eye(96)).max() < 0.112
    assert np.abs(many.mean(axis=0)).max() < 0.112


def test_all_have_norm_one_in_any_batch():
    kind = np.array([[0, 1], [2, 3], [1, 0]])
    weight = np.array([[[1, 1, 1], [0, 1, 0]], [[1, -1, 1], [1, 0, 0]], [[0, 0, 1], [1, 1, 1]]])
    place = np.array([[[0, 1], [3, 2]], [[-4, 9], [9, 12]], [[11, 1], [3, 0]]])
    found = directions(kind, weight, place, POOL, L)
    assert found.shape == (3, 2, 3, L)
    np.testing.assert_allclose(np.linalg.norm(found, axis=(2, 3)), 1, rtol=1e-14)
    single = directions(kind, weight, place, POOL.astype(np.float32), L, np.float32)
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, found, atol=2e-7)


@pytest.mark.parametrize(
    ("kind", "weight", "place"),
    [
        (4, (1, 1, 1), (0, 1)),
        (Kind.MANIFOLD, (1, 1, 1), (0, 5)),
        (Kind.MANIFOLD, (1, 1, 1), (-1, 2)),
        (Kind.MANIFOLD, (1, 1, 1), (2, 2)),
        (Kind.BOX, (0, 0, 0), (0, 1)),
        (Kind.BOX, (0, 2, 0), (0, 1)),
        (Kind.BOX, (0, 1, 0), (0, 0)),
        (Kind.BOX, (0, 1, 0), (L, 1)),
        (Kind.BUMP, (0, 1, 0), (-3, 3)),
        (Kind.NOISE, (0, 1, 0), (3, 0)),
    ],
)
def test_codes_of_no_direction(kind: int, weight: tuple[int, int, int], place: tuple[int, int]):
    with pytest.raises(ValueError, match="direction 1: kind"):
        directions(np.array([Kind.BOX, kind]), np.array([(0, 1, 0), weight]), np.array([(0, 1), place]), POOL, L)


def test_a_pool_of_given_models_leaves_out_what_has_no_logarithm():
    vp, vs, rho = np.exp(np.random.default_rng(1).normal(size=(3, 6, 4)))
    vs[1, 0] = 0.0  # water
    rho[2, 3] = np.nan
    for values in (vp, vs, rho):
        values[4] = values[3]
    expected = np.log(np.stack([vp, vs, rho], axis=1)[[0, 3, 5]])
    np.testing.assert_allclose(models_pool(vp, vs, rho), expected, rtol=1e-5, atol=1e-7)
    np.testing.assert_array_equal(models_pool(vp, vs, rho, size=4), models_pool(vp[:5], vs[:5], rho[:5]))


def test_a_pool_survives_the_rounding_of_a_store():
    vp, vs, rho = np.exp(np.random.default_rng(2).normal(size=(3, 9, 4)))
    vs[1] = vs[0] * (1 + 1e-12)
    vp[1], rho[1] = vp[0], rho[0]
    stored = [values.astype(np.float32) for values in (vp, vs, rho)]
    np.testing.assert_array_equal(models_pool(vp, vs, rho), models_pool(*stored))
    assert len(models_pool(*stored)) == 8
