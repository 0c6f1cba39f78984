"""Kernels against differences of the same forward's predictions, and against the identities."""

import numpy as np
import pytest
from tests.audit.toy import Toy, uneven_models

from surfgrad.audit.differences import difference_kernels
from surfgrad.testing.check_kernel import check_identities, check_kernel
from surfgrad.testing.liars import (
    dropped_halfspace,
    flipped_sign,
    leaning_density,
    love_sees_vp,
    scaled_kernel,
    wrong_slope,
)

MODELS = uneven_models(2, 8)
PERIODS = np.array([3.0, 12.0, 40.0])
DENSE = np.arange(2.0, 61.0)


def test_differences_meet_the_closed_form():
    exact, found = Toy().jacobian(MODELS, PERIODS), difference_kernels(Toy(), MODELS, PERIODS)
    for name in ("vp", "vs", "rho"):
        np.testing.assert_allclose(found[name], exact[name], atol=1e-7)
    assert found.thickness is None


def test_differences_keep_the_gaps():
    found = difference_kernels(Toy(longest=20.0), MODELS, PERIODS)
    assert np.isnan(found.vs[..., 2, :]).all()
    assert np.isfinite(found.vs[..., :2, :]).all()
    assert (found.status[..., 2] != 0).all()


def test_an_honest_kernel_has_no_problems():
    assert check_kernel(Toy(), MODELS, PERIODS, tolerance=1e-6) == []
    assert check_identities(Toy(), MODELS, DENSE) == []


@pytest.mark.parametrize(
    ("make", "parameter"),
    [
        (lambda honest: scaled_kernel(honest, 1.001), "vp, vs, rho"),
        (flipped_sign, "vp, vs, rho"),
        (dropped_halfspace, "vp, vs, rho"),
        (wrong_slope, "vp, vs, rho"),
        (love_sees_vp, "vp"),
        (leaning_density, "rho"),
    ],
)
def test_a_wrong_kernel_is_named_by_parameter_and_place(make, parameter):
    problems = check_kernel(make(Toy()), MODELS, PERIODS)
    assert [problem.split(":")[0] for problem in problems] == parameter.split(", ")
    assert all("at model " in problem for problem in problems)


def test_a_kernel_of_nans_is_not_passed_over():
    assert check_kernel(Toy(longest=1.0), MODELS, PERIODS) == [
        f"{name}: no sample has both a kernel and differences to compare it with" for name in ("vp", "vs", "rho")
    ]


@pytest.mark.parametrize(
    ("make", "name"), [(scaled_kernel, "homogeneity"), (leaning_density, "density"), (love_sees_vp, "love_vp")]
)
def test_a_broken_identity_is_named(make, name):
    assert any(problem.startswith(name) for problem in check_identities(make(Toy()), MODELS, DENSE))
