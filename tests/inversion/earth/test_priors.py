"""Maps from normal coordinates: exact Jacobians, and priors that have the moments that they state."""

import numpy as np
import pytest
from scipy import stats
from tests.inversion.differences import by_differences

from surfgrad.errors import UsageError
from surfgrad.inversion.earth.depth_grid import b_splines, fine_layers, matern, places, square_root
from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.earth.marginals import LogNormal, LogUniform, Uniform
from surfgrad.inversion.earth.ordered import ordered_uniform
from surfgrad.inversion.earth.thicknesses import FreeInterfaces, HeldThicknesses
from surfgrad.inversion.earth.ties import FreeDensity, FreeRatio, HeldDensity, HeldRatio, RockDensity, RockVp
from surfgrad.inversion.earth.velocities import (
    IndependentVelocities,
    OverHeldHalfSpace,
    RisingVelocities,
    SmoothVelocities,
)
from surfgrad.inversion.earth.water import Water

DRAWS = np.random.default_rng(0).standard_normal((20_000, 4))
HELD = HeldThicknesses(np.array([2.0, 5.0, 20.0, 0.0]))
INTERFACES = FreeInterfaces(3, 1.0, 90.0, 1.2)
INDEPENDENT = IndependentVelocities(4, LogUniform(np.full(4, 2.0), np.array([4.0, 4.5, 4.8, 5.2])))
BASIS = b_splines(np.linspace(0.0, 1.0, 4), 4)
PRIORS = {
    "interfaces, rock": LayeredPrior(INTERFACES, INDEPENDENT, RockVp(), RockDensity()),
    "one free ratio, free density": LayeredPrior(
        INTERFACES, INDEPENDENT, FreeRatio(LogUniform(1.6, 2.4)), FreeDensity(Uniform(1.8, 2.6))
    ),
    "ratios by layer": LayeredPrior(HELD, INDEPENDENT, FreeRatio(LogNormal(1.75, 0.1), 4), RockDensity()),
    "smooth": LayeredPrior(HELD, SmoothVelocities(0.2 * BASIS, LogNormal(3.5, 1.0)), RockVp(), HeldDensity(2.7)),
    "rising splines": LayeredPrior(INTERFACES, RisingVelocities(BASIS, 2.0, 5.0), HeldRatio(1.8), RockDensity()),
    "held half-space under free water": LayeredPrior(
        INTERFACES,
        OverHeldHalfSpace(IndependentVelocities(3, LogUniform(2.0, 4.6)), 4.7),
        RockVp(),
        RockDensity(),
        Water(Uniform(1.0, 3.0)),
    ),
    "held water": LayeredPrior(HELD, INDEPENDENT, FreeRatio(LogUniform(1.6, 2.4)), RockDensity(), Water(2.0)),
}


@pytest.mark.parametrize("name", PRIORS)
def test_jacobians_by_differences(name):
    prior = PRIORS[name]
    x = np.random.default_rng(1).standard_normal((3, prior.size))
    models, slopes = prior.jacobian(x)
    assert slopes.shape == (3, 4, prior.layers, prior.size)
    for column, model in enumerate(models):
        assert model.shape == (3, prior.layers)
        numeric = by_differences(lambda y, column=column: prior.models(y)[column], x)
        np.testing.assert_allclose(slopes[:, column], numeric, rtol=1e-6, atol=1e-8)


def test_a_wrong_jacobian_does_not_pass_by_differences():
    prior = PRIORS["interfaces, rock"]
    x = np.random.default_rng(1).standard_normal((3, prior.size))
    forgotten = prior.jacobian(x)[1].copy()
    forgotten[:, 3] = 0.0  # density forgets that it follows vs
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(
            forgotten[:, 3], by_differences(lambda y: prior.models(y)[3], x), rtol=1e-6, atol=1e-8
        )


def test_the_water_has_no_shear_and_the_half_space_no_thickness():
    for name in ("held water", "held half-space under free water"):
        thickness, _, vs, _ = PRIORS[name].models(np.zeros((1, PRIORS[name].size)))
        assert vs[0, 0] == 0
        assert thickness[0, -1] == 0
    assert PRIORS["held half-space under free water"].models(np.zeros((2, 7)))[2][1, -1] == 4.7


@pytest.mark.parametrize(
    ("marginal", "law"),
    [
        (LogUniform(2.0, 5.0), stats.loguniform(2.0, 5.0)),
        (Uniform(1.0, 3.0), stats.uniform(1.0, 2.0)),
        (LogNormal(3.0, 0.2), stats.lognorm(0.2, scale=3.0)),
    ],
)
def test_marginals_have_the_law_that_they_state(marginal, law):
    value, slope = marginal.of(DRAWS[:, 0])
    assert stats.kstest(value, law.cdf).pvalue > 0.01
    assert stats.kstest(1.02 * value, law.cdf).pvalue < 0.01  # two percent off are noticed
    np.testing.assert_allclose(
        slope[:50], by_differences(lambda g: marginal.of(g)[0], DRAWS[:50, :1])[:, 0, 0], rtol=1e-6
    )


def is_sorted_uniform(p):
    """The k-th of N sorted uniforms is Beta(k, N + 1 - k)."""
    count = p.shape[1]
    pairs = zip(p.T, range(1, count + 1), strict=True)
    return all(stats.kstest(each, stats.beta(k, count + 1 - k).cdf).pvalue > 0.01 for each, k in pairs)


def test_ordered_numbers_are_those_of_sorted_uniforms():
    p, slope = ordered_uniform(DRAWS)
    assert (np.diff(p, axis=1) > 0).all()
    assert is_sorted_uniform(p)
    np.testing.assert_allclose(
        slope[:20], by_differences(lambda g: ordered_uniform(g)[0], DRAWS[:20]), rtol=1e-5, atol=1e-9
    )


def test_products_without_roots_are_ordered_too_but_not_uniform():
    products = np.cumprod(stats.norm.cdf(DRAWS)[:, ::-1], axis=1)[:, ::-1]
    assert (np.diff(products, axis=1) > 0).all()
    assert not is_sorted_uniform(products)


def test_far_out_there_are_numbers_still():
    p, slope = ordered_uniform(np.array([[-30.0, 30.0, -12.0]]))
    assert np.isfinite(p).all()
    assert np.isfinite(slope).all()


def test_interfaces_lie_where_they_may_and_as_evenly_as_they_can():
    thickness, _ = INTERFACES.of(DRAWS[:, :3])
    bottom = np.cumsum(thickness[:, :-1], axis=1)
    assert bottom.min() >= 1.0
    assert bottom.max() <= 90.0
    assert (bottom[:, 1:] / bottom[:, :-1]).min() >= 1.2
    assert (thickness[:, -1] == 0).all()
    room = np.log(90.0) - 2 * np.log(1.2)
    assert is_sorted_uniform((np.log(bottom) - np.log(1.2) * np.arange(3)) / room)


def test_rising_velocities_rise_through_splines_too():
    basis = b_splines(np.linspace(0.0, 3.0, 25), 6)
    vs, _ = RisingVelocities(basis, 1.0, 4.0).of(np.random.default_rng(2).standard_normal((200, 6)))
    assert (np.diff(vs, axis=1) >= 0).all()
    assert vs.min() >= 1.0
    assert vs.max() <= 4.0


def test_b_splines_add_up_to_one_and_keep_a_straight_line():
    at = np.sort(np.random.default_rng(3).uniform(0, 5, 30))
    for count in (1, 2, 3, 7):
        np.testing.assert_allclose(b_splines(at, count).sum(axis=1), 1.0)
    from surfgrad.inversion.earth.depth_grid import control_points

    np.testing.assert_allclose(b_splines(at, 7) @ control_points(at, 7), at, atol=1e-12)


def test_a_gaussian_field_has_its_correlation_and_sd():
    thickness = fine_layers(2.0, 80.0, 12)
    at = places(thickness, 2.0)
    sd = np.linspace(0.3, 0.1, 13)
    factor = sd[:, None] * square_root(matern(at, 0.7))
    vs, _ = SmoothVelocities(factor, LogNormal(3.0, 1.0)).of(np.random.default_rng(4).standard_normal((20_000, 13)))
    found = np.cov(np.log(vs).T)
    np.testing.assert_allclose(found, np.outer(sd, sd) * matern(at, 0.7), atol=0.03 * 0.3**2)
    assert thickness[:-1].sum() == pytest.approx(80.0)
    assert np.trace(square_root(matern(at, 0.7), 0.99) @ square_root(matern(at, 0.7), 0.99).T) > 0.99 * 13


@pytest.mark.parametrize("law", [RockVp(), RockDensity()])
def test_laws_have_no_kink(law):
    other = np.linspace(1.5, 8.6, 7001)[None] if isinstance(law, RockDensity) else np.linspace(0.3, 5.2, 4901)[None]
    followed = law.of(np.zeros((1, 0)), other)
    np.testing.assert_allclose(np.gradient(followed.value[0], other[0])[1:-1], followed.by[0, 1:-1], atol=1e-3)
    assert np.abs(np.diff(followed.by[0])).max() < 0.02


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LogUniform(3.0, 2.0), "3 to 2 given"),
        (lambda: LogUniform(0.0, 2.0), "above 0"),
        (lambda: FreeInterfaces(10, 1.0, 5.0, 1.25), "do not fit"),
        (lambda: HeldRatio(1.1), "bulk modulus"),
        (lambda: FreeRatio(LogUniform(1.0, 2.0)), "bulk modulus"),
        (lambda: HeldDensity(-2.0), "rho"),
    ],
)
def test_what_is_no_prior_is_refused_in_one_line(make, words):
    with pytest.raises(UsageError, match=words) as error:
        make()
    assert "\n" not in str(error.value)
