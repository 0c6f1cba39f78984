import numpy as np
import pytest

from surfgrad.audit.bands import BANDS, band_index, representative_periods


def test_every_period_of_the_study_is_in_exactly_one_band():
    periods = np.arange(2.0, 61.0)
    inside = np.array([band.contains(periods) for band in BANDS])
    assert (inside.sum(axis=0) == 1).all()


@pytest.mark.parametrize(
    ("period", "band"), [(2.0, 0), (4.999, 0), (5.0, 1), (45.0, 5), (60.0, 5), (60.1, -1), (1.0, -1)]
)
def test_the_upper_end_belongs_to_the_next_band_but_for_the_last(period, band):
    assert band_index(np.array([period]))[0] == band


def test_one_representative_period_for_each_band_that_has_any():
    periods = np.array([50.0, 3.0, 2.0, 12.0])
    assert periods[representative_periods(periods)].tolist() == [3.0, 12.0, 50.0]
