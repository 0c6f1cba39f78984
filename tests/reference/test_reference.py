"""The second route examined by closed forms and by a third route, before it examines the engine."""

import json

import mpmath as mp
import numpy as np
import pytest
from tests.reference.branch import slowest_root
from tests.reference.float_count import count_float
from tests.reference.propagator import secular
from tests.reference.samples import ANALYTIC_TRUTH, random_model
from tests.reference.stiffness import DIGITS, count

needs_truth = pytest.mark.skipif(not ANALYTIC_TRUTH.exists(), reason="../shared/data/analytic_truth.json is absent")


@needs_truth
def test_reference_meets_the_closed_form_rayleigh_halfspaces():
    rows = [row for row in json.loads(ANALYTIC_TRUTH.read_text())["rayleigh_halfspace"] if row["vs_over_vp"] > 0]
    for row in rows:
        model = ([0.0], [3.5 / row["vs_over_vp"]], [3.5], [2.7])
        assert abs(float(slowest_root(model, 10.0, "rayleigh", 0)) / 3.5 - row["c_over_vs"]) < 1e-14


@needs_truth
def test_reference_meets_the_closed_form_love_waves():
    for case in json.loads(ANALYTIC_TRUTH.read_text())["love_two_layer"].values():
        model = (
            [case["h_km"], 0],
            [2 * case["vs1"], 2 * case["vs2"]],
            [case["vs1"], case["vs2"]],
            [case["rho1"], case["rho2"]],
        )
        for row in case["rows"][::4]:
            assert abs(float(slowest_root(model, row["period"], "love", row["mode"])) / row["c"] - 1) < 1e-14


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("mode", [0, 1])
def test_reference_root_is_a_zero_of_the_propagator_determinant(wave, mode):
    model = random_model(np.random.default_rng(5), layers=4)
    period = 3.0
    root = slowest_root(model, period, wave, mode)
    with mp.workdps(80):
        w = 2 * mp.pi / mp.mpf(period)
        below, above = (secular(model, w, w / (root * (1 + mp.mpf(s) * mp.mpf(10) ** -26)), wave) for s in (-1, 1))
        aside = secular(model, w, w / (root * (1 + mp.mpf(10) ** -24)), wave)
    assert below * above < 0
    assert aside * above > 0  # and a root moved by 1e-24 would not have passed


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_float_count_equals_exact_count(wave):
    rng = np.random.default_rng(8)
    seen = set()
    for _ in range(12):
        model = random_model(rng, layers=int(rng.integers(2, 7)))
        w = 2 * np.pi / rng.uniform(0.5, 20.0)
        k = w / rng.uniform(0.7 * np.min(model[2]), model[2][-1], 8)
        with mp.workdps(DIGITS):
            exact = [count(model, w, one, wave) for one in k]
        assert count_float(model, w, k, wave).tolist() == exact
        seen.update(exact)
    assert {0, 1, 2} <= seen


def test_count_never_falls_with_frequency_at_fixed_wavenumber():
    rng = np.random.default_rng(9)
    for wave in ("rayleigh", "love"):
        for _ in range(10):
            model = random_model(rng, layers=5)
            k = rng.uniform(0.1, 3.0)
            counts = count_float(model, np.linspace(0.01, 1.0, 400) * k * model[2][-1], k, wave)
            assert np.all(np.diff(counts) >= 0)
            assert counts[0] == 0
