import numpy as np
import pytest

from surfgrad.audit.bands import BANDS, band_index, bands_between, bands_of, representative_periods
from surfgrad.errors import UsageError


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


def test_bands_follow_the_periods():
    assert bands_of(np.arange(2.0, 61.0)) == BANDS
    assert bands_of(np.array([7.0])) == BANDS
    soil = bands_of(np.geomspace(0.02, 0.6, 30))
    assert [band.name for band in soil] == ["0.02-0.05", "0.05-0.1", "0.1-0.2", "0.2-0.5", "0.5-1"]
    assert [band.name for band in bands_of(np.array([0.03]))] == ["0.02-0.05"]
    assert [band.name for band in bands_of(np.array([100.0]))] == ["100-200"]
    assert [band.name for band in bands_of(np.array([1.0]))] == ["1-2"]


@pytest.mark.parametrize("ends", [(1e-3, 0.1), (0.01, 1.0), (1.0, 60.0), (2.0, 61.0), (3.3, 470.0), (60.1, 60.1)])
def test_every_period_is_in_one_of_the_bands_that_follow(ends):
    periods = np.geomspace(*ends, 40)
    bands = bands_of(periods)
    assert (np.array([band.contains(periods) for band in bands]).sum(axis=0) == 1).all()
    assert bands[0].contains(periods).any()
    assert bands[-1].contains(periods).any()


@pytest.mark.parametrize(
    "edges", [(), (2.0,), (5.0, 2.0), (2.0, 2.0), (0.0, 1.0), (1.0, float("inf")), (1.0, float("nan"))]
)
def test_edges_that_are_no_bands_are_refused(edges):
    with pytest.raises(UsageError, match=r"^bands: "):
        bands_between(edges)
