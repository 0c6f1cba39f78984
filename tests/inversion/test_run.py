"""From a posterior to files and a page: what is written is what was found, and doubt is written too."""

import json
from dataclasses import dataclass

import numpy as np
import pytest

from surfgrad.curves import ObservedCurves
from surfgrad.errors import FormatError, UsageError
from surfgrad.inversion.corrected import corrected
from surfgrad.inversion.diagnostics import Convergence
from surfgrad.inversion.hmc import hmc
from surfgrad.inversion.least_squares import Fit, FitStatus
from surfgrad.inversion.mixing import mcse_mean
from surfgrad.inversion.models import Options, prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.optima import distinct_optima
from surfgrad.inversion.optimum import Optimum
from surfgrad.inversion.physics import ExactPhysics, ForwardPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.reach import reach_of
from surfgrad.inversion.run import Inversion, Plan, chain_starts, invert
from surfgrad.inversion.store import write_inversion
from surfgrad.report.inversion.page import write_page
from surfgrad.report.inversion.profile import plot_profile
from surfgrad.report.inversion.reading import read_inversion
from surfgrad.waves.forward import ExactForward

PERIODS = np.geomspace(5.0, 50.0, 8)
CURVE = 2.6 + 0.4 * np.log(PERIODS)


def posterior(forward=None):
    observed = observations(ObservedCurves("rayleigh", "phase", 0, PERIODS, CURVE, 0.05))
    exact = ExactPhysics(observed)
    physics = exact if forward is None else ForwardPhysics(observed, forward, "biased")
    return Posterior(observed, physics, prior_of("spline:4", reach_of(observed), Options()), noise_of(observed)), exact


class Biased(ExactForward):
    """A forward that gives 0.1 km/s too much."""

    def jacobian(self, models, periods):
        kernels = super().jacobian(models, periods)
        kernels.velocity[...] += 0.1
        return kernels


def test_laplace_draws_have_its_mean_and_covariance():
    target, exact = posterior()
    done = invert(target, Plan("laplace", starts=3, draws=5000), exact=exact)
    np.testing.assert_allclose(done.samples.pooled.mean(axis=0), done.optimum.x, atol=0.05)
    np.testing.assert_allclose(np.cov(done.samples.pooled.T), done.optimum.covariance, atol=0.05)
    assert done.convergence is None


def test_a_folder_and_its_page_hold_what_was_found(tmp_path):
    target, exact = posterior()
    done = invert(target, Plan("laplace", starts=3, draws=100), exact=exact)
    summary = write_inversion(done, tmp_path, source="<b>curve</b>.csv", options={"units": "km"})
    assert json.loads((tmp_path / "summary.json").read_text()) == json.loads(json.dumps(summary))
    record = read_inversion(tmp_path)
    np.testing.assert_array_equal(record.groups["observed_data"]["value"], CURVE)
    np.testing.assert_allclose(
        record.groups["posterior_predictive"]["optimum"], target.predictions(done.optimum.x[None])[0]
    )
    np.testing.assert_array_equal(record.groups["posterior"]["x"], done.samples.x)
    page = write_page(tmp_path).read_text()
    assert "&lt;b&gt;curve" in page
    assert "<b>curve" not in page
    assert {each.name for each in (tmp_path / "figures").iterdir()} == {"profile.svg", "fit.svg", "kernels.svg"}
    (tmp_path / "posterior.nc").write_bytes(b"no")
    with pytest.raises(FormatError, match=r"posterior\.nc"):
        read_inversion(tmp_path)


def test_a_forward_that_errs_is_shown_to_err():
    target, exact = posterior(Biased(threads=1))
    done = invert(target, Plan("map", starts=3), exact=exact)
    off = done.posterior.predictions(done.optimum.x[None]) - done.exact.predictions(done.optimum.x[None])
    np.testing.assert_allclose(off, 0.1, atol=1e-9)
    careful = invert(target, Plan("laplace", starts=3, model_error=30), exact=exact)
    noise = careful.posterior.noise
    back = np.linalg.inv(noise.weights)
    np.testing.assert_allclose(back @ np.diag(noise.model) @ back.T, np.full((8, 8), 0.01), atol=1e-6)
    assert np.trace(careful.optimum.covariance) > np.trace(done.optimum.covariance)


def test_draws_that_did_not_converge_are_said_to_be_such_everywhere(tmp_path):
    target, exact = posterior()
    done = invert(target, Plan("laplace", starts=2, draws=30), exact=exact)
    size = target.size + 1
    names = (*target.names, "log density")
    bad = Convergence(False, ("R-hat is 3.",), names, np.full(size, 3.0), np.full(size, 5.0), np.full(size, 5.0), 0)
    doubtful = Inversion(done.plan, done.posterior, done.exact, done.engine, done.optimum, done.samples, bad, 1.0)
    summary = write_inversion(doubtful, tmp_path, source="c.csv", options={})
    assert summary["sampling"]["converged"] is False
    record = read_inversion(tmp_path)
    assert record.doubtful
    assert "not converged" in plot_profile(record).get_suptitle()
    assert "have not converged" in write_page(tmp_path).read_text()


def test_chains_begin_apart_and_where_there_is_a_value():
    target, exact = posterior()
    done = invert(target, Plan("map", starts=5), exact=exact)
    starts = chain_starts((target,), done.optimum, done.plan)
    assert starts.shape == (4, target.size)
    assert np.isfinite(target.log_density(starts)[0]).all()
    assert np.linalg.matrix_rank(starts - starts.mean(axis=0)) == 3


@dataclass(frozen=True, eq=False)
class CutOff(ExactPhysics):
    """The engine, as if a mode were no longer trapped where the half-space's vs is above `most_vs`."""

    most_vs: float = np.inf

    def slopes(self, models, by):
        data, slopes = super().slopes(models, by)
        data[models[2][:, -1] > self.most_vs] = np.nan
        return data, slopes


def test_beside_a_cut_off_the_surrogate_proposes_as_it_is_and_the_engine_still_decides():
    """Where there is nothing to correct by. Here the surrogate is right but knows no end: behind the wall it has
    values, the engine none. So the exact posterior is its posterior, cut."""
    target, exact = posterior(ExactForward(threads=1))
    found = invert(target, Plan("map", starts=1), exact=exact).optimum

    def half_space(samples):
        return target.models(samples.pooled)[2][:, -1]

    wall = float(target.models(found.x[None])[2][0, -1]) + 0.02
    cut = CutOff(target.observed, most_vs=wall)
    engine = Posterior(target.observed, cut, target.prior, target.noise)
    with pytest.raises(UsageError, match="the density has no value"):
        corrected(target, engine, found.x, found.covariance)
    plan = Plan("delayed", starts=1, draws=80, tune=30, chains=16)
    done = invert(target, plan, exact=cut).samples
    wide = hmc(target, draws=80, tune=30, chains=16, seed=1, start=found.x, covariance=found.covariance)
    before = half_space(wide) <= wall
    assert 0.2 < before.mean() < 0.8, "the surrogate alone must not pass for the posterior"
    assert (half_space(done) <= wall).all()
    expected, drawn = wide.pooled[before], done.pooled
    error = np.hypot(mcse_mean(done.x), mcse_mean(wide.x) / np.sqrt(before.mean()))
    assert (np.abs(drawn.mean(axis=0) - expected.mean(axis=0)) < 4.0 * error).all()
    assert (np.abs(wide.pooled.mean(axis=0) - expected.mean(axis=0)) > 4.0 * error).any()


def test_hmc_is_asked_for_like_nuts_and_gives_the_posterior():
    """Sixteen chains where nothing is said; their means and deviations are Laplace's where that is nearly right."""
    target, exact = posterior()
    done = invert(target, Plan("hmc", starts=1, draws=600, tune=60), exact=exact)
    assert done.samples.x.shape == (16, 600, target.size)
    assert done.convergence.passed, done.convergence.sentences
    deviation = np.sqrt(np.diag(done.optimum.covariance))
    assert (np.abs(done.samples.pooled.mean(axis=0) - done.optimum.x) < 0.3 * deviation).all()
    np.testing.assert_allclose(done.samples.pooled.std(axis=0), deviation, rtol=0.2)
    few = invert(target, Plan("hmc", starts=1, draws=8, tune=10, chains=2), exact=exact)
    assert few.samples.x.shape[0] == 2
    assert not few.convergence.passed


def test_optima_count_once_and_by_their_mass():
    """Two peaks in one dimension, each found twice: heights 0 and -1, widths 0.1 and 0.3, so 1 to 3 exp(-1)."""
    x, width = np.array([[0.0], [5.0], [0.001], [5.0]]), np.array([0.1, 0.3, 0.1, 0.3])
    logs, ok = np.array([0.0, -1.0, -1e-6, -1.0]), np.full(4, FitStatus.CONVERGED)
    fit = Fit(x, -logs, ok, ok, np.zeros((4, 1)), (1.0 / width)[:, None, None])
    found = Optimum(x[0], 0.0, np.eye(1), np.eye(1), fit, logs, np.full(4, True), 1.0, 5.0)
    optima = distinct_optima(found)
    np.testing.assert_array_equal(optima.x, [[0.0], [5.0]])
    np.testing.assert_allclose(optima.share[1] / optima.share[0], 3.0 * np.exp(-1.0))
    np.testing.assert_allclose(optima.log_evidence, np.log(0.1 + 0.3 * np.exp(-1.0)))


def test_the_evidence_of_a_linear_problem_is_that_of_its_closed_form():
    """d = J x + noise, x ~ N(0, I), both normal: d ~ N(0, J J' + 1)."""
    rng = np.random.default_rng(0)
    slope, data = rng.standard_normal((6, 3)), rng.standard_normal(6)
    jacobian = np.vstack([slope, np.eye(3)])
    x = np.linalg.solve(jacobian.T @ jacobian, slope.T @ data)
    cost = 0.5 * ((slope @ x - data) ** 2).sum() + 0.5 * (x**2).sum()
    ok = np.full(1, FitStatus.CONVERGED)
    fit = Fit(x[None], np.array([cost]), ok, ok, np.zeros((1, 9)), jacobian[None])
    found = Optimum(x, -cost, np.eye(3), np.eye(3), fit, np.array([-cost]), np.full(1, True), 1.0, 5.0)
    whole = slope @ slope.T + np.eye(6)
    closed = -0.5 * data @ np.linalg.solve(whole, data) - 0.5 * np.linalg.slogdet(whole)[1]
    np.testing.assert_allclose(distinct_optima(found).log_evidence, closed)


@pytest.mark.parametrize("said", [{"method": "magic"}, {"starts": 0}, {"draws": 0}, {"chains": 0}, {"seed": -1}])
def test_plans_that_are_none_are_refused(said):
    with pytest.raises(UsageError, match="given"):
        Plan(**said)
