"""What the public functions promise about shapes, order, batches, threads and bad input, and engines that break it."""

import numpy as np
import pytest
from tests.waves import interface_liars as liars
from tests.waves import promises
from tests.waves.engine import ENGINE
from tests.waves.promises import PERIODS, WAVES, batch

from surfgrad.status import Status
from surfgrad.waves.phase import solve_batch


@pytest.mark.parametrize("wave", WAVES)
def test_shapes_follow_the_batch_axes(wave):
    promises.shapes_follow_the_batch_axes(ENGINE, wave)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 1])
def test_a_model_gives_the_same_bits_alone_and_in_company(wave, mode):
    promises.a_model_gives_the_same_bits_alone_and_in_company(ENGINE, wave, mode)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 2])
def test_the_order_of_periods_changes_no_bit_and_their_company_only_rounding(wave, mode):
    promises.the_order_of_periods_changes_no_bit_and_their_company_only_rounding(ENGINE, wave, mode)


@pytest.mark.parametrize("wave", WAVES)
def test_the_number_of_threads_changes_no_bit(wave):
    promises.the_number_of_threads_changes_no_bit(ENGINE, wave)


def test_inputs_are_not_modified_and_may_be_read_only_or_strided():
    promises.inputs_are_not_modified_and_may_be_read_only_or_strided(ENGINE)


def test_untrapped_modes_are_nan_with_a_status_and_keep_their_place():
    promises.untrapped_modes_are_nan_with_a_status_and_keep_their_place(ENGINE)


def test_layers_without_thickness_are_not_there():
    promises.layers_without_thickness_are_not_there(ENGINE)


def test_no_periods_are_refused():
    promises.no_periods_are_refused(ENGINE)


def test_mode_count_steps_at_the_roots():
    promises.mode_count_steps_at_the_roots(ENGINE)


BAD = {
    "negative vs": (2, 3, -3.3, "vs"),
    "NaN vs": (2, 1, np.nan, "vs"),
    "zero vp": (1, 0, 0.0, "vp"),
    "infinite rho": (3, 2, np.inf, "rho"),
    "negative rho": (3, 4, -1.0, "rho"),
    "negative thickness": (0, 1, -2.0, "thickness"),
    "NaN thickness": (0, 2, np.nan, "thickness"),
    "vp below vs": (1, 2, 1.0, "vp"),
}


@pytest.mark.parametrize(("column", "layer", "value", "name"), BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("function", ["phase_velocity", "dispersion", "phase_kernels"])
def test_a_bad_entry_is_named(function, column, layer, value, name):
    promises.a_bad_entry_is_named(ENGINE, function, column, layer, value, name)


@pytest.mark.parametrize("period", [0.0, -1.0, np.nan, np.inf])
def test_a_bad_period_is_named(period):
    promises.a_bad_period_is_named(ENGINE, period)


def test_columns_of_different_lengths_are_refused():
    promises.columns_of_different_lengths_are_refused(ENGINE)


@pytest.mark.parametrize("options", [{"wave": "stoneley"}, {"mode": -1}, {"mode": 0.5}, {"earth": "hollow"}])
def test_bad_options_are_refused(options):
    promises.bad_options_are_refused(ENGINE, options)


def test_a_batch_for_ensembles_goes_on_past_a_bad_model():
    models = batch()
    wanted = ENGINE.dispersion(*models, PERIODS)
    models[2] = models[2].copy()
    models[2][4, 1] = -1.0
    velocity, status = solve_batch(*models, PERIODS, wave="rayleigh")
    assert np.isnan(velocity[4]).all()
    assert (status[4] == Status.INVALID_MODEL).all()
    others = np.arange(7) != 4
    np.testing.assert_array_equal(velocity[others], wanted.velocity[others])
    np.testing.assert_array_equal(status[others], wanted.status[others])
    assert status.dtype == np.uint8


BROKEN = [
    (promises.shapes_follow_the_batch_axes, liars.without_untrapped_periods(), ("love",)),
    (promises.shapes_follow_the_batch_axes, liars.without_unit_axes(), ("love",)),
    (promises.a_model_gives_the_same_bits_alone_and_in_company, liars.one_bit_with("company"), ("love", 0)),
    (promises.the_order_of_periods_changes_no_bit_and_their_company_only_rounding, liars.sorted_periods(), ("love", 0)),
    (promises.the_order_of_periods_changes_no_bit_and_their_company_only_rounding, liars.guessing(), ("love", 0)),
    (promises.the_number_of_threads_changes_no_bit, liars.one_bit_with("threads"), ("love",)),
    (promises.inputs_are_not_modified_and_may_be_read_only_or_strided, liars.writing_into_its_input(), ()),
    (promises.untrapped_modes_are_nan_with_a_status_and_keep_their_place, liars.zero_for_missing(), ()),
    (promises.untrapped_modes_are_nan_with_a_status_and_keep_their_place, liars.missing_last(), ()),
    (promises.layers_without_thickness_are_not_there, liars.counting_layers(), ()),
    (promises.no_periods_are_refused, liars.silent(), ()),
    (promises.mode_count_steps_at_the_roots, liars.miscounting(), ()),
    (promises.a_bad_entry_is_named, liars.silent(), ("phase_velocity", *BAD["NaN vs"])),
    (promises.a_bad_entry_is_named, liars.mumbling(), ("phase_velocity", *BAD["NaN vs"])),
    (promises.a_bad_period_is_named, liars.silent(), (0.0,)),
    (promises.a_bad_period_is_named, liars.mumbling(), (0.0,)),
    (promises.columns_of_different_lengths_are_refused, liars.silent(), ()),
    (promises.bad_options_are_refused, liars.silent(), ({"wave": "stoneley"},)),
    (promises.bad_options_are_refused, liars.mumbling(), ({"mode": -1},)),
]
"""A promise, an engine that breaks it, and what the promise is asked with."""


@pytest.mark.parametrize(("promise", "liar", "arguments"), BROKEN)
def test_engines_that_break_a_promise_are_rejected(promise, liar, arguments):
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        promise(liar, *arguments)
    promise(ENGINE, *arguments)
