"""Calibration finds the right posterior calibrated, and every wrong one not; logs resume."""

import json

import numpy as np
import pytest
from scipy.stats import binom
from tests.inversion.gaussian import LinearGaussian, linear_gaussian

from surfgrad.errors import FormatError, UsageError
from surfgrad.inversion.calibration import (
    Ranks,
    Trial,
    binomial_interval,
    interval_ranks,
    logged,
    rank,
    simulate,
    thinned,
)
from surfgrad.inversion.uniformity import uniformity

SHAPE = linear_gaussian(size=3, count=5)
NAMES = (*SHAPE.names, "log density")


def conjugate(rng, shift=0.0, scale=1.0, sigma=SHAPE.sigma, ignores_data=False):
    """Truth from the prior, data from the truth, exact draws from the closed-form posterior, right or made wrong."""
    truth = rng.standard_normal(3)
    data = SHAPE.matrix @ truth + SHAPE.sigma * rng.standard_normal(5)
    believed = LinearGaussian(SHAPE.matrix, data, sigma)
    root = np.linalg.cholesky(believed.covariance)
    noise = rng.standard_normal((99, 3))
    draws = noise if ignores_data else believed.mean + (scale * noise + shift) @ root.T
    right = LinearGaussian(SHAPE.matrix, data, SHAPE.sigma)
    values = right.log_density(np.concatenate([truth[None], draws]))[0]
    return Trial(np.append(truth, values[0]), np.column_stack([draws, values[1:]]), {"largest": float(draws.max())})


def inside(ranks, level):
    low, high = binomial_interval(ranks.covered(level), len(ranks.ranks))
    return (low <= level) & (level <= high)


def test_the_right_posterior_passes():
    ranks = simulate(conjugate, NAMES, 1000, seed=0)
    verdict = uniformity(ranks)
    assert verdict.passed.all()
    assert inside(ranks, 0.68).all()
    assert inside(ranks, 0.90).all()
    assert ranks.histogram().sum(axis=1).tolist() == [1000] * 4
    up_to = np.cumsum(ranks.histogram(), axis=1) / 1000
    assert ((up_to >= verdict.band[0] - 1e-12) & (up_to <= verdict.band[1] + 1e-12)).all()


WRONG = {
    "a fifth too narrow": {"scale": 0.8},
    "a fifth too wide": {"scale": 1.25},
    "aside by a fifth of its width": {"shift": 0.2},
    "noise believed too small": {"sigma": 0.6 * SHAPE.sigma},
    "noise believed too large": {"sigma": 1.6 * SHAPE.sigma},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_wrong_posteriors_fail(wrong):
    ranks = simulate(lambda rng: conjugate(rng, **wrong), NAMES, 1000, seed=0)
    verdict = uniformity(ranks)
    assert not verdict.passed[:3].all()
    up_to = np.cumsum(ranks.histogram(), axis=1) / 1000
    outside = ((up_to < verdict.band[0] - 1e-12) | (up_to > verdict.band[1] + 1e-12)).any(axis=1)
    np.testing.assert_array_equal(outside, ~verdict.passed)
    if "shift" not in wrong:  # intervals that are aside by so little still cover
        assert not inside(ranks, 0.68)[:3].all()


def test_a_posterior_that_ignores_its_data_is_seen_by_the_density_alone():
    ranks = simulate(lambda rng: conjugate(rng, ignores_data=True), NAMES, 300, seed=0)
    assert uniformity(ranks).passed.tolist() == [True, True, True, False]


def test_the_test_fails_a_right_posterior_as_rarely_as_it_says():
    ranks = np.random.default_rng(0).integers(0, 100, (200, 400))
    p = uniformity(Ranks(tuple(map(str, range(400))), 99, ranks, {})).p
    for limit in (0.02, 0.1, 0.5):
        assert binom.cdf((p <= limit).sum(), 400, limit) > 0.005
        assert binom.sf((p <= limit).sum() - 1, 400, limit) > 0.005


def test_a_log_resumes_without_repeating_a_trial(tmp_path):
    log, calls = tmp_path / "ranks.jsonl", []

    def counted(rng):
        calls.append(1)
        return conjugate(rng)

    def dies(rng):
        if len(calls) == 5:
            raise KeyboardInterrupt
        return counted(rng)

    with pytest.raises(KeyboardInterrupt):
        simulate(dies, NAMES, 12, seed=3, log=log)
    text = log.read_text()
    log.write_text(text[:-20])  # the last row was cut off as it was written
    resumed = simulate(counted, NAMES, 12, seed=3, log=log)
    assert len(calls) == 5 + 12 - 4
    whole = simulate(conjugate, NAMES, 12, seed=3)
    np.testing.assert_array_equal(resumed.ranks, whole.ranks)
    np.testing.assert_array_equal(resumed.facts["largest"], whole.facts["largest"])
    assert len(log.read_text().splitlines()) == 13
    again = simulate(dies, NAMES, 12, seed=3, log=log)  # nothing is left to do
    np.testing.assert_array_equal(again.ranks, whole.ranks)
    np.testing.assert_array_equal(logged(log).ranks, whole.ranks)
    assert (logged(log).names, logged(log).draws) == (NAMES, 99)


def test_a_log_of_something_else_is_refused(tmp_path):
    log = tmp_path / "ranks.jsonl"
    simulate(conjugate, NAMES, 2, seed=3, log=log)
    for other in ({"seed": 4}, {"draws": 50}, {"names": ("a", "b", "c", "d")}):
        with pytest.raises(FormatError, match=r"ranks\.jsonl: made with"):
            simulate(conjugate, count=2, log=log, **{"names": NAMES, "seed": 3, **other})
    header = log.read_text().splitlines()[0]
    for text in ("[1, 2]\n[3]\n", "word\n", json.dumps({"names": 1}) + "\n{}\n", header + '\n{"trial": 0}\n'):
        log.write_text(text)
        with pytest.raises(FormatError, match=r"ranks\.jsonl: no log"):
            logged(log)
        with pytest.raises(FormatError, match=r"ranks\.jsonl"):
            simulate(conjugate, NAMES, 1, seed=3, log=log)


def test_a_log_cut_off_in_its_first_line_begins_anew(tmp_path):
    log = tmp_path / "ranks.jsonl"
    log.write_text('{"names": ["x0", "x')
    simulate(conjugate, NAMES, 2, seed=3, log=log)
    assert len(logged(log).ranks) == 2


def test_ranks_thinning_and_intervals():
    rng = np.random.default_rng(0)
    assert rank(np.array([2.5, 8.5]), np.arange(10.0).reshape(5, 2), rng).tolist() == [2, 4]
    ties = [int(rank(np.zeros(1), np.zeros((3, 1)), rng)[0]) for _ in range(400)]
    assert np.bincount(ties).min() > 60  # each of 0, 1, 2, 3 about a hundred times
    assert thinned(np.arange(10.0)[:, None], 5)[:, 0].tolist() == [1, 3, 5, 7, 9]
    assert interval_ranks(0.68, 99) == (16, 83)
    assert interval_ranks(0.90, 99) == (5, 94)
    with pytest.raises(UsageError, match="level"):
        interval_ranks(0.683, 99)
    with pytest.raises(UsageError, match="at least 5"):
        thinned(np.zeros((4, 1)), 5)


def test_the_binomial_interval_holds_what_it_says():
    share, count = 0.9, 200
    hits = np.arange(count + 1)
    low, high = binomial_interval(hits, count)
    held = binom.pmf(hits, count, share)[(low <= share) & (share <= high)].sum()
    assert 0.99 <= held < 0.999
    assert (low[0], high[-1]) == (0.0, 1.0)


def test_a_trial_of_other_quantities_is_refused():
    with pytest.raises(ValueError, match="trial: 2 names"):
        simulate(conjugate, ("a", "b"), 1, seed=0)
