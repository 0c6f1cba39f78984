"""Phase velocity against closed secular equations."""

import json

import numpy as np
import pytest
from tests.reference.closed_forms import love_two_layer, rayleigh_halfspace
from tests.reference.samples import ANALYTIC_TRUTH
from tests.waves import liars
from tests.waves.checks import largest_error
from tests.waves.engine import ENGINE

TOLERANCE = 1e-9
PERIODS = np.array([0.02, 0.3, 2.0, 10.0, 61.0, 400.0])
RATIOS = [1.45, 1.6, 3**0.5, 2.0, 3.0, 7.0, 22.0]
needs_truth = pytest.mark.skipif(not ANALYTIC_TRUTH.exists(), reason="../shared/data/analytic_truth.json is absent")


def halfspace(ratio: float, layers: int = 1, vs: float = 3.5):
    """One medium, cut into `layers` layers."""
    ones = np.ones(layers)
    return np.append(np.full(layers - 1, 0.7), 0.0), ratio * vs * ones, vs * ones, 2.7 * ones


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("layers", [1, 2, 40])
def test_rayleigh_of_a_halfspace_is_the_root_of_the_cubic(ratio, layers):
    truth = np.full(len(PERIODS), rayleigh_halfspace(ratio * 3.5, 3.5))
    assert largest_error(ENGINE, halfspace(ratio, layers), PERIODS, "rayleigh", 0, truth) < TOLERANCE


def test_a_halfspace_has_no_overtone_and_no_love_wave():
    nothing = np.full(len(PERIODS), np.nan)
    assert largest_error(ENGINE, halfspace(2.0), PERIODS, "rayleigh", 1, nothing) == 0
    assert largest_error(ENGINE, halfspace(2.0, 3), PERIODS, "love", 0, nothing) == 0


@pytest.mark.parametrize("case", [(40.0, 3.5, 4.7, 2.7, 3.3), (0.012, 0.2, 1.9, 1.7, 2.4), (5.0, 2.9, 3.0, 2.6, 2.6)])
@pytest.mark.parametrize("mode", [0, 1, 2])
def test_love_of_two_layers_is_the_root_of_its_transcendental_equation(case, mode):
    h, vs1, vs2, rho1, rho2 = case
    model = ([h, 0.0], [2 * vs1, 2 * vs2], [vs1, vs2], [rho1, rho2])
    periods = np.geomspace(0.1, 30, 23) * h / vs1
    truth = [love_two_layer(h, (vs1, vs2), (rho1, rho2), period, mode) for period in periods]
    truth = np.array([np.nan if value is None else value for value in truth])
    assert np.isfinite(truth).any()
    assert np.isnan(truth).any() or mode == 0
    assert largest_error(ENGINE, model, periods, "love", mode, truth) < TOLERANCE


@needs_truth
def test_tabled_rayleigh_halfspaces():
    rows = [row for row in json.loads(ANALYTIC_TRUTH.read_text())["rayleigh_halfspace"] if row["vs_over_vp"] > 0]
    assert len(rows) >= 9
    for row in rows:
        truth = np.full(len(PERIODS), 3.5 * row["c_over_vs"])
        assert largest_error(ENGINE, halfspace(1 / row["vs_over_vp"]), PERIODS, "rayleigh", 0, truth) < TOLERANCE


@needs_truth
def test_tabled_love_waves():
    for case in json.loads(ANALYTIC_TRUTH.read_text())["love_two_layer"].values():
        vs, rho = [case["vs1"], case["vs2"]], [case["rho1"], case["rho2"]]
        for mode in {row["mode"] for row in case["rows"]}:
            rows = [row for row in case["rows"] if row["mode"] == mode]
            model = ([case["h_km"], 0.0], [2 * vs[0], 2 * vs[1]], vs, rho)
            periods, truth = [row["period"] for row in rows], [row["c"] for row in rows]
            assert largest_error(ENGINE, model, periods, "love", mode, truth) < TOLERANCE


def test_liars_are_rejected():
    truth = np.full(len(PERIODS), rayleigh_halfspace(7.0, 3.5))
    assert largest_error(liars.shifted(1e-7), halfspace(2.0), PERIODS, "rayleigh", 0, truth) > TOLERANCE
    assert largest_error(liars.next_mode(), halfspace(2.0), PERIODS, "rayleigh", 0, truth) > TOLERANCE
    model = ([40.0, 0.0], [7.0, 9.0], [3.5, 4.7], [2.7, 3.3])
    love = [love_two_layer(40.0, (3.5, 4.7), (2.7, 3.3), period, 0) for period in (10.0, 11.0)]
    assert largest_error(liars.next_mode(), model, (10.0, 11.0), "love", 0, love) > TOLERANCE
