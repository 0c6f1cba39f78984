"""A surrogate knows where it was trained, and what it is told to do elsewhere."""

from pathlib import Path

import numpy as np
import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior
from tests.surrogates.solved import SOLVED_PERIODS

from surfgrad.earth.priors import draw
from surfgrad.errors import UsageError
from surfgrad.surrogates.checkpoint import load_surrogate
from surfgrad.surrogates.surrogate import Surrogate
from surfgrad.waves.forward import ExactForward

Models = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def drawn(prior: str, count: int) -> Models:
    models = [draw(prior, 6, index) for index in range(count)]
    thickness, vp, vs, rho = (np.array([model[row] for model in models]) for row in range(4))
    return thickness, vp, vs, rho


@pytest.fixture(scope="module")
def surrogate(scale_free: Path) -> Surrogate:
    return load_surrogate(scale_free)


def share_inside(surrogate: Surrogate, models: Models) -> float:
    return float((surrogate.score(models, SOLVED_PERIODS) <= 1).mean())


def test_models_of_the_prior_lie_inside_and_others_do_not(surrogate: Surrogate) -> None:
    # One that was trained for seconds only: it agrees with itself for four values in five.
    assert share_inside(surrogate, drawn("weak", 20)) > 0.7
    assert share_inside(surrogate, drawn("decorrelated", 20)) < 0.3


def test_a_network_that_contradicts_itself_is_outside(scale_free: Path) -> None:
    surrogate, models = load_surrogate(scale_free), drawn("weak", 5)
    before, score = surrogate.predict(models, SOLVED_PERIODS), surrogate.score(models, SOLVED_PERIODS)
    for part in surrogate.network.by_wave:  # type: ignore[union-attr]
        for layer in (part.linears[-1], part.straight):  # type: ignore[union-attr]
            for tensor in layer.parameters():
                tensor *= 1.5
    # 1.5 ln(c / v) is 0 at the same velocities, for the same inputs.
    np.testing.assert_allclose(surrogate.predict(models, SOLVED_PERIODS), before, rtol=1e-6)
    assert np.median(score) < 1
    assert (surrogate.score(models, SOLVED_PERIODS) > 2).mean() > 0.95


def test_the_score_has_no_scale(surrogate: Surrogate) -> None:
    thickness, vp, vs, rho = drawn("weak", 4)
    periods = np.array(SOLVED_PERIODS)
    scaled = surrogate.score((0.01 * thickness, 0.1 * vp, 0.1 * vs, 0.5 * rho), 0.1 * periods)
    np.testing.assert_allclose(scaled, surrogate.score((thickness, vp, vs, rho), periods), rtol=1e-6)


def test_outside_is_answered_flagged_or_asked(surrogate: Surrogate) -> None:
    inside, outside = drawn("weak", 2), drawn("decorrelated", 4)
    models = tuple(np.concatenate(pair) for pair in zip(inside, outside, strict=True))
    far = surrogate.score(models, SOLVED_PERIODS) > 1
    assert 0 < far.sum() < far.size
    answer = surrogate.predict(models, SOLVED_PERIODS)
    flagged = surrogate.predict(models, SOLVED_PERIODS, on_outside="flag")
    np.testing.assert_array_equal(np.isnan(flagged), far)
    np.testing.assert_array_equal(flagged[~far], answer[~far])
    exact = ExactForward(threads=1)
    asked = surrogate.predict(models, SOLVED_PERIODS, on_outside="exact", exact=exact)
    np.testing.assert_array_equal(asked[far], exact.predict(models, SOLVED_PERIODS)[far])
    np.testing.assert_array_equal(asked[~far], answer[~far])


def test_a_grid_network_judges_models(checkpoint: Path) -> None:
    surrogate = load_surrogate(checkpoint)
    models = [ToyPrior().sample(np.random.default_rng([5, index])) for index in range(50)]
    thickness, vp, vs, rho = (np.array([model[row] for model in models]) for row in range(4))
    score = surrogate.score((thickness, vp, vs, rho), PERIODS)
    assert score.shape == (50, 2, PERIODS.size)
    assert (score <= 1).mean() > 0.9
    vs[3] *= 1.5
    vp[3] *= 1.5
    vs[4, 0] = 0.0
    far = surrogate.score((thickness, vp, vs, rho), PERIODS)[3:5] > 1
    assert far.all()
    flagged = surrogate.predict((thickness, vp, vs, rho), PERIODS, on_outside="flag")
    assert np.isnan(flagged[3:5]).all()


def test_policies_that_cannot_be_are_refused(surrogate: Surrogate) -> None:
    models = drawn("weak", 1)
    with pytest.raises(UsageError, match="on_outside"):
        surrogate.predict(models, [10.0], on_outside="hope")
    with pytest.raises(UsageError, match="ExactForward"):
        surrogate.predict(models, [10.0], on_outside="exact")
    with pytest.raises(UsageError, match="only with it"):
        surrogate.predict(models, [10.0], exact=ExactForward())
    with pytest.raises(UsageError, match="love"):
        surrogate.predict(models, [10.0], on_outside="exact", exact=ExactForward(waves=("love",)))
