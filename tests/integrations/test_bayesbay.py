"""Forward functions for BayesBay, and the set-up of its Rayleigh-wave tutorial on them."""

import pickle
import random
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.earth.relations import Brocher, VpVsRatio
from surfgrad.errors import UsageError
from surfgrad.integrations.bayesbay import DispersionForward, layers_of_sites

# The true model and the periods of the tutorial.
SITES = np.array([5.0, 15.0, 25.0, 45.0, 65.0, 85.0, 105.0, 125.0, 145.0])
VS = np.array([3.38, 3.44, 3.66, 4.25, 4.35, 4.32, 4.315, 4.38, 4.5])
PERIODS = np.linspace(4.0, 80.0, 20)
STATE = {"voronoi": {"discretization": SITES, "vs": VS}}
NOISE = 0.02


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
    state = bb.State({"voronoi": bb.ParameterSpaceState(SITES.size, {"discretization": SITES, "vs": VS})})
    np.testing.assert_array_equal(DispersionForward(PERIODS)(state), DispersionForward(PERIODS)(STATE))
    with pytest.raises(UsageError, match=r"^state: without 'cells'"):
        DispersionForward(PERIODS, space="cells")(state)


class Pysurf96Forward:
    """What the tutorial's forward does, with pysurf96; `mode` counts from 1."""

    def __init__(self, bb: ModuleType, surf96: Any, mode: int = 1) -> None:
        self.bb, self.surf96, self.mode = bb, surf96, mode

    def __call__(self, state: Any) -> np.ndarray:
        cells = state["voronoi"]
        thickness = self.bb.discretization.Voronoi1D.compute_cell_extents(cells["discretization"])
        vp = 1.77 * cells["vs"]
        options = {"wave": "rayleigh", "mode": self.mode, "velocity": "phase", "flat_earth": False}
        return self.surf96(thickness, vp, cells["vs"], 0.32 * vp + 0.77, PERIODS, **options)


def chain(bb: ModuleType, forward: Any, data: np.ndarray, steps: int) -> SimpleNamespace:
    """Two chains of the tutorial's fixed-dimension sampling: 10 cells, vs within bounds that follow depth."""
    random.seed(3)
    np.random.seed(3)  # noqa: NPY002 - BayesBay draws from the global generators
    vs = bb.prior.UniformPrior(
        "vs", vmin=[2.7, 3.2, 3.75], vmax=[4.0, 4.75, 5.0], position=[0.0, 40.0, 80.0], perturb_std=0.15
    )
    cells = bb.discretization.Voronoi1D(
        "voronoi", vmin=0.0, vmax=150.0, perturb_std=8.0, n_dimensions=10, parameters=[vs], birth_from="prior"
    )
    target = bb.likelihood.Target("rayleigh", data, covariance_mat_inv=1.0 / NOISE**2)
    likelihood = bb.likelihood.LogLikelihood([target], [forward])
    parameters = bb.parameterization.Parameterization(cells)
    inversion = bb.BayesianInversion(parameters, likelihood, n_chains=2)
    inversion.run(n_iterations=steps, save_every=10, verbose=False, parallel_config={"n_jobs": 1})
    results = inversion.get_results(concatenate_chains=True)
    return SimpleNamespace(predicted=np.array(results["rayleigh.dpred"]), vs=np.array(results["voronoi.vs"]))


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")  # pysurf96's unfilled buffers
def test_the_tutorials_chains_run_and_are_those_of_pysurf96(bb: ModuleType, surf96: Any) -> None:
    """Same seeds, forwards 3e-5 apart: the same samples until one step is decided differently."""
    ours, theirs = DispersionForward(PERIODS, earth="spherical"), Pysurf96Forward(bb, surf96)
    truth = bb.State({"voronoi": bb.ParameterSpaceState(SITES.size, {"discretization": SITES, "vs": VS})})
    np.testing.assert_allclose(ours(truth), theirs(truth), rtol=5e-5)
    assert not np.allclose(ours(truth), Pysurf96Forward(bb, surf96, mode=2)(truth), rtol=1e-2)
    data = ours(truth) + np.random.default_rng(1).normal(0.0, NOISE, PERIODS.size)
    mine, other = (chain(bb, forward, data, steps=300) for forward in (ours, theirs))
    misfit = np.mean((mine.predicted - data) ** 2, axis=1) / NOISE**2
    assert np.median(misfit[-10:]) < np.median(misfit[:4])
    np.testing.assert_allclose(mine.vs[:10], other.vs[:10])
    np.testing.assert_allclose(mine.predicted[:10], other.predicted[:10], rtol=2e-4)
