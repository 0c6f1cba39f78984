"""Error on and off a prior's subspace: made-up errors of known share, and the subspace's own split as second route."""

import numpy as np
import pytest

from surfgrad.audit.split import split_errors
from surfgrad.earth.priors.subspace import Subspace

LAYERS = 6


def subspace(directions=4):
    basis = np.linalg.qr(np.random.default_rng(0).standard_normal((3 * LAYERS, directions)))[0].T
    mean = np.zeros((3, LAYERS))
    return Subspace(mean, basis.reshape(-1, 3, LAYERS), np.ones(3 * LAYERS), 0.999, 100)


EXACT = np.random.default_rng(1).standard_normal((2, 5, 3, LAYERS))


def test_an_error_of_one_side_is_found_on_that_side_alone():
    on, _ = subspace().split(EXACT)
    found = split_errors(EXACT + 0.2 * on, EXACT, subspace())
    np.testing.assert_allclose(found["on_manifold"], 0.2)
    np.testing.assert_allclose(found["off_manifold"], 0.0, atol=1e-7)
    found = split_errors(on, EXACT, subspace())
    np.testing.assert_allclose(found["on_manifold"], 0.0, atol=1e-12)
    np.testing.assert_allclose(found["off_manifold"], 1.0)


def test_any_error_by_the_subspaces_own_split():
    learned = EXACT + np.random.default_rng(2).standard_normal(EXACT.shape)
    found = split_errors(learned, EXACT, subspace())
    for name, error, truth in zip(
        ("on_manifold", "off_manifold"), subspace().split(learned - EXACT), subspace().split(EXACT), strict=True
    ):
        ratio = np.linalg.norm(error, axis=(-2, -1)) / np.linalg.norm(truth, axis=(-2, -1))
        np.testing.assert_allclose(found[name], ratio, rtol=1e-7)


def test_a_side_without_a_kernel_is_not_judged_and_nan_stays_nan():
    on, _ = subspace().split(EXACT)
    found = split_errors(EXACT, on, subspace())
    assert np.isnan(found["off_manifold"]).all()
    learned = EXACT.copy()
    learned[0, 0, 1, 2] = np.nan
    found = split_errors(learned, EXACT, subspace())
    assert np.isnan([found[name][0, 0] for name in found]).all()
    assert found["on_manifold"][1, 0] == pytest.approx(0.0)
