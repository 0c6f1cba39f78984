"""Layered models through the exact engine: samplers agree with one another, and what they say is calibrated."""

from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest
from benchmarks.small_inversion import prior, simulated

from surfgrad.inversion.calibration import simulate, trial_of
from surfgrad.inversion.delayed import delayed_acceptance
from surfgrad.inversion.hmc import hmc
from surfgrad.inversion.mixing import ess_bulk, mcse_mean, mcse_sd
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.nuts import nuts
from surfgrad.inversion.optimum import find_optimum
from surfgrad.inversion.uniformity import uniformity


def problem_and_optimum(seed):
    problem = simulated(np.random.default_rng(seed))
    optimum = find_optimum(problem.exact, starts=4, seed=seed)
    return problem, {"start": optimum.x, "covariance": optimum.covariance, "seed": seed}


def errors(one, other):
    """Largest difference of means and of standard deviations, in Monte Carlo errors of both."""
    mean = (one.pooled.mean(axis=0) - other.pooled.mean(axis=0)) / np.hypot(mcse_mean(one.x), mcse_mean(other.x))
    spread = (one.pooled.std(axis=0) - other.pooled.std(axis=0)) / np.hypot(mcse_sd(one.x), mcse_sd(other.x))
    return max(np.abs(mean).max(), np.abs(spread).max())


def too_sure(posterior):
    """The same data with a quarter less noise than they have: a cheap density that is wrong on purpose."""
    curves = posterior.observed.curves
    observed = replace(posterior.observed, sigma=0.75 * posterior.observed.sigma)
    assert len(curves) == len(observed)
    return replace(posterior, observed=observed, noise=noise_of(observed))


def test_delayed_acceptance_gives_what_the_exact_density_does():
    problem, known = problem_and_optimum(0)
    wrong = too_sure(problem.exact)
    reference = hmc(problem.exact, draws=150, tune=50, chains=16, **known)
    delayed = delayed_acceptance(problem.exact, wrong, draws=150, tune=50, chains=16, **known)
    assert ess_bulk(delayed.x).min() > 200
    assert errors(delayed, reference) < 4.0
    assert errors(hmc(wrong, draws=150, tune=50, chains=16, **known), reference) > 4.0


@pytest.mark.slow
@pytest.mark.skipif(find_spec("nutpie") is None, reason="nutpie is not installed (extra `sampling`)")
def test_nuts_and_hmc_give_the_same():
    for seed in range(3):
        problem, known = problem_and_optimum(seed)
        one = nuts(problem.exact, draws=500, tune=150, chains=4, **known)
        other = hmc(problem.exact, draws=150, tune=50, chains=16, **known)
        assert errors(one, other) < 4.0


@pytest.mark.slow
def test_posteriors_through_the_engine_are_calibrated_and_narrowed_ones_are_not():
    names = (*prior().names, "log density")

    def trial(rng, narrow):
        seed = int(rng.integers(2**31))
        problem, known = problem_and_optimum(seed)
        samples = hmc(problem.exact, draws=30, tune=25, chains=16, **known)
        mean = samples.pooled.mean(axis=0)
        return trial_of(problem.exact, problem.truth, replace(samples, x=mean + narrow * (samples.x - mean)))

    right = simulate(lambda rng: trial(rng, 1.0), names, 150, seed=1)
    narrowed = simulate(lambda rng: trial(rng, 0.6), names, 150, seed=1)
    assert uniformity(right).passed.all()
    assert not uniformity(narrowed).passed[:-1].all()
