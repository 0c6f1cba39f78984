"""A cheap density is corrected to second order at one place, and nowhere made to grow."""

import numpy as np
import pytest
from tests.inversion.gaussian import LinearGaussian, Moved, linear_gaussian

from surfgrad.errors import UsageError
from surfgrad.inversion.corrected import corrected
from surfgrad.inversion.delayed import delayed_acceptance


def test_what_differs_to_second_order_is_made_the_same():
    exact = linear_gaussian()
    cheap = Moved(exact, np.array([0.3, -0.2, 0.1, 0.4]), 1.3)
    better = corrected(cheap, exact, exact.mean, exact.covariance)
    x = np.random.default_rng(0).standard_normal((20, 4))
    off = better.log_density(x)[0] - exact.log_density(x)[0]
    assert np.ptp(off) < 1e-9 < 0.1 < np.ptp(cheap.log_density(x)[0] - exact.log_density(x)[0])
    np.testing.assert_allclose(better.log_density(x)[1], exact.log_density(x)[1], atol=1e-9)
    known = {"draws": 100, "tune": 60, "chains": 8, "seed": 0, "start": exact.mean, "covariance": exact.covariance}
    one, other = (
        delayed_acceptance(exact, each, **known).statistics["second_stage_acceptance"] for each in (cheap, better)
    )
    assert np.nanmean(one) < 0.7
    assert np.nanmin(other) > 0.999


def test_the_gradient_is_that_of_the_density_and_none_where_there_is_no_value():
    exact = linear_gaussian()
    better = corrected(Moved(exact, np.full(4, 0.2), 1.2), exact, exact.mean)
    x, step = np.array([[0.3, -0.5, 1.0, 0.2]]), 1e-5
    steps = step * np.eye(4)
    slope = (better.log_density(x + steps)[0] - better.log_density(x - steps)[0]) / (2 * step)
    np.testing.assert_allclose(better.log_density(x)[1][0], slope, rtol=1e-6)

    class Nowhere(Moved):
        def log_density(self, x):
            return np.full(len(x), -np.inf), np.zeros_like(x)

    nowhere = type(better)(Nowhere(exact, np.zeros(4), 1.0), better.centre, better.slope, better.curvature)
    value, gradient = nowhere.log_density(x)
    assert value[0] == -np.inf
    assert not gradient.any()
    with pytest.raises(UsageError, match="centre: the density has no value"):
        corrected(Nowhere(exact, np.zeros(4), 1.0), exact, exact.mean)


def test_far_away_the_density_falls_off_however_much_is_lacking():
    flat = LinearGaussian(np.zeros((1, 2)), np.zeros(1), 1.0)
    sharp = Moved(flat, np.zeros(2), 0.3)  # eleven times the curvature: to undo it would leave a density that grows
    better = corrected(flat, Moved(flat, np.zeros(2), 5.0), np.zeros(2))
    assert np.linalg.eigvalsh(better.curvature).max() <= 0.5 + 1e-12
    assert (np.diff(better.log_density(np.array([[1.0, 0], [10.0, 0], [100.0, 0]]))[0]) < 0).all()
    assert (np.diff(corrected(sharp, flat, np.zeros(2)).log_density(np.array([[1.0, 0], [10.0, 0]]))[0]) < 0).all()
