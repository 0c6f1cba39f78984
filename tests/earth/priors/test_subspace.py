"""The subspace of a prior: known spectra come back, vectors split into two parts that add up."""

import numpy as np
import pytest

from surfgrad.earth.grid import DEFAULT_GRID
from surfgrad.earth.priors import draw_many, prior_subspace
from surfgrad.earth.priors.subspace import log_profiles
from surfgrad.errors import UsageError


class Known:
    """log vp, log vs, log rho along three orthonormal directions with variances 9, 0.9 and 0.1 (times 1e-4)."""

    name, version, periods, grid, interfaces = "known", 1, (2.0, 60.0), DEFAULT_GRID[-8:], None
    variance = np.array([9.0, 0.9, 0.1]) * 1e-4
    directions = np.linalg.qr(np.random.default_rng(1).normal(size=(24, 3)))[0].T

    def card(self):
        return {}

    def sample(self, rng):
        logs = (np.sqrt(self.variance) * rng.standard_normal(3)) @ self.directions
        vp, vs, rho = np.exp(logs).reshape(3, 8) * np.array([[6.0], [3.5], [2.7]])
        return self.grid.copy(), vp, vs, rho


@pytest.fixture(scope="module")
def known():
    return prior_subspace(Known(), 3000, share=0.98)


def test_a_known_spectrum_comes_back(known):
    np.testing.assert_allclose(known.variance[:3], Known.variance, rtol=5 * (2 / 3000) ** 0.5)
    assert known.variance[3:].max() < 1e-15
    assert [known.holding(share) for share in (0.5, 0.98, 0.9999, 1.0)] == [1, 2, 3, 3]
    np.testing.assert_allclose(known.mean, np.log([6.0, 3.5, 2.7])[:, None] * np.ones(8), atol=5e-3)


def test_directions_are_orthonormal_and_the_known_ones(known):
    flat = known.directions.reshape(2, -1)
    np.testing.assert_allclose(flat @ flat.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(np.abs(np.diag(flat @ Known.directions[:2].T)), 1.0, atol=0.01)


def test_parts_on_and_off_add_up_and_are_orthogonal(known):
    vectors = np.random.default_rng(3).normal(size=(2, 5, 3, 8))
    on, off = known.split(vectors)
    assert on.shape == off.shape == vectors.shape
    np.testing.assert_allclose(on + off, vectors, atol=1e-12)
    assert np.abs((on * off).sum(axis=(-2, -1))).max() < 1e-12
    inside, outside = known.split(known.directions)
    np.testing.assert_allclose(inside, known.directions, atol=1e-12)
    assert np.abs(outside).max() < 1e-12


def on_share(subspace, name):
    """How much of the variance of other draws of a prior lies on a subspace, around its mean."""
    logs = log_profiles(*draw_many(name, 77, 200)[1:]) - subspace.mean
    on, _ = subspace.split(logs)
    return (on**2).sum() / (logs**2).sum()


@pytest.fixture(scope="module")
def weak():
    return prior_subspace("weak", 1000)


def test_fresh_draws_of_a_prior_lie_on_its_subspace_and_those_of_another_do_not(weak):
    assert 20 < len(weak.directions) == weak.holding(0.999) < 60
    assert on_share(weak, "weak") > 0.998
    assert on_share(weak, "decorrelated") < 0.9


def test_few_directions_hold_a_tied_prior_and_hundreds_the_decorrelated_one(weak):
    tectonic, decorrelated = (prior_subspace(name, 1000).holding(0.99) for name in ("tectonic", "decorrelated"))
    assert weak.holding(0.99) < tectonic < 60
    assert decorrelated > 4 * tectonic


@pytest.mark.parametrize(("arguments", "word"), [({"count": 1}, "count"), ({"share": 0.0}, "share")])
def test_bad_arguments_are_refused(arguments, word):
    with pytest.raises(UsageError, match=word):
        prior_subspace("weak", **arguments)
