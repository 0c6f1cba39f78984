"""Every liar is caught by the metric meant for it, and honest forwards pass: the audit's own examination."""

import functools

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.testing.liars import HONEST, LIARS, dropped_halfspace, random_nan

from .toy import Toy, uneven_models

PERIODS = np.arange(2.0, 61.0, 2.0)
MODELS = uneven_models()


@functools.cache
def honest_record():
    return surfgrad.audit(Toy(), MODELS, PERIODS, reference=Toy())


def audited(forward):
    return surfgrad.audit(forward, MODELS, PERIODS, reference=Toy())


@pytest.mark.parametrize("make", HONEST, ids=["itself", "rounded", "differenced"])
def test_honest_controls_pass(make):
    record = audited(make(Toy()))
    assert record.verdict == "PASS"
    assert record.failed() == ()


def test_every_metric_that_catches_a_liar_can_be_judged_on_the_honest_one():
    assert {make(Toy()).caught_by for make in LIARS} <= set(honest_record().judged())


@pytest.mark.parametrize("make", LIARS, ids=lambda make: make.__name__)
def test_each_liar_is_caught_and_named(make):
    liar = make(Toy())
    record = audited(liar)
    assert record.verdict == "FAIL" or liar.caught_by not in ("relative_l2", "missing", "halfspace_error")
    assert liar.caught_by in record.failed()
    assert not set(liar.spares) & set(record.failed())


def test_no_metric_is_left_without_a_liar():
    from surfgrad.audit.thresholds import Thresholds

    caught = {make(Toy()).caught_by for make in LIARS}
    assert caught == set(Thresholds().table)


def test_liars_of_no_size_are_honest():
    from surfgrad.testing.liars import scaled_kernel, shifted_kernel, smoothed_kernel, wrong_slope

    for harmless in (
        scaled_kernel(Toy(), 1.0),
        shifted_kernel(Toy(), 0),
        smoothed_kernel(Toy(), 1),
        wrong_slope(Toy(), 0.0),
    ):
        assert audited(harmless).failed() == (), harmless.name


def test_a_dropped_half_space_fails_apart_from_the_profile():
    row = audited(dropped_halfspace(Toy())).row("rayleigh", "vs", "45-60")
    assert (row["verdict"], row["halfspace_verdict"]) == ("PASS", "FAIL")
    assert row["halfspace_error"] == pytest.approx(1.0)


def test_lost_samples_are_counted_as_the_forwards_fault():
    row = audited(random_nan(Toy(), 0.2)).row("love", "vs", "10-20")
    assert row["n"] + row["n_excluded"]["VALUE_NAN"] == row["n_asked"] == 12 * 5
    assert 0.05 < row["missing"] < 0.4
