"""Bootstrap intervals: by the definition, and as often right as they say."""

import numpy as np
import pytest

from surfgrad.audit.statistics import RESAMPLES, mean_interval, median, median_interval, quantile

ROUNDS = 200


def clustered(rng, models=25, samples=8, within=0.05):
    """(models, samples) of true median 0: one model's samples are nearly one sample."""
    return rng.standard_normal((models, 1)) + within * rng.standard_normal((models, samples))


def coverage(interval):
    held = [low <= 0.0 <= high for low, high in (interval(clustered(np.random.default_rng(k))) for k in range(ROUNDS))]
    return np.mean(held)


@pytest.mark.parametrize("interval", [median_interval, mean_interval])
def test_an_interval_holds_the_truth_about_as_often_as_it_says(interval):
    assert 0.90 <= coverage(interval) <= 0.985


def test_an_interval_that_draws_samples_in_place_of_models_does_not():
    def of_samples(samples):
        return median_interval(samples.reshape(-1, 1))

    assert coverage(of_samples) < 0.7


@pytest.mark.parametrize(("interval", "statistic"), [(median_interval, np.median), (mean_interval, np.mean)])
def test_the_definition_gives_the_same(interval, statistic):
    samples = clustered(np.random.default_rng(1), models=7, samples=4)
    samples[2, 1:] = samples[5] = np.nan
    kept = samples[[0, 1, 2, 3, 4, 6]]
    drawn = np.random.default_rng(3).integers(6, size=(RESAMPLES, 6))
    resampled = [statistic(each[np.isfinite(each)]) for each in (kept[rows] for rows in drawn)]
    np.testing.assert_allclose(interval(samples, seed=3), np.quantile(resampled, [0.025, 0.975]), rtol=1e-12)


def test_quantiles_are_numpys():
    samples = np.random.default_rng(0).standard_normal(37)
    for share in (0.0, 0.05, 0.5, 0.975, 1.0):
        assert quantile(samples, share) == pytest.approx(np.quantile(samples, share), rel=1e-14)
    assert quantile(np.array([3.0, np.nan]), 0.95) == 3.0


def test_of_nothing_there_is_nothing():
    assert np.isnan(median(np.full(3, np.nan)))
    assert np.isnan(quantile(np.zeros(0), 0.95))
    assert np.isnan(median_interval(np.array([[1.0, 2.0], [np.nan, np.nan]]))).all()
    assert np.isnan(mean_interval(np.array([[1.0, 2.0]]))).all()
