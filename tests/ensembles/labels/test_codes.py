"""What is drawn: every kind, parameter and scale; nothing that is no direction."""

import numpy as np

from surfgrad.ensembles.labels import Kind, directions
from surfgrad.ensembles.labels.chance import uniforms
from surfgrad.ensembles.labels.codes import CHANCES, Codes, draw_codes
from surfgrad.ensembles.labels.periods import choose_periods

N, D, L = 400, 8, 256
THICKNESS = np.tile(np.append(np.full(L - 1, 0.5), 0.0), (N, 1))


def drawn(wavelength: float, pool: int = 30, thickness: np.ndarray = THICKNESS) -> Codes:
    chance = uniforms(1, 0, N, D * CHANCES).reshape(N, D, CHANCES)
    return draw_codes(chance, np.full((N, D), wavelength), thickness, pool)


def test_every_kind_and_parameter_in_its_share():
    codes = drawn(100.0)
    counts = np.bincount(codes.kind.ravel(), minlength=4)
    np.testing.assert_array_equal(counts, np.array([2, 3, 2, 1]) * N)
    free = codes.weight[codes.kind != Kind.MANIFOLD]
    patterns = [(0, 1, 0), (1, 0, 0), (0, 0, 1), (1, 1, 1)]
    shares = [np.mean((np.abs(free) == pattern).all(axis=1)) for pattern in patterns]
    np.testing.assert_allclose(shares, [0.5, 0.125, 0.125, 0.25], atol=0.03)
    assert (codes.weight[codes.kind == Kind.MANIFOLD] == 1).all()
    signs = free[np.abs(free).all(axis=1)]
    assert len(np.unique(signs, axis=0)) == 8


def test_codes_are_directions_on_any_grid():
    pool = np.random.default_rng(0).normal(size=(30, 3, L))
    rough = np.random.default_rng(1).uniform(0.1, 5.0, (N, L))
    for wavelength in (0.01, 3.0, 1e5):
        for thickness in (THICKNESS, rough):
            codes = drawn(wavelength, thickness=thickness)
            found = directions(codes.kind, codes.weight, codes.place, pool, L)
            np.testing.assert_allclose(np.linalg.norm(found, axis=(2, 3)), 1, rtol=1e-12)


def test_two_layers_are_enough():
    codes = drawn(10.0, thickness=THICKNESS[:, -2:])
    found = directions(codes.kind, codes.weight, codes.place, np.random.default_rng(0).normal(size=(30, 3, 2)), 2)
    assert np.isfinite(found).all()


def test_windows_follow_the_wavelength():
    for wavelength in (8.0, 80.0):
        codes = drawn(wavelength)
        boxes = codes.place[codes.kind == Kind.BOX]
        middle = 0.5 * (boxes[:, 0] + 0.5 * boxes[:, 1])  # km
        assert middle.max() < 1.3 * wavelength
        np.testing.assert_allclose(np.median(middle) / wavelength, 0.3, atol=0.05)
        assert (boxes[:, 1] == 1).mean() > 0.1
        assert boxes[:, 1].max() > 0.8 * 1.2 * wavelength / 0.5


def test_long_wavelengths_reach_the_half_space():
    boxes = drawn(300.0)
    last = boxes.place[boxes.kind == Kind.BOX].sum(axis=1) == L
    assert last.mean() > 0.25


def test_without_a_pool_nothing_lies_on_the_manifold():
    for pool in (0, 1):
        codes = drawn(50.0, pool=pool)
        assert not (codes.kind == Kind.MANIFOLD).any()
        assert set(codes.kind.ravel()) == {Kind.BOX, Kind.BUMP, Kind.NOISE}


def test_pairs_are_different_and_reach_the_whole_pool():
    codes = drawn(50.0, pool=3)
    pairs = codes.place[codes.kind == Kind.MANIFOLD]
    assert (pairs[:, 0] != pairs[:, 1]).all()
    assert len(np.unique(pairs, axis=0)) == 6


def test_periods_are_spread_over_the_bands_of_the_audit():
    periods = np.arange(2.0, 61.0)
    chosen = choose_periods(periods, uniforms(1, 0, 4000, 59), 2)
    assert (chosen[:, 0] < chosen[:, 1]).all()
    bands = np.histogram(periods[chosen], [2, 5, 10, 20, 30, 45, 61])[0] / chosen.size
    assert bands.min() > 0.12
    assert bands.max() < 0.20


def test_periods_need_no_order_and_no_company():
    chance = uniforms(1, 0, 3000, 3)
    counts = np.bincount(choose_periods(np.array([30.0, 3.0, 10.0]), chance, 1)[:, 0])
    np.testing.assert_allclose(counts / 3000, 1 / 3, atol=0.04)
    assert (choose_periods(np.array([7.0]), chance[:, :1], 1) == 0).all()


def test_random_numbers_belong_to_their_sample():
    whole = uniforms(3, 10, 5, 7)
    np.testing.assert_array_equal(whole[2:4], uniforms(3, 12, 2, 7))
    assert (whole != uniforms(4, 10, 5, 7)).all()
