"""NO_MODE, MULTIPLE and "the slowest root", judged by the double-precision stiffness count on a grid of velocities."""

import numpy as np
import pytest
from tests.reference.backward import judge, soil
from tests.reference.samples import FAMILIES, period_for
from tests.waves import liars
from tests.waves.checks import branch_failures, certificate_failures
from tests.waves.engine import ENGINE

from surfgrad.status import Status

BACKWARD = (np.array([1.0, 0.0]), np.array([3.0, 12.0 * 3**0.5]), np.array([1.0, 12.0]), np.array([1.95, 2.6]))
"""A soft layer on rock 12 times faster, vp/vs 3: mode 1 has backward waves (km and km/s; scale as you like)."""
LID = (
    np.array([0.148, 0.168, 0.608, 0.182, 0.0]),
    np.array([24.67, 2.114, 8.007, 13.02, 44.0]),
    np.array([2.374, 1.003, 1.0, 1.001, 2.513]),
    np.array([2.988, 2.992, 1.0, 1.001, 3.0]),
)
"""A stiff lid over saturated soil: the fundamental itself has backward waves, at a contrast of 2.5 only."""

NEXT_FOLDS = (
    np.array([0.0085282030137833, 0.013865316152918254, 0.007454234969477439, 0.0]),
    np.array([0.217016577772136, 0.718757323657691, 1.2351455983090613, 3.894703282642588]),
    np.array([0.12989742630039602, 0.30190432728949207, 0.5865265887657763, 1.6711051703035564]),
    np.array([1.6900191670783278, 2.0265267030373364, 1.7570867816179314, 2.271528994040681]),
)
"""Soil on rock: at `LONE` mode 2 has one root, but mode 3 falls to a count that looks like another from above."""
LONE = np.array([0.10437399581411944, 0.10437685229027975])


def sample(models: int, seed: int):
    rng = np.random.default_rng(seed)
    for _ in range(models):
        for family in FAMILIES.values():
            model = family(rng)
            yield model, np.array([period_for(rng, model) for _ in range(3)])


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_statuses_are_where_the_count_puts_them(wave):
    failures = []
    for model, periods in sample(6, seed=3):
        for mode in range(4):
            failures += branch_failures(ENGINE, model, periods, wave, mode)
            failures += certificate_failures(ENGINE, model, periods, wave, mode)
    assert not failures


@pytest.mark.slow
@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_statuses_are_where_the_count_puts_them_on_many_models(wave):
    failures = []
    for model, periods in sample(600, seed=4):
        for mode in range(4):
            failures += branch_failures(ENGINE, model, periods, wave, mode, points=600)
            failures += certificate_failures(ENGINE, model, periods, wave, mode)
    assert not failures


@pytest.mark.parametrize(
    ("model", "mode", "periods"), [(BACKWARD, 1, (1.53, 1.61)), (LID, 0, (2.848, 2.862))], ids=["layer", "lid"]
)
def test_backward_waves_are_multiple_and_the_slowest_root_is_given(model, mode, periods):
    band = np.linspace(*periods, 200)
    record = ENGINE.dispersion(*model, band, wave="rayleigh", mode=mode)
    assert (record.status == Status.MULTIPLE).any()
    assert (record.status == Status.OK).any()
    assert not branch_failures(ENGINE, model, band[::4], "rayleigh", mode)
    assert branch_failures(liars.with_status(Status.OK), model, band[::4], "rayleigh", mode)


def test_a_fold_of_the_next_mode_makes_no_second_root():
    record = ENGINE.dispersion(*NEXT_FOLDS, LONE, wave="rayleigh", mode=2)
    assert (record.status == Status.OK).all()
    assert not branch_failures(ENGINE, NEXT_FOLDS, LONE, "rayleigh", 2, points=600)
    assert len(branch_failures(liars.with_status(Status.MULTIPLE), NEXT_FOLDS, LONE, "rayleigh", 2, points=600)) == 2
    for period in LONE:
        # One period by one: the search then begins from nothing.
        assert ENGINE.dispersion(*NEXT_FOLDS, [period], wave="rayleigh", mode=2).status[0] == Status.OK


def backward_failures(models: int, seed: int) -> tuple[int, list[str]]:
    """How many backward bands random soils had, and what went wrong in and around them, folds included."""
    rng = np.random.default_rng(seed)
    bands, failures = 0, []
    for _ in range(models):
        model = soil(rng)
        for mode, (width, _, _, period) in enumerate(judge(model)):
            if width > 1e-6:
                bands += 1
                inside = np.array([-0.05, 1e-3, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1.05])
                periods = period * (1 + width * inside)
                failures += branch_failures(ENGINE, model, periods, "rayleigh", mode, points=500)
                failures += certificate_failures(ENGINE, model, periods, "rayleigh", mode)
    return bands, failures


def test_backward_waves_of_random_soils():
    bands, failures = backward_failures(60, seed=6)
    assert bands > 5
    assert not failures


@pytest.mark.slow
def test_backward_waves_of_many_random_soils():
    bands, failures = backward_failures(1500, seed=7)
    assert bands > 150
    assert not failures


def test_cut_off_is_found_to_the_last_digits():
    # Love mode m of one layer is cut off where w h sqrt(1/vs1^2 - 1/vs2^2) = m pi.
    model = ([1.0, 0.0], [2.0, 4.0], [1.0, 2.0], [2.0, 2.5])
    for mode in (1, 2, 3):
        cut_off = 2 * np.sqrt(1 - 0.25) / mode
        periods = cut_off * (1 + np.array([-1e-3, -1e-6, -1e-9, 1e-9, 1e-6, 1e-3]))
        record = ENGINE.dispersion(*model, periods, wave="love", mode=mode)
        assert np.isfinite(record.velocity).tolist() == [True] * 3 + [False] * 3
        assert np.all(record.velocity[:3] <= 2.0)
        assert np.all(record.status[3:] == Status.NO_MODE)


def test_liars_are_rejected():
    model = next(iter(sample(1, seed=3)))[0]
    periods = np.array([4.0, 5.0])
    truth = ENGINE.dispersion(*model, periods, wave="love", mode=0)
    assert np.isfinite(truth.velocity).all()
    for liar in (liars.next_mode(), liars.with_status(Status.NO_MODE), liars.with_status(Status.MULTIPLE)):
        assert branch_failures(liar, model, periods, "love", 0)
    assert certificate_failures(liars.shifted(1e-5), model, periods, "love", 0)
    assert certificate_failures(liars.shifted(-1e-5), model, periods, "love", 0)
    assert certificate_failures(liars.next_mode(), model, periods, "love", 0)
    assert certificate_failures(liars.with_status(Status.CLOSE_MODES), model, periods, "love", 0)
