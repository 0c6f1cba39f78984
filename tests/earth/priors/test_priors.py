"""Priors: reproducible by (prior, seed, index), physical, inside their stated bounds, and unlike each other."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from surfgrad.earth.brocher import density_from_vp, vp_from_vs
from surfgrad.earth.grid import DEFAULT_GRID, middles
from surfgrad.earth.priors import PRIORS, draw, draw_many, get_prior
from surfgrad.earth.priors.base import Prior
from surfgrad.earth.priors.tectonic import CLASSES
from surfgrad.earth.validate import invalid_models
from surfgrad.errors import UsageError

COUNT = 400


CRUSTAL = ("tectonic", "weak", "decorrelated")
LAYERED = ("tectonic", "weak")


@pytest.fixture(scope="module")
def samples():
    return {name: draw_many(name, 3, COUNT) for name in PRIORS}


@pytest.mark.parametrize("name", PRIORS)
def test_prior_keeps_its_contract(name):
    prior = get_prior(name)
    assert isinstance(prior, Prior)
    assert prior.name == name
    card = json.loads(json.dumps(prior.card()))
    assert card == prior.card()
    assert {"name", "version", "grid", "varies", "tied", "bounds", "sources"} <= card.keys()
    assert 0 < prior.periods[0] < prior.periods[1]
    np.testing.assert_array_equal(prior.sample(np.random.default_rng(1))[0], prior.grid)


@pytest.mark.parametrize("name", PRIORS)
def test_sample_depends_on_prior_seed_and_index_only(name):
    first = draw(name, 5, 17)
    draw(name, 5, 16)
    np.testing.assert_array_equal(first, draw(get_prior(name), 5, 17))
    assert not np.array_equal(first[2], draw(name, 5, 18)[2])
    assert not np.array_equal(first[2], draw(name, 6, 17)[2])


PINNED = {
    ("tectonic", 1): [3.446161411873774, 3.8263350641728695, 4.771512774112902],
    ("weak", 1): [2.253730861936201, 4.020631195062692, 4.746028000923826],
    ("decorrelated", 1): [3.7292373680489725, 4.061023140006328, 4.922043037977746],
    ("near_surface", 1): [0.1991409942645791, 1.4515902868244133, 1.5372933686759809],
}


@pytest.mark.parametrize("name", PRIORS)
def test_a_changed_sample_asks_for_a_new_version(name):
    # Ensembles on disk are continued by index: whoever changes what a prior draws raises its version, and this table.
    expected = PINNED[name, get_prior(name).version]
    np.testing.assert_allclose(draw(name, 1, 0)[2][[0, 60, -1]], expected, rtol=1e-12)


def test_sample_is_the_same_in_another_process():
    code = "from surfgrad.earth.priors import draw; print(draw('weak', 1, 2)[2].sum().hex())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert other.stdout.strip() == draw("weak", 1, 2)[2].sum().hex()


def _environment():
    return {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


@pytest.mark.parametrize("name", CRUSTAL)
def test_crustal_samples_are_valid_models_on_the_default_grid(name, samples):
    thickness, vp, vs, rho = samples[name]
    assert thickness.shape == (COUNT, 256)
    assert np.all(thickness == DEFAULT_GRID)
    assert not invalid_models(thickness, vp, vs, rho).any()
    wide = name == "decorrelated"
    assert (vp / vs).min() > (1.449 if wide else 1.5)
    assert (vp / vs).max() < 4.01
    assert vs.min() > (0.39 if wide else 0.49)
    assert vs.max() < 5.2
    assert rho.min() > (1.59 if wide else 1.8)
    assert rho.max() < 3.61


@pytest.mark.parametrize("name", CRUSTAL)
def test_half_space_is_mantle(name, samples):
    assert samples[name][2][:, -1].min() >= 4.2


def test_a_grid_may_be_written_to_without_harm():
    thickness = draw("weak", 1, 1)[0]
    thickness[:] = -1
    assert draw("weak", 1, 1)[0][0] == 0.5
    assert DEFAULT_GRID[0] == 0.5


def test_tectonic_density_and_crustal_vp_are_tied(samples):
    _, vp, vs, rho = samples["tectonic"]
    crust = np.isclose(vp, vp_from_vs(vs), rtol=1e-14) & np.isclose(rho, density_from_vp(vp), rtol=1e-14)
    # Crust on top, mantle below, one Moho in every model.
    assert np.all(np.abs(np.diff(crust.astype(int), axis=1)).sum(axis=1) == 1)
    assert crust[:, 0].all()
    assert not crust[:, -1].any()


def test_weak_density_and_vp_are_not_tied(samples):
    _, vp, vs, rho = samples["weak"]
    assert not np.isclose(vp, vp_from_vs(vs), rtol=1e-3).all(axis=1).any()
    assert not np.isclose(rho, density_from_vp(vp), rtol=1e-3).all(axis=1).any()


def test_tectonic_has_sharp_interfaces_and_weak_has_none(samples):
    step = {name: np.abs(np.diff(samples[name][2], axis=1)).max(axis=1) for name in LAYERED}
    # A layer of 0.5 km between knots at least 1 km apart takes a good part of a step, never all of it; deep down
    # the weak prior has no step at all.
    assert np.median(step["tectonic"]) > 0.4
    deep = middles(DEFAULT_GRID)[:-1] > 15
    weak = np.abs(np.diff(samples["weak"][2], axis=1))[:, deep].max(axis=1)
    assert np.median(weak) < 0.15


def test_every_class_appears_as_often_as_stated(samples):
    _, vp, vs, _ = samples["tectonic"]
    crust = np.isclose(vp, vp_from_vs(vs), rtol=1e-14)
    moho = 0.5 * crust.sum(axis=1)
    # Only oceanic crust is thinner than 14.5 km, only rifts lie between 20 and 32.5 km, only orogens below 50.5 km.
    assert (moho < 14.5).mean() == pytest.approx(0.2, abs=0.06)
    assert ((moho > 19) & (moho < 32.5)).mean() == pytest.approx(0.2 * 12.5 / 14, abs=0.06)
    assert (moho > 50.5).mean() == pytest.approx(0.2 * 24.5 / 33, abs=0.06)
    assert not ((moho > 14.5) & (moho < 19.5)).any()
    assert {kind.name for kind in CLASSES} == {"oceanic", "shield", "platform", "orogen", "rift"}


@pytest.mark.parametrize("name", LAYERED)
def test_some_models_have_a_low_velocity_zone_in_the_mantle_and_some_have_none(name, samples):
    zones = (np.diff(samples[name][2][:, 160:], axis=1) < 0).any(axis=1).mean()
    assert 0.1 < zones < 0.9


def test_unknown_prior_is_refused_with_the_names_there_are():
    with pytest.raises(
        UsageError, match=r"prior: 'flat' given; tectonic, weak, .* and mixture:NAME=WEIGHT.* are allowed"
    ):
        get_prior("flat")


@pytest.mark.parametrize(("seed", "index"), [(-1, 0), (0, -1)])
def test_negative_seed_and_index_are_refused(seed, index):
    with pytest.raises(UsageError, match="seed, index"):
        draw("weak", seed, index)


def test_many_are_the_single_ones_side_by_side():
    many = draw_many("tectonic", 4, 3, first=5)
    assert [each.shape for each in many] == [(3, 256)] * 4
    np.testing.assert_array_equal([each[2] for each in many], draw("tectonic", 4, 7))
