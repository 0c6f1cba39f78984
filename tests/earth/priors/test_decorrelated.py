"""The decorrelated prior: three parameters that know nothing of one another, at all wavelengths, inside bounds."""

import numpy as np
import pytest

from surfgrad.earth.grid import DEFAULT_GRID, middles
from surfgrad.earth.priors import draw_many
from surfgrad.earth.priors.decorrelated import BOUNDS

COUNT = 3000
PARAMETERS = ("vs", "vp/vs", "rho")
DEPTHS = (0.0, 3.0, 6.0, 10.0, 25.0, 45.0, 80.0, 127.5)


def logs(name, seed=21):
    """log vs, log vp/vs, log rho: (3, COUNT, L)."""
    _, vp, vs, rho = draw_many(name, seed, COUNT)
    return np.log([vs, vp / vs, rho])


@pytest.fixture(scope="module")
def decorrelated():
    return logs("decorrelated")


@pytest.fixture(scope="module")
def weak():
    return logs("weak")


def standard(values):
    return (values - values.mean(axis=-2, keepdims=True)) / values.std(axis=-2, keepdims=True)


def cross_correlation(values):
    """Of vs with vp/vs, vs with rho, vp/vs with rho, each at every pair of depths: (3, L, L)."""
    z = standard(values)
    return np.array([z[a].T @ z[b] / COUNT for a, b in ((0, 1), (0, 2), (1, 2))])


CHANCE = 5.5 / COUNT**0.5
"""Of 3 x 256 x 256 correlations of independent numbers the largest is expected near 4.8 standard errors."""


def test_no_parameter_at_any_depth_is_correlated_with_another_at_any_depth(decorrelated):
    assert np.abs(cross_correlation(decorrelated)).max() < CHANCE


def test_the_check_rejects_the_weak_prior_at_every_depth(weak):
    same_depth = np.abs(np.diagonal(cross_correlation(weak), axis1=1, axis2=2)).max(axis=0)
    assert same_depth.min() > 2 * CHANCE


def octaves(values):
    """Share of the variance by wavelength, longest first: constant, 256 and more layers ... 2 to 4 layers: (3, 9).

    Of the values in units of their spread at each depth, by a cosine transform.
    """
    from scipy.fft import dct

    z = standard(values)
    power = (dct(z, type=2, norm="ortho", axis=-1) ** 2).mean(axis=-2)
    # Harmonic k of the transform has a wavelength of 512 / k layers.
    edges = [0, 1, 3, 5, 9, 17, 33, 65, 129, 256]
    return np.add.reduceat(power, edges[:-1], axis=-1) / power.sum(axis=-1, keepdims=True)


def test_perturbations_reach_from_the_whole_column_to_one_layer(decorrelated):
    share = octaves(decorrelated)
    assert share.shape == (3, 9)
    assert share.min() > 0.01  # wavelengths of 2 to 4 layers hold that much at the least
    assert (share[:, 0] > 0.2).all()  # and the level of the column more


def test_the_check_rejects_the_weak_prior_below_a_few_kilometres(weak):
    assert octaves(weak)[:, -2:].max() < 1e-3


def places(values):
    """Where log vs, log vp/vs, log rho lie between their bounds: 0 to 1, (3, COUNT, L)."""
    depth = middles(DEFAULT_GRID)
    bounds = np.array([[np.interp(depth, DEPTHS, np.log(bound)) for bound in BOUNDS[name]] for name in PARAMETERS])
    low, high = bounds[:, :1], bounds[:, 1:]
    return (values - low) / (high - low)


def unevenness(place):
    """Kolmogorov & Smirnov's statistic at every depth, in units of 1 / sqrt(COUNT)."""
    even = (np.arange(COUNT) + 0.5)[:, None] / COUNT
    return np.abs(np.sort(place, axis=-2) - even).max(axis=-2) * COUNT**0.5


MOST_UNEVEN = 2.5
"""Exceeded once in 130,000 times by numbers that are uniform; here are 768."""


def test_every_depth_is_uniform_between_its_bounds(decorrelated):
    place = places(decorrelated)
    assert place.min() > -1e-12
    assert place.max() < 1 + 1e-12
    assert unevenness(place).max() < MOST_UNEVEN


def test_the_check_rejects_the_weak_prior_s_distribution(weak):
    assert unevenness(places(weak)).min() > MOST_UNEVEN


def test_thin_layers_and_low_velocity_zones_are_among_them(decorrelated):
    vs = decorrelated[0]
    step = np.diff(vs, axis=1)
    thin = ((step[:, :-1] * step[:, 1:] < 0) & (np.minimum(np.abs(step[:, :-1]), np.abs(step[:, 1:])) > 0.05)).any(
        axis=1
    )
    slow = (vs - np.maximum.accumulate(vs, axis=1)).min(axis=1)
    assert 0.2 < thin.mean() < 0.95  # one layer of 0.5 km more than 5 % off both neighbours
    assert 0.4 < (slow < -0.1).mean() < 0.95  # a zone more than 10 % slower than what lies above it


def test_bounds_leave_room_for_the_elastic_limit():
    assert min(BOUNDS["vp/vs"][0]) > 1.25 * (4 / 3) ** 0.5
    assert all(low < high for name in PARAMETERS for low, high in zip(*BOUNDS[name], strict=True))


@pytest.mark.parametrize("name", ["weak", "tectonic"])
def test_nearly_all_models_of_the_other_crustal_priors_lie_inside(name):
    place = places(logs(name))
    assert ((place >= 0) & (place <= 1)).all(axis=(0, 2)).mean() > 0.97
