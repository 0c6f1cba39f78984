"""Delayed acceptance keeps the exact distribution, whatever the cheap one is; wrong second stages do not."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.stats import kstest, logistic, norm
from tests.inversion.gaussian import Moved, linear_gaussian

from surfgrad.errors import UsageError
from surfgrad.inversion.delayed import _Delayed, delayed_acceptance, second_stage
from surfgrad.inversion.hamiltonian import Dynamics, place, trajectory, transition
from surfgrad.inversion.hmc import _Hmc, hmc
from surfgrad.inversion.mixing import ess_bulk, mcse_mean, mcse_sd


def metropolis(p, rng):
    """A kernel in detailed balance with p (n,): symmetric proposals, Metropolis's acceptance."""
    weights = rng.uniform(size=(p.size, p.size))
    proposal = (weights + weights.T) / weights.sum() / 2
    return completed(proposal * np.minimum(1.0, p[None, :] / p[:, None]))


def completed(moves):
    """Transition matrix whose refused moves stay where they are."""
    moves = moves - np.diag(np.diag(moves))
    return moves + np.diag(1.0 - moves.sum(axis=1))


LIARS = {
    "left out": lambda exact, cheap, x, y: np.ones_like(exact[x] + exact[y]),
    "exact ratio only": lambda exact, cheap, x, y: np.minimum(1.0, np.exp(exact[y] - exact[x])),
    "upside down": lambda exact, cheap, x, y: second_stage(exact[x], exact[y], cheap[x], cheap[y]),
    "densities exchanged": lambda exact, cheap, x, y: second_stage(cheap[y], cheap[x], exact[y], exact[x]),
}


@pytest.mark.parametrize("inner", [1, 3])
def test_the_formula_keeps_the_exact_distribution_to_the_last_digit(inner):
    rng = np.random.default_rng(0)
    exact, cheap = np.log(rng.dirichlet(np.ones(6))), np.log(rng.dirichlet(np.ones(6)))
    kernel = np.linalg.matrix_power(metropolis(np.exp(cheap), rng), inner)
    x, y = np.indices((6, 6))
    p = np.exp(exact)
    chain = completed(kernel * second_stage(exact[y], exact[x], cheap[y], cheap[x]))
    np.testing.assert_allclose(p @ chain, p, atol=1e-15)
    np.testing.assert_allclose(p[:, None] * chain, (p[:, None] * chain).T, atol=1e-15)  # detailed balance
    for name, liar in LIARS.items():
        wrong = completed(kernel * liar(exact, cheap, x, y))
        assert np.abs(p @ wrong - p).max() > 1e-3, name


def test_a_place_without_a_value_is_never_accepted():
    infinite = np.array([-np.inf])
    zero = np.zeros(1)
    assert second_stage(infinite, zero, zero, zero) == 0.0
    assert second_stage(infinite, zero, infinite, zero) == 0.0
    assert second_stage(np.array([np.nan]), zero, zero, zero) == 0.0
    assert second_stage(zero, zero, zero, zero) == 1.0


@dataclass(frozen=True)
class OneD:
    """A density of one coordinate from scipy, none below `wall`."""

    law: object
    wall: float = -np.inf
    names: tuple = ("x",)

    def log_density(self, x):
        value = self.law.logpdf(x[:, 0])
        slope = (self.law.logpdf(x[:, 0] + 1e-5) - self.law.logpdf(x[:, 0] - 1e-5)) / 2e-5
        outside = x[:, 0] < self.wall
        return np.where(outside, -np.inf, value), np.where(outside, 0.0, slope)[:, None]


LAW, WRONG = logistic(), norm(0.7, 1.4)


def after(mover, state, cheap, rng, moves=10):
    for _ in range(moves):
        state, _ = mover.move(state, Dynamics(cheap, np.eye(1), 1.2), rng)
    return state.at.x[:, 0]


@pytest.mark.parametrize("wall", [-np.inf, -0.5])
@pytest.mark.parametrize("inner", [1, 2])
def test_draws_of_the_exact_law_stay_draws_of_it(wall, inner, monkeypatch):
    exact, cheap, rng = OneD(LAW, wall), OneD(WRONG), np.random.default_rng(0)
    below = LAW.cdf(wall)
    x = LAW.ppf(below + (1 - below) * rng.uniform(size=(20000, 1)))

    def chance(values):
        return kstest(values, lambda v: np.maximum(LAW.cdf(v) - below, 0.0) / (1 - below)).pvalue

    honest = _Delayed(exact, cheap, inner)
    assert chance(after(honest, honest.begin(x), cheap, rng)) > 0.01
    without = _Hmc(cheap)  # the second stage left out
    assert chance(after(without, without.begin(x), cheap, rng)) < 1e-9
    forgetful = "surfgrad.inversion.delayed.second_stage"
    monkeypatch.setattr(forgetful, lambda there, here, *_: second_stage(there, here, 0.0, 0.0))
    assert chance(after(honest, honest.begin(x), cheap, rng)) < 1e-9


def test_trajectories_come_back_and_keep_volume():
    dynamics = Dynamics(linear_gaussian(size=2), np.array([[0.7, 0.0], [0.2, 0.5]]), 0.6)
    x, momentum = np.array([[0.3, -0.8]]), np.array([[1.1, 0.4]])
    step = np.array([[0.6]])

    def flow(state):
        there, turned = trajectory(dynamics, place(dynamics.target, state[:, :2]), state[:, 2:], step)
        return np.concatenate([there.x, turned], axis=1)

    begin = np.concatenate([x, momentum], axis=1)
    there = flow(begin)
    assert np.abs(there - begin).max() > 0.1
    back = flow(there * [1, 1, -1, -1])
    np.testing.assert_allclose(back * [1, 1, -1, -1], begin, atol=1e-12)
    small = 1e-5
    slopes = [(flow(begin + small * e) - flow(begin - small * e))[0] / (2 * small) for e in np.eye(4)]
    np.testing.assert_allclose(np.linalg.det(slopes), 1.0, rtol=1e-5)


@pytest.mark.parametrize("shape", ["prior", "laplace"])
def test_the_closed_form_within_monte_carlo_error(shape):
    exact = linear_gaussian()
    spread = np.sqrt(np.diag(exact.covariance))
    cheap = Moved(exact, 0.2 * spread, 1.15)
    known = {} if shape == "prior" else {"covariance": exact.covariance, "start": exact.mean}
    samples = delayed_acceptance(exact, cheap, draws=400, tune=200, chains=16, seed=1, inner=2, **known)
    assert agrees(samples, exact)
    assert not agrees(hmc(cheap, draws=400, tune=200, chains=16, seed=1, **known), exact)
    assert 0.6 < np.nanmean(samples.statistics["second_stage_acceptance"]) < 0.95
    np.testing.assert_allclose(samples.log_density[3], exact.log_density(samples.x[3])[0])


def agrees(samples, exact):
    """Means and standard deviations within four of their Monte Carlo errors."""
    assert ess_bulk(samples.x).min() > 0.25 * samples.chains * samples.draws
    mean = (samples.pooled.mean(axis=0) - exact.mean) / mcse_mean(samples.x)
    spread = (samples.pooled.std(axis=0) - np.sqrt(np.diag(exact.covariance))) / mcse_sd(samples.x)
    return bool(max(np.abs(mean).max(), np.abs(spread).max()) < 4.0)


def test_a_cheap_density_that_is_the_exact_one_is_always_believed():
    exact = linear_gaussian()
    samples = delayed_acceptance(exact, exact, draws=50, tune=50, chains=4, seed=0)
    assert np.nanmin(samples.statistics["second_stage_acceptance"]) == pytest.approx(1.0, abs=1e-9)


def test_the_same_seed_gives_the_same_draws():
    exact = linear_gaussian()
    cheap = Moved(exact, np.full(4, 0.1), 1.1)
    one, same, other = (delayed_acceptance(exact, cheap, draws=20, tune=30, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.x, same.x)
    assert (one.x != other.x).any()


def test_where_the_exact_density_has_no_value_is_not_visited():
    exact = OneD(LAW, wall=0.0)
    samples = delayed_acceptance(exact, OneD(WRONG), draws=300, tune=100, chains=8, seed=0)
    assert samples.x.min() >= 0.0
    assert np.isfinite(samples.log_density).all()


def test_steps_far_too_long_are_refused_and_counted():
    target = linear_gaussian()
    long = replace(Dynamics(target, np.eye(4), 1.0), step=1e200)
    here = place(target, np.zeros((3, 4)))
    there, chance, diverged = transition(long, here, np.random.default_rng(0))
    assert (chance == 0).all()
    assert diverged.all()
    np.testing.assert_array_equal(there.x, here.x)


def test_progress_ends_with_all_draws():
    told = []
    hmc(linear_gaussian(), draws=7, tune=5, seed=0, progress=lambda done, total: told.append((done, total)))
    assert told == [(i + 1, 12) for i in range(12)]


def test_bad_arguments_are_named():
    exact = linear_gaussian()
    with pytest.raises(UsageError, match="cheap: its coordinates"):
        delayed_acceptance(exact, OneD(LAW), seed=0)
    for name in ("draws", "chains", "inner"):
        with pytest.raises(UsageError, match=f"{name}: 0 given"):
            delayed_acceptance(exact, exact, seed=0, **{name: 0})
    with pytest.raises(UsageError, match="covariance: shape"):
        hmc(exact, seed=0, covariance=np.eye(3))
    with pytest.raises(UsageError, match="positive definite"):
        hmc(exact, seed=0, covariance=-np.eye(4))
    with pytest.raises(UsageError, match="start: shape"):
        hmc(exact, seed=0, start=np.zeros(3))
    with pytest.raises(UsageError, match="no value at 100 draws"):
        hmc(OneD(LAW, wall=np.inf), seed=0)
    with pytest.raises(UsageError, match="start of chain 1"):
        hmc(OneD(LAW, wall=0.0), seed=0, chains=2, start=np.array([[1.0], [-1.0]]))


def test_a_flat_likelihood_returns_the_prior():
    flat = linear_gaussian(sigma=1e6)
    cheap = Moved(flat, np.full(4, 0.3), 1.3)
    for samples in (hmc(flat, draws=400, tune=60, seed=1), delayed_acceptance(flat, cheap, draws=400, tune=60, seed=1)):
        thinned = samples.x[:, ::8].reshape(-1, 4)
        assert min(kstest(column, "norm").pvalue for column in thinned.T) > 0.01
