"""Every liar is named by the metrics meant for it, and honest forwards pass: the audit's own examination."""

import numpy as np
import pytest

from surfgrad.audit.check import check
from surfgrad.audit.thresholds import PRIORS, Thresholds
from surfgrad.earth.priors.subspace import Subspace, prior_subspace
from surfgrad.testing.liars import (
    HONEST,
    SHELF,
    misnamed,
    moho_locked,
    noisy_band,
    places,
    prior_projected,
    scaled_kernel,
    shifted_kernel,
    smoothed_kernel,
    without,
    wrong_slope,
)

from .ground import ENGINE, FEW, NO_INVERSIONS, honest_record, liar_record, measured, measured_liar, models
from .small_prior import SmallPrior

MANIFOLD = ("on_manifold", "off_manifold")
SEEN_BY_THESE_ALONE = ("biased_values", "random_nan", "nan_at_cutoff")
"""Liars whose metrics on the shelf are all that fails: without them the audit lets the liar pass."""


@pytest.mark.parametrize("name", HONEST)
def test_honest_controls_pass(name):
    # Inversions through differences take as long as all else; tests/audit/test_exact.py has them.
    options = FEW if "differences" not in name else NO_INVERSIONS
    record = check(measured(HONEST[name](ENGINE), options))
    assert (record.verdict, record.failed()) == ("PASS", ())


def test_every_metric_can_be_judged_on_this_ground():
    assert set(Thresholds().table) - set(PRIORS) <= set(honest_record().judged())
    statuses = {row["n_excluded"]["NO_MODE"] > 0 for row in honest_record().rows}
    assert statuses == {True, False}, "some modes lose their trap and some do not"


@pytest.mark.parametrize("name", SHELF)
def test_each_liar_is_caught_and_named(name):
    record = liar_record(name)
    assert record.verdict == "FAIL"
    assert misnamed(record, SHELF[name]) == []
    assert set(SHELF[name].named_by) <= set(record.summary["verdict"]["failed_metrics"])


@pytest.mark.parametrize("name", SHELF)
def test_the_engine_is_not_taken_for_any_liar(name):
    assert misnamed(honest_record(), SHELF[name]) != []


@pytest.mark.parametrize("name", SHELF)
def test_out_of_its_metrics_reach_a_liar_is_not_named(name):
    blind = check(measured_liar(name), without(SHELF[name].named_by, Thresholds()))
    found = misnamed(blind, SHELF[name])
    assert found == [f"{metric} does not fail, and should" for metric in SHELF[name].named_by]
    if name in SEEN_BY_THESE_ALONE:
        assert (blind.verdict == "FAIL", blind.failed()) == (False, ())


def test_no_metric_is_left_without_a_liar():
    assert {metric for entry in SHELF.values() for metric in entry.named_by} == set(Thresholds().table) - set(PRIORS)


def test_no_two_liars_leave_the_same_marks():
    def marks(name):
        record = liar_record(name)
        failing = [(metric, each) for metric in record.failed() for each in places(record, metric)]
        return frozenset((metric, *each.values()) for metric, each in failing if each["verdict"] == "FAIL")

    assert len({marks(name) for name in SHELF}) == len(SHELF)


@pytest.mark.parametrize(
    "harmless",
    [
        scaled_kernel(ENGINE, 1.0),
        shifted_kernel(ENGINE, 0),
        smoothed_kernel(ENGINE, 1),
        wrong_slope(ENGINE, 0.0),
        noisy_band(ENGINE, (70.0, 80.0)),
        moho_locked(ENGINE, depth=1000.0),
    ],
    ids=lambda liar: liar.name,
)
def test_liars_of_no_size_are_honest(harmless):
    assert check(measured(harmless)).failed() == ()


def test_a_subspace_of_everything_projects_nothing_away():
    mean = prior_subspace(SmallPrior(), 2).mean
    everything = Subspace(mean, np.eye(mean.size).reshape(-1, *mean.shape), np.ones(mean.size), 1.0, mean.size + 1)
    assert check(measured(prior_projected(ENGINE, everything))).failed() == ()


def test_a_dropped_half_space_fails_apart_from_the_profile():
    row = liar_record("dropped_halfspace").row("rayleigh", "vs", "45-60")
    assert (row["verdict"], row["halfspace_verdict"]) == ("PASS", "FAIL")
    assert row["halfspace_error"] == pytest.approx(1.0)


def test_a_tie_that_the_prior_has_is_seen_off_the_priors_models_only():
    verdicts = {metric: {each["verdict"] for each in places(liar_record("tied_kernel"), metric)} for metric in MANIFOLD}
    assert verdicts["on_manifold"] == {"PASS"}
    assert "FAIL" in verdicts["off_manifold"]


def test_lost_samples_are_counted_as_the_forwards_fault():
    row = liar_record("random_nan").row("rayleigh", "vs", "10-20")
    assert row["n"] + row["n_excluded"]["VALUE_NAN"] == row["n_asked"] == len(models()[0]) * 10
    assert 0.01 < row["missing"] < 0.1


def test_places_of_a_failure():
    failing = [each for each in places(liar_record("noisy_band"), "relative_l2") if each["verdict"] == "FAIL"]
    assert {each["band"] for each in failing} == {"10-20"}
    assert {each["wave"] for each in failing} == {"rayleigh", "love"}
