from dataclasses import replace

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.check import check
from surfgrad.audit.run import run
from surfgrad.audit.statistics import median_interval
from surfgrad.audit.thresholds import Thresholds
from surfgrad.testing.liars import biased_values, scaled_kernel

from .toy import Toy, even_models

PERIODS = np.arange(2.0, 61.0, 2.0)


@pytest.fixture(scope="module")
def measurements():
    return run(scaled_kernel(Toy(), 1.2), even_models(), PERIODS, reference=Toy())


def test_a_row_states_what_its_samples_say(measurements):
    row = check(measurements).row("rayleigh", "vs", "5-10")
    assert (row["n"], row["n_models"], row["n_asked"]) == (24, 12, 24)
    assert row["verdict"] == "CANNOT JUDGE"
    row = check(measurements).row("rayleigh", "vs", "30-45")
    assert (row["n"], row["n_models"]) == (96, 12)
    assert row["relative_l2"] == {
        "median": pytest.approx(0.2),
        "p95": pytest.approx(0.2),
        "interval": [pytest.approx(0.2)] * 2,
    }
    assert row["cosine"]["p5"] == pytest.approx(1)
    assert row["amplitude_ratio"] == pytest.approx(1.2)
    assert row["paper_cosine"] == pytest.approx(1)
    assert row["verdict"] == "MARGINAL"
    assert check(measurements).row("rayleigh", "rho", "30-45")["paper_cosine"] is None


def test_every_wave_parameter_and_band_has_a_row(measurements):
    keys = {(row["wave"], row["parameter"], row["band"]) for row in check(measurements).rows}
    assert len(keys) == len(check(measurements).rows) == 2 * 3 * 6


def test_other_thresholds_judge_the_same_measurements_otherwise(measurements):
    strict = check(measurements, Thresholds().override({"relative_l2": {"good": 0.01, "fair": 0.02}}))
    assert strict.row("love", "vs", "30-45")["verdict"] == "FAIL"
    assert strict.summary["thresholds"]["metrics"]["relative_l2"]["fair"] == 0.02


def test_too_few_samples_anywhere_is_no_verdict_at_all():
    record = surfgrad.audit(Toy(), even_models(1), PERIODS[::6], reference=Toy())
    assert record.verdict == "CANNOT JUDGE"
    assert record.judged() == ()


def test_love_vp_is_judged_by_its_size_beside_vs(measurements):
    row = check(measurements).row("love", "vp", "30-45")
    assert row["relative_l2"]["median"] == 0
    assert row["cosine"]["median"] is None
    assert (row["verdict"], row["verdicts"]["cosine"]) == ("PASS", "CANNOT JUDGE")


def test_value_errors_in_km_s_and_percent():
    exact = Toy()
    values = surfgrad.audit(biased_values(exact, 0.02), even_models(), PERIODS, reference=exact).summary["values"]
    truth = exact.predict(even_models(), PERIODS)
    assert values["overall"]["mae_km_s"] == pytest.approx(0.02)
    assert values["overall"]["bias_km_s"] == pytest.approx(0.02)
    assert values["overall"]["mae_percent"] == pytest.approx((2 / truth).mean())
    assert values["waves"]["love"]["bands"][3]["mae_percent"] == pytest.approx((2 / truth[:, 1, 9:14]).mean())
    assert len(values["waves"]["love"]["periods"]) == 30
    assert values["overall"]["verdict"] == "PASS"


def test_identities_are_not_judged_where_the_periods_are_too_coarse(measurements):
    entries = {
        (each["identity"], each["wave"], each["band"]): each for each in check(measurements).summary["identities"]
    }
    assert entries["homogeneity", "rayleigh", "30-45"]["verdict"] == "FAIL"
    rough = dict(measurements.identity_floor)
    rough["homogeneity"] = np.full_like(rough["homogeneity"], 0.5)
    coarse = check(replace(measurements, identity_floor=rough)).summary["identities"]
    verdicts = {each["verdict"] for each in coarse if each["identity"] == "homogeneity"}
    assert verdicts == {"CANNOT JUDGE"}


def test_nothing_passes_on_its_own_training_models():
    honest = run(Toy(), even_models(), PERIODS, reference=Toy())
    trained = {"content_sha256": "a", "prior": {"name": "weak"}, "seed": 1, "index_range": [0, 100]}
    card = {"data": {"card": trained}}
    test = {**trained, "content_sha256": "b", "index_range": [90, 110]}
    assert check(honest, surrogate_card=card, data_card=test).verdict == "CANNOT JUDGE"
    apart = check(honest, surrogate_card=card, data_card={**test, "index_range": [100, 110]})
    assert apart.verdict == "PASS"
    assert apart.summary["training_overlap"]["state"] == "DISJOINT"


def test_the_bootstrap_draws_models_and_not_samples():
    rng = np.random.default_rng(0)
    one_number_a_model = np.repeat(rng.standard_normal((20, 1)), 50, axis=1)
    low, high = median_interval(one_number_a_model)
    assert high - low > 0.3
    low, high = median_interval(rng.standard_normal((20, 50)))
    assert high - low < 0.3
    assert np.isnan(median_interval(np.full((5, 3), np.nan))).all()
