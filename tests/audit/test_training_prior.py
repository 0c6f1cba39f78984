"""What a surrogate learned from, however it is said; and the grid that it holds on."""

import numpy as np
import pytest

from surfgrad.audit.training_prior import find_prior, prior_by_name, prior_of_models
from surfgrad.earth.priors.base import draw_many
from surfgrad.earth.priors.subspace import prior_subspace
from surfgrad.errors import UsageError

from .small_prior import SmallPrior

MODELS = draw_many(SmallPrior(), 1, 50)


def card(name):
    return {"data": {"card": {"prior": {"name": name, "version": 1}}}}


def test_models_and_draws_of_their_prior_say_the_same():
    given, why = find_prior(MODELS, None)
    by_draws = prior_subspace(SmallPrior(), 50, seed=1)
    np.testing.assert_array_equal(given.subspace.directions, by_draws.directions)
    assert (given.name, why) == ("given models", "Given models.")


def test_the_card_names_it_or_does_not():
    found, why = find_prior("auto", card("weak"))
    assert found is prior_by_name("weak")
    assert why == "weak, as the surrogate's card says."
    for missing, words in ((None, "names no training prior"), ({}, "names no"), (card("mine"), "'mine', which is not")):
        found, why = find_prior("auto", missing)
        assert found is None
        assert words in why


def test_what_is_asked_for_comes_before_the_card():
    assert find_prior(None, card("weak"))[0] is None
    assert find_prior("tectonic", card("weak"))[0].name == "tectonic"
    mine = prior_of_models("mine", *MODELS)
    assert find_prior(mine, card("weak"))[0] is mine


@pytest.mark.parametrize("bad", ["nonsense", 3, [1.0]])
def test_what_is_no_prior_is_named(bad):
    with pytest.raises(UsageError, match=r"prior|nonsense"):
        find_prior(bad, None)


def test_models_that_no_prior_can_be_made_of():
    thickness, vp, vs, rho = (each.copy() for each in MODELS)
    thickness[3, 4] *= 1.1
    with pytest.raises(UsageError, match="different layerings"):
        prior_of_models("uneven", thickness, vp, vs, rho)
    vs[0, 0] = 0.0
    with pytest.raises(UsageError, match="water"):
        prior_of_models("wet", MODELS[0], vp, vs, rho)
    with pytest.raises(UsageError, match="1 model given"):
        prior_of_models("one", *(each[:1] for each in MODELS))


def test_models_on_another_grid_do_not_fit():
    prior = prior_of_models("small", *MODELS)
    thickness, mask = MODELS[0][:3].copy(), np.ones((3, 24), dtype=bool)
    thickness[1, 2] += 1.0
    thickness[2, -1] = 99.0
    mask[0, 5] = False
    assert prior.fits(thickness, mask).tolist() == [False, False, True], "the half-space's thickness is ignored"
    assert not prior.fits(thickness[:, 1:], mask[:, 1:]).any()
