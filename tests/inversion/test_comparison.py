"""How many layers the data ask for: the evidence finds the number that made them; what forgets the prior does not."""

import numpy as np
import pytest
from tests.inversion.gaussian import linear_gaussian

import surfgrad as sg
from surfgrad.curves import ObservedCurves
from surfgrad.earth.brocher import density_from_vp
from surfgrad.earth.priors import PRIORS
from surfgrad.errors import UsageError
from surfgrad.inversion.comparison import best_of, compare_models
from surfgrad.inversion.earth.no_density import WHY
from surfgrad.inversion.earth.ties import HeldRatio
from surfgrad.inversion.evidence import evidence
from surfgrad.inversion.models import Options, models_of, prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.optima import distinct_optima
from surfgrad.inversion.optimum import find_optimum
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.reach import reach_of

PERIODS, SIGMA, RATIO = np.geomspace(3.0, 60.0, 20), 0.01, 1.73
TRUTHS = {2: ([8.0, 25.0], [2.6, 3.5, 4.5]), 3: ([3.0, 12.0, 20.0], [1.9, 3.0, 3.9, 4.7])}
MODELS = models_of("layers:1:5")


def posteriors(layers, seed):
    """Of each number of layers, for noisy exact data of `layers` of them."""
    thickness, vs = TRUTHS[layers]
    vs = np.array(vs)
    model = ([*thickness, 0.0], RATIO * vs, vs, density_from_vp(RATIO * vs))
    exact = np.concatenate([sg.phase_velocity(*model, PERIODS, wave=wave) for wave in ("rayleigh", "love")])
    noisy = exact + SIGMA * np.random.default_rng(seed).standard_normal(exact.size)
    wave = np.repeat(["rayleigh", "love"], PERIODS.size)
    observed = observations(ObservedCurves(wave, "phase", 0, np.tile(PERIODS, 2), noisy, SIGMA))
    reach, options = reach_of(observed), Options(vp=HeldRatio(RATIO))
    return lambda name: Posterior(observed, ExactPhysics(observed), prior_of(name, reach, options), noise_of(observed))


def without_the_volume(name, posterior_of):
    """A liar's evidence: the density at the optimum, whatever of the prior the data rule out."""
    found = find_optimum(posterior_of(name), starts=8)
    return found.log_density


@pytest.mark.parametrize(("layers", "seed"), [(2, 0), (2, 1), (3, 0), (3, 1)])
def test_the_number_of_layers_that_made_the_data_is_found(layers, seed):
    posterior_of = posteriors(layers, seed)
    compared = compare_models(MODELS, posterior_of, starts=8)
    assert best_of(compared) == f"layers:{layers}"
    assert sum(each.probability for each in compared) == pytest.approx(1.0)
    assert max(MODELS, key=lambda name: without_the_volume(name, posterior_of)) != f"layers:{layers}"
    assert min(compared, key=lambda each: each.chi_square_per_datum).model != f"layers:{layers}"


def test_particles_give_the_evidence_of_a_linear_problem():
    """Closed form: d ~ N(0, G G' + sigma^2), up to the constant of the data."""
    target = linear_gaussian()
    slope = target.matrix / target.sigma
    data = target.data / target.sigma
    whole = slope @ slope.T + np.eye(data.size)
    closed = -0.5 * data @ np.linalg.solve(whole, data) - 0.5 * np.linalg.slogdet(whole)[1]
    found = evidence(target, particles=1024, seed=1)
    assert abs(found.log_evidence - closed) < 0.25
    assert found.error < 0.25
    highest = target.log_density(target.mean[None])[0][0]
    assert abs(highest - closed) > 2.0, "the density at the optimum is no evidence"


def test_two_separate_optima_both_count():
    """Equal peaks at -3 and 3 of a likelihood over N(0, 1), each sd 0.1: twice one peak's evidence, by quadrature."""

    class TwoPeaks:
        names = ("x",)

        def log_density(self, x):
            apart = np.stack([x[:, 0] + 3.0, x[:, 0] - 3.0]) / 0.1
            peaks = -0.5 * apart**2
            value = np.logaddexp(*peaks)
            slope = (np.exp(peaks - value) * -apart / 0.1).sum(axis=0)
            return value - 0.5 * x[:, 0] ** 2, (slope - x[:, 0])[:, None]

    grid = np.linspace(-5.0, 5.0, 20001)[:, None]
    exact = np.log(np.exp(TwoPeaks().log_density(grid)[0]).sum() * (grid[1, 0] - grid[0, 0]) / np.sqrt(2.0 * np.pi))
    found = evidence(TwoPeaks(), particles=2048)
    assert abs(found.log_evidence - exact) < 0.3
    assert abs(found.log_evidence - (exact - np.log(2.0))) > 0.3, "one of them alone is not enough"


@pytest.mark.slow
def test_laplace_and_particles_agree_on_layers():
    posterior_of = posteriors(2, 0)
    (compared,) = compare_models(["layers:2"], posterior_of, starts=8, particles=256)
    assert abs(compared.log_evidence - compared.laplace) < 4.0 * max(compared.error, 0.2)
    optima = distinct_optima(find_optimum(posterior_of("layers:2"), starts=8))
    assert abs(compared.log_evidence - optima.log_density.max()) > 10.0


def test_what_no_model_can_give_is_said():
    class Nowhere:
        names = ("x",)

        def log_density(self, x):
            return np.full(len(x), -np.inf), np.zeros_like(x)

    assert evidence(Nowhere(), particles=32).log_evidence == -np.inf
    with pytest.raises(UsageError, match="particles: 3 given; 16 and more"):
        evidence(Nowhere(), particles=3)


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("layers:2:4", ("layers:2", "layers:3", "layers:4")),
        ("layers:3, spline:8,grid", ("layers:3", "spline:8", "grid")),
        ("layers:5", ("layers:5",)),
    ],
)
def test_several_models_in_a_word(text, models):
    assert models_of(text) == models


WRONG = ["layers:4:2", "layers:2:3:4", "layers:1:200", "layers:3,layers:3", "grid:1:2", ",", "layers:0:3"]


@pytest.mark.parametrize("text", WRONG)
def test_words_that_are_no_models_get_one_line(text):
    with pytest.raises(UsageError, match=r"model: .* given"):
        models_of(text)


@pytest.mark.parametrize("name", [*PRIORS, "mixture:weak=0.5,decorrelated=0.5"])
def test_priors_without_a_density_say_why(name):
    with pytest.raises(UsageError, match=r"it has no density \(.+\); layers:8, spline:12 and grid are allowed"):
        models_of(f"prior:{name}")


def test_a_prior_that_is_none_is_named():
    assert set(WHY) == set(PRIORS), "each says why"
    with pytest.raises(UsageError, match="prior: 'wek' given; tectonic"):
        models_of("prior:wek")
