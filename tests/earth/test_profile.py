"""Profiles and their averages: mass and travel times are kept, by quadrature as the second route."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad

from surfgrad.earth.model import EarthModel
from surfgrad.earth.profile import Profile
from surfgrad.errors import ModelError

DEPTH = np.array([0.0, 3.0, 3.0, 10.0, 30.0, 30.0])
PROFILE = Profile(
    DEPTH,
    vp=np.array([3.0, 5.0, 6.0, 6.0, 7.0, 8.0]),
    vs=np.array([1.0, 2.8, 3.4, 3.4, 3.9, 4.5]),
    rho=np.array([2.0, 2.5, 2.7, 2.7, 3.0, 3.3]),
)


def value(field, z):
    """Second route: numpy's interpolation, the two sides of a discontinuity set apart by a hair."""
    apart = DEPTH + np.array([0, -1, 1, 0, -1, 1]) * 1e-12
    return np.interp(z, apart, getattr(PROFILE, field))


def test_layers_keep_mass_and_travel_times():
    thickness = np.array([1.0, 2.5, 4.0, 15.0, 5.0, 10.0, 0.0])
    edges = np.concatenate(([0], np.cumsum(thickness[:-1])))
    vp, vs, rho = PROFILE.layers(thickness)
    for i, (top, bottom) in enumerate(pairwise(edges)):
        points = [z for z in DEPTH if top < z < bottom] or None

        def mean(function, top=top, bottom=bottom, points=points):
            return quad(function, top, bottom, points=points, epsabs=1e-12)[0] / (bottom - top)

        assert vp[i] == pytest.approx(1 / mean(lambda z: 1 / value("vp", z)), rel=1e-9)
        assert vs[i] == pytest.approx(1 / mean(lambda z: 1 / value("vs", z)), rel=1e-9)
        assert rho[i] == pytest.approx(mean(lambda z: value("rho", z)), rel=1e-9)
    # The plain mean of velocity is another number: a test that both pass would say nothing.
    assert vs[0] != pytest.approx(np.mean([value("vs", 0), value("vs", 1)]), rel=1e-3)


def test_half_space_has_the_values_below_its_top():
    vp, vs, rho = PROFILE.layers([3.0, 0.0])
    assert (vp[-1], vs[-1], rho[-1]) == (6.0, 3.4, 2.7)


def test_values_on_both_sides_of_a_discontinuity():
    at = np.array([3.0, 6.5, 99.0])
    np.testing.assert_allclose(PROFILE.values(at, -1)[1], [2.8, 3.4, 4.5])
    np.testing.assert_allclose(PROFILE.values(at, +1)[1], [3.4, 3.4, 4.5])


@pytest.mark.parametrize("base", [1.5, 3.0, 12.0, 30.0, 50.0])
def test_replaced_below(base):
    other = Profile(np.array([0.0, 40.0]), np.array([8.0, 9.0]), np.array([4.4, 4.8]), np.array([3.2, 3.4]))
    joined = PROFILE.replaced_below(base, other)
    above, below = np.array([0.3, 0.99]) * base, base + np.array([0.01, 20.0])
    np.testing.assert_allclose(joined.values(above, 1), PROFILE.values(above, 1))
    np.testing.assert_allclose(joined.values(below, 1), other.values(below, 1))
    np.testing.assert_allclose(joined.values(np.array([base]), -1), PROFILE.values(np.array([base]), -1))
    assert np.all(np.diff(joined.depth) >= 0)


def test_replaced_from_the_surface_is_the_other():
    assert PROFILE.replaced_below(0.0, PROFILE) is PROFILE


def test_a_model_is_a_profile_of_steps():
    model = EarthModel([2.0, 0.0, 5.0, 0.0], [4, 5, 6, 8], [2, 3, 3.5, 4.5], [2.2, 2.5, 2.7, 3.3])
    profile = Profile.from_model(model)
    _, vs, rho = profile.layers([2.0, 5.0, 0.0])
    np.testing.assert_allclose(vs, [2, 3.5, 4.5], rtol=1e-14)
    np.testing.assert_allclose(rho, [2.2, 2.7, 3.3], rtol=1e-14)
    assert profile.values(np.array([1.0]), 1)[0][0] == 4


def test_water_has_no_slowness():
    ocean = Profile.from_model(EarthModel([3.0, 0], [1.5, 6], [0, 3.5], [1.0, 2.7]))
    with pytest.raises(ModelError, match="water"):
        ocean.layers([5.0, 0.0])
