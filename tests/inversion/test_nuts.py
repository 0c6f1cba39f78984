"""NUTS through nutpie: closed forms, walls, errors and interrupts."""

import _thread
import signal
import threading
import time
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count

import numpy as np
import pytest
from scipy.stats import halfnorm, kstest
from tests.inversion.gaussian import Moved, linear_gaussian

from surfgrad.errors import UsageError
from surfgrad.inversion.mixing import ess_bulk, mcse_mean, mcse_sd
from surfgrad.inversion.nuts import nuts

pytestmark = pytest.mark.skipif(find_spec("nutpie") is None, reason="nutpie is not installed (extra `sampling`)")


@pytest.mark.parametrize("shape", ["prior", "laplace"])
def test_the_closed_form_within_monte_carlo_error(shape):
    exact = linear_gaussian()
    known = {} if shape == "prior" else {"covariance": exact.covariance, "start": exact.mean}
    samples = nuts(exact, draws=1000, tune=300, chains=4, seed=2, **known)
    assert distance(samples, exact) < 4.0
    narrow = nuts(Moved(exact, 0.0, 0.85), draws=1000, tune=300, chains=4, seed=2, **known)
    assert distance(narrow, exact) > 4.0
    assert ess_bulk(samples.x).min() > 1000
    np.testing.assert_allclose(samples.log_density[3], exact.log_density(samples.x[3])[0])
    assert samples.divergences == 0
    assert samples.statistics["n_steps"].shape == (4, 1000)


def distance(samples, exact):
    """Of means and standard deviations from the closed form, in their Monte Carlo errors; the largest."""
    mean = (samples.pooled.mean(axis=0) - exact.mean) / mcse_mean(samples.x)
    spread = (samples.pooled.std(axis=0) - np.sqrt(np.diag(exact.covariance))) / mcse_sd(samples.x)
    return max(np.abs(mean).max(), np.abs(spread).max())


@dataclass(frozen=True)
class Prior:
    """No data: N(0, I); no value where the first coordinate is below `wall`; `each` is called beforehand."""

    names: tuple = ("a", "b", "c")
    wall: float = -np.inf
    each: object = None

    def log_density(self, x):
        if self.each is not None:
            self.each()
        outside = x[:, 0] < self.wall
        value = np.where(outside, -np.inf, -0.5 * (x**2).sum(axis=1))
        return value, np.where(outside[:, None], 0.0, -x)


def test_a_flat_likelihood_returns_the_prior():
    samples = nuts(Prior(), draws=2000, tune=300, chains=2, seed=0)
    thinned = samples.x[:, ::4].reshape(-1, 3)
    assert min(kstest(column, "norm").pvalue for column in thinned.T) > 0.01


def test_a_place_without_a_value_is_a_divergence_and_no_draw():
    samples = nuts(Prior(wall=0.0), draws=2000, tune=300, chains=4, seed=0, start=np.array([[1.0, 0, 0]] * 4))
    assert samples.divergences > 0
    assert samples.x[..., 0].min() >= 0.0
    assert kstest(samples.x[:, ::10, 0].ravel(), halfnorm.cdf).pvalue > 0.01


def test_the_same_seed_gives_the_same_draws_whatever_the_threads():
    exact = linear_gaussian()
    one, same, other = (
        nuts(exact, draws=30, tune=40, chains=3, seed=seed, threads=threads)
        for seed, threads in ((5, 1), (5, 3), (6, 3))
    )
    np.testing.assert_array_equal(one.x, same.x)
    assert (one.x != other.x).any()
    assert (one.x[0] != one.x[1]).any()


def test_what_the_target_raises_reaches_the_caller():
    calls = []

    def fail():
        calls.append(1)
        if len(calls) > 200:
            raise ZeroDivisionError("of the forward")

    with pytest.raises(ZeroDivisionError, match="of the forward"):
        nuts(Prior(each=fail), seed=0)


@pytest.fixture
def ctrl_c():
    """Python's own answer to Ctrl-C, which a run in a shell's background does not have: SIGINT is ignored there."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_an_interrupt_stops_all_chains():
    calls = []
    number = count(1)  # of each call its own: two threads may add to `calls` before either looks at its length

    def interrupted():
        calls.append(1)
        time.sleep(0.001)
        if next(number) == 200:
            _thread.interrupt_main()  # as Ctrl-C does

    with pytest.raises(KeyboardInterrupt):
        nuts(Prior(each=interrupted), draws=10**6, seed=0)
    seen = len(calls)
    time.sleep(0.1)
    assert len(calls) == seen >= 200


def test_a_chain_begins_when_any_other_has_ended():
    threads, third, met = [], threading.Event(), []

    def slow_is_the_first():
        own = threading.get_ident()
        if own not in threads:
            threads.append(own)
        if [own] == threads[1:2] and not met:
            met.append(third.wait(120))  # what comes after a chain's end is slow on a busy machine
        elif len(threads) > 3:  # the caller's, which looks for starts, and three chains'
            third.set()

    nuts(Prior(each=slow_is_the_first), draws=20, tune=20, chains=3, threads=2, seed=0)
    assert met[0]


def test_progress_ends_with_all_draws():
    told = []
    nuts(Prior(), draws=50, tune=50, chains=2, seed=0, progress=lambda *each: told.append(each))
    assert told[-1] == (200, 200)


def test_bad_arguments_are_named():
    with pytest.raises(UsageError, match="draws: 0 given"):
        nuts(Prior(), draws=0, seed=0)
    with pytest.raises(UsageError, match="tune: 1 given; allowed is 10 or more"):
        nuts(Prior(), tune=1, seed=0)
    with pytest.raises(UsageError, match="no value at 100 draws"):
        nuts(Prior(wall=np.inf), seed=0)


def test_starts_where_a_derivative_is_zero_and_the_least_tuning():
    for tune in (10, 30):
        samples = nuts(Prior(), draws=20, tune=tune, chains=2, seed=0, start=np.zeros((2, 3)))
        assert np.isfinite(samples.x).all()
        assert samples.x.shape == (2, 20, 3)
