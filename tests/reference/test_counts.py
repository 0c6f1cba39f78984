"""Counts in double, 80-bit and arbitrary precision against one another, water against its closed form, beside roots."""

import mpmath as mp
import numpy as np
import pytest
from tests.reference.all_roots import all_roots, floor
from tests.reference.branch import slowest_root
from tests.reference.float_count import count_float
from tests.reference.long_count import AVAILABLE, LONG, count_many, omega, padded
from tests.reference.samples import FAMILIES, period_for, random_model
from tests.reference.stiffness import DIGITS, Model, count
from tests.waves.test_water import CASES, roots

WAVES = ("rayleigh", "love")
long_floats = pytest.mark.skipif(not AVAILABLE, reason="no 80-bit floats on this machine")


def wet(rng: np.random.Generator) -> Model:
    """One to three layers of water on a random solid."""
    n = int(rng.integers(1, 4))
    top = (rng.uniform(0.1, 3.0, n), rng.uniform(1.4, 1.6, n), np.zeros(n), rng.uniform(1.0, 1.1, n))
    return tuple(np.concatenate(pair) for pair in zip(top, random_model(rng), strict=True))


def sample(models: int, seed: int) -> tuple[list[Model], np.ndarray]:
    """Models of every family and under water, and a period for each."""
    rng = np.random.default_rng(seed)
    found = [make(rng) for make in FAMILIES.values() for _ in range(models)]
    periods = [period_for(rng, model) for model in found]
    return found + [wet(rng) for _ in range(3 * models)], np.append(periods, rng.uniform(0.5, 20.0, 3 * models))


def exact(models: list[Model], w: np.ndarray, k: np.ndarray, wave: str) -> list[int]:
    with mp.workdps(DIGITS):
        return [count(model, x, y, wave) for model, x, y in zip(models, w, k, strict=True)]


@pytest.mark.parametrize("wave", WAVES)
def test_three_arithmetics_count_alike(wave):
    models, periods = sample(4, seed=1)
    w = 2 * np.pi / periods
    tops = np.array([model[2][-1] for model in models])
    k = w / (tops * np.random.default_rng(2).uniform(0.4, 1.0, len(models)))
    truth = exact(models, w, k, wave)
    assert len(set(truth)) > 3
    assert count_many(padded(models), w, k, wave).tolist() == truth
    assert [int(count_float(*row, wave)) for row in zip(models, w, k, strict=True)] == truth
    assert count_many(padded(models), 1.5 * w, k, wave).tolist() != truth


@pytest.mark.parametrize("case", CASES)
def test_water_adds_the_modes_of_its_closed_form(case):
    h, vs, vp, rho = case
    model = ([h, 0.0], [1.5, vp], [0.0, vs], [1.03, rho])
    for period in (0.7, 5.0):
        w, truth = 2 * np.pi / period, roots(period, case)
        assert truth
        for number, c in enumerate(truth):
            for side, modes in ((1 - 1e-9, number), (1 + 1e-9, number + 1)):
                assert count_float(model, w, w / (c * side), "rayleigh") == modes
                assert exact([model], [w], [w / (c * side)], "rayleigh") == [modes]
                assert count_many(padded([model]), np.array([w]), np.array([w / (c * side)]), "rayleigh") == [modes]
        assert count_float(model, w, w / (truth[-1] * (1 + 1e-9)), "love") == 0


@long_floats
@pytest.mark.parametrize("wave", WAVES)
def test_80_bits_decide_nearer_to_a_root_than_double_precision(wave):
    models, periods = sample(2, seed=3)
    models, periods = models[:10], periods[:10]
    truth = [slowest_root(*row, wave, 0, digits=22) for row in zip(models, periods, strict=True)]
    c = np.array([LONG(mp.nstr(root, 25)) for root in truth])
    w = omega(periods)
    for d in (1e-10, 1e-13):
        for side in (-1, 1):
            at = c * (1 + side * LONG(d))
            assert count_many(padded(models), w, w / at, wave).tolist() == [int(side > 0)] * len(models)


@pytest.mark.parametrize("wave", WAVES)
def test_all_roots_are_those_of_the_counts_bisection(wave):
    models, periods = sample(2, seed=4)
    met = 0
    for model, period in zip(models[:10], periods[:10], strict=True):
        for mode in range(3):
            found = all_roots(model, 2 * np.pi / period, wave, mode)
            slowest = slowest_root(model, period, wave, mode, digits=12)
            assert found.complete
            assert (slowest is None) == (len(found.brackets) == 0)
            if slowest is not None:
                met += 1
                low, high = found.brackets[-1]
                k = 2 * np.pi / period / float(slowest)
                assert low * (1 - 1e-9) < k < high * (1 + 1e-9)
                assert high / low - 1 < 1e-6
    assert met > 12


def test_all_roots_of_a_folded_branch():
    # Mode 1 of a soft layer on rock 12 times faster.
    model = (np.array([1.0, 0.0]), np.array([3.0, 12.0 * 3**0.5]), np.array([1.0, 12.0]), np.array([1.95, 2.6]))
    grid = np.geomspace(0.6, 12.0, 20001)
    for period, number in ((1.57, 3), (1.40, 1), (20.0, 0)):
        w = 2 * np.pi / period
        steps = np.flatnonzero(np.diff((count_float(model, w, w / grid, "rayleigh") > 1).astype(int)))
        found = all_roots(model, w, "rayleigh", 1)
        assert len(steps) == len(found.brackets) == number
        velocities = (w / found.brackets.mean(axis=1))[::-1]
        assert np.all((grid[steps] <= velocities) & (velocities <= grid[steps + 1]))


@pytest.mark.parametrize("wave", WAVES)
def test_below_the_floor_there_is_no_mode(wave):
    models, periods = sample(3, seed=5)
    for model, period in zip(models, periods, strict=True):
        w = 2 * np.pi / period * np.geomspace(0.1, 10.0, 7)
        low = floor(model, 2 * np.pi / period, wave)
        assert not count_float(model, w, w / low, wave).any()
        assert count_float(model, 50 * w[-1], 50 * w[-1] / float(model[2][-1]), wave) > 0
