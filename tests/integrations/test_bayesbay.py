"""Forward functions for BayesBay, and the set-up of its Rayleigh-wave tutorial on them."""

import pickle
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from tests.integrations.bayesbay_tutorial import NOISE, PERIODS, SITES, VS, chains, on_pysurf96, true_state

import surfgrad as sg
from surfgrad.earth.relations import Brocher, VpVsRatio
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.bayesbay import DispersionForward, layers_of_sites

STATE = {"voronoi": {"discretization": SITES, "vs": VS}}


@pytest.fixture(scope="module")
def bb() -> ModuleType:
    return pytest.importorskip("bayesbay", reason="bayesbay is not installed (extra `bayesbay`)")


@pytest.fixture(scope="module")
def surf96() -> Any:
    return pytest.importorskip("pysurf96", reason="pysurf96 is not installed (extra `peers`)").surf96


def test_interfaces_are_half_way_between_sites() -> None:
    np.testing.assert_allclose(layers_of_sites(np.array([2.0, 5.5, 8.0, 10.0])), [3.75, 3.0, 2.25, 0.0])
    np.testing.assert_array_equal(layers_of_sites(np.array([7.0])), [0.0])


@pytest.mark.parametrize(("wave", "kind"), [("rayleigh", "phase"), ("love", "group")])
def test_velocities_are_the_engines_for_the_layers_of_the_state(wave: str, kind: str) -> None:
    forward = DispersionForward(PERIODS, wave, kind=kind, earth="spherical", relation=VpVsRatio(1.8))
    solve = sg.phase_velocity if kind == "phase" else sg.group_velocity
    layers = [10.0, 10.0, 15.0, 20.0, 20.0, 20.0, 20.0, 20.0, 0.0]
    expected = solve(layers, 1.8 * VS, VS, 0.32 * 1.8 * VS + 0.77, PERIODS, wave=wave, earth="spherical")
    np.testing.assert_allclose(forward(STATE), expected, rtol=1e-12)
    assert np.abs(DispersionForward(PERIODS, wave, kind=kind)(STATE) - expected).max() > 1e-3  # flat, 1.77


def test_sites_may_be_in_any_order_and_names_are_the_users() -> None:
    shuffle = [3, 0, 8, 1, 7, 2, 6, 5, 4]
    mixed = {"cells": {"discretization": SITES[shuffle], "v": VS[shuffle]}}
    forward = DispersionForward(PERIODS, relation=Brocher(), space="cells", parameter="v")
    np.testing.assert_array_equal(forward(mixed), DispersionForward(PERIODS, relation=Brocher())(STATE))


def test_it_travels_to_other_processes() -> None:
    forward = DispersionForward(PERIODS, earth="spherical")
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(forward))(STATE), forward(STATE))


def test_bad_input_is_refused_in_one_line() -> None:
    with pytest.raises(UsageError, match=r"^voronoi: without 'vs'; one that has it is allowed$"):
        DispersionForward(PERIODS)({"voronoi": {"discretization": SITES}})
    with pytest.raises(ModelError, match=r"^vs: shape \(8,\) given for \(9,\) sites; one a site is allowed$"):
        DispersionForward(PERIODS)({"voronoi": {"discretization": SITES, "vs": VS[:8]}})
    with pytest.raises(UsageError, match=r"^kind: 'c' given; allowed are phase, group$"):
        DispersionForward(PERIODS, kind="c")


# With BayesBay ---------------------------------------------------------------------------------------------------


@pytest.mark.peers
def test_a_missing_mode_is_an_invalid_proposal(bb: ModuleType) -> None:
    with pytest.raises(bb.exceptions.InvalidProposalException, match=r"^rayleigh mode 2 does not exist at \d+ of 20"):
        DispersionForward(PERIODS, mode=2)(STATE)


@pytest.mark.peers
def test_layers_are_bayesbays(bb: ModuleType) -> None:
    np.testing.assert_allclose(layers_of_sites(SITES), bb.discretization.Voronoi1D.compute_cell_extents(SITES))
    state = true_state(bb)
    np.testing.assert_array_equal(DispersionForward(PERIODS)(state), DispersionForward(PERIODS)(STATE))
    with pytest.raises(UsageError, match=r"^state: without 'cells'"):
        DispersionForward(PERIODS, space="cells")(state)


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")  # pysurf96's unfilled buffers
def test_the_tutorials_chains_run_and_are_those_of_pysurf96(bb: ModuleType, surf96: Any) -> None:
    """Same seeds, forwards 3e-5 apart: the same samples until one step is decided differently."""
    ours, theirs = DispersionForward(PERIODS, earth="spherical"), on_pysurf96(bb, surf96)
    truth = true_state(bb)
    np.testing.assert_allclose(ours(truth), theirs(truth), rtol=5e-5)
    assert not np.allclose(ours(truth), on_pysurf96(bb, surf96, mode=2)(truth), rtol=1e-2)
    data = ours(truth) + np.random.default_rng(1).normal(0.0, NOISE, PERIODS.size)
    mine, other = (chains(bb, forward, data, steps=300) for forward in (ours, theirs))
    predicted = np.array(mine["rayleigh.dpred"])
    misfit = np.mean((predicted - data) ** 2, axis=1) / NOISE**2
    assert np.median(misfit[-10:]) < np.median(misfit[:4])
    np.testing.assert_allclose(mine["voronoi.vs"][:10], other["voronoi.vs"][:10])
    np.testing.assert_allclose(predicted[:10], other["rayleigh.dpred"][:10], rtol=2e-4)
