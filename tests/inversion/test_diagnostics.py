"""Summaries are given of what has converged, and refused with the numbers where it has not."""

from dataclasses import replace

import numpy as np
import pytest

from surfgrad.errors import UsageError
from surfgrad.inversion.diagnostics import QUANTILES, NotConvergedError, converged, summarise
from surfgrad.inversion.samples import SampleSet


def independent(chains=4, draws=500, seed=0):
    x = np.random.default_rng(seed).standard_normal((chains, draws, 2)) * [1.0, 3.0]
    statistics = {"diverging": np.zeros((chains, draws), dtype=bool)}
    return SampleSet(("a", "b"), x, -0.5 * (x**2).sum(axis=-1), "nuts", seed, 0.0, statistics)


def test_independent_draws_have_converged_and_are_summarised():
    samples = independent()
    verdict = converged(samples)
    assert verdict.passed
    assert verdict.names == ("a", "b", "log density")
    assert verdict.r_hat.max() < 1.01
    summary = summarise(samples)
    np.testing.assert_allclose(summary.sd, [1.0, 3.0], rtol=0.05)
    assert (np.abs(summary.mean) < 4 * summary.mcse).all()
    np.testing.assert_allclose(summary.mcse, summary.sd / np.sqrt(2000), rtol=0.15)
    np.testing.assert_array_equal(summary.quantiles, np.quantile(samples.pooled, QUANTILES, axis=0))
    assert summary.convergence.passed


def apart(samples):
    x = samples.x.copy()
    x[0, :, 1] += 3.0
    return replace(samples, x=x)


def stuck(samples):
    x = samples.x.copy()
    x[..., 0] = 1.5
    return replace(samples, x=x)


def no_number(samples):
    x = samples.x.copy()
    x[2, 7, 1] = np.nan
    return replace(samples, x=x)


def slow(samples):
    return replace(samples, x=np.repeat(samples.x[:, ::10], 10, axis=1))


def divergent(samples):
    return replace(samples, statistics={"diverging": np.arange(2000).reshape(4, 500) < 21})


def another_height(samples):
    """Two modes, alike in every coordinate, of which each chain knows one: seen by the density alone."""
    return replace(samples, log_density=samples.log_density + 5.0 * np.arange(4)[:, None])


def few(samples):
    return replace(samples, x=samples.x[:, :10], log_density=samples.log_density[:, :10], statistics={})


BAD = {
    apart: "R-hat of b is 1.",
    stuck: "R-hat of a does not exist",
    no_number: "R-hat of b does not exist",
    slow: "bulk ESS of",
    divergent: "21 of 2000 draws diverged",
    another_height: "R-hat of log density",
    few: "10 draws in a chain",
}


@pytest.mark.parametrize("damage", BAD, ids=lambda damage: damage.__name__)
def test_what_has_not_converged_is_refused_with_the_numbers(damage):
    samples = damage(independent())
    with pytest.raises(NotConvergedError, match="not converged:") as refused:
        summarise(samples)
    assert BAD[damage] in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not refused.value.evidence.passed
    allowed = summarise(samples, unconverged="allow")
    assert not allowed.convergence.passed
    assert allowed.mean.shape == (2,)


def test_limits_are_the_callers():
    samples = slow(independent())
    assert not converged(samples).passed
    assert converged(samples, rhat=1.2, ess=100).passed
    with pytest.raises(UsageError, match="unconverged"):
        summarise(samples, unconverged="maybe")


def test_one_chain_says_so():
    samples = independent(chains=1, draws=2000)
    verdict = converged(samples)
    assert verdict.passed
    assert verdict.sentences[-1].startswith("One chain only")
