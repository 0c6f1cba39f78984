"""Random functions of depth: mean 0, variance 1 at every depth, and the wavelengths that each is made for."""

import numpy as np
import pytest

from surfgrad.earth.priors.fields import blocks, level, rough, smooth, uniform, waves_over

LAYERS, COUNT = 64, 6000
WAVES = waves_over(np.linspace(0.0, 1.0, LAYERS), 12)
FIELDS = {
    "level": lambda rng: level(rng, LAYERS),
    "smooth": lambda rng: smooth(rng, WAVES, 1.0),
    "blocks": lambda rng: blocks(rng, np.full(LAYERS - 1, 0.2)),
    "white": lambda rng: rough(rng, LAYERS, 0.0),
    "red": lambda rng: rough(rng, LAYERS, 1.5),
}
SLACK = 5.0  # standard errors, over 64 depths: one in 30,000 honest runs would fail, and the seed is fixed


def many(name):
    rng = np.random.default_rng(5)
    return np.array([FIELDS[name](rng) for _ in range(COUNT)])


def off(values):
    """Whether mean or variance at some depth is further from 0 or 1 than chance allows."""
    mean, variance = values.mean(axis=0), values.var(axis=0)
    return bool((np.abs(mean) > SLACK / COUNT**0.5).any() or (np.abs(variance - 1) > SLACK * (2 / COUNT) ** 0.5).any())


@pytest.mark.parametrize("name", FIELDS)
def test_mean_is_0_and_variance_1_at_every_depth(name):
    values = many(name)
    assert values.shape == (COUNT, LAYERS)
    assert not off(values)


def test_the_check_rejects_a_function_without_its_sines():
    rng = np.random.default_rng(5)
    assert off(np.array([smooth(rng, WAVES * [[[1.0]], [[0.0]]], 1.0) for _ in range(COUNT)]))


def test_uniform_is_uniform_and_keeps_order():
    values = np.sort(uniform(many("white")[:, 7]))
    expected = np.linspace(-1, 1, COUNT)
    assert np.abs(values - expected).max() < 2 * 1.95 / COUNT**0.5  # Kolmogorov & Smirnov, one in 1,000
    assert uniform(np.array([-40.0, 0.0, 40.0])).tolist() == [-1.0, 0.0, 1.0]


def test_white_noise_knows_nothing_of_its_neighbour_and_red_noise_does():
    white, red = (np.corrcoef(many(name)[:, 20:22].T)[0, 1] for name in ("white", "red"))
    assert abs(white) < SLACK / COUNT**0.5
    assert red > 0.9


def test_blocks_step_as_often_as_told():
    steps = (np.diff(many("blocks"), axis=1) != 0).mean()
    assert steps == pytest.approx(0.2, abs=0.005)
    assert (np.diff(many("level"), axis=1) == 0).all()
