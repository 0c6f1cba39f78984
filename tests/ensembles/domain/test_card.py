"""A domain on a card: small, the same judgement after reading it back, and every damage named."""

import copy
import json

import numpy as np
import pytest

from surfgrad.earth.priors import draw_many
from surfgrad.ensembles.domain import domain_from_card, domain_to_card, fit_domain
from surfgrad.errors import FormatError

COUNT = 700


@pytest.fixture(scope="module")
def domain():
    velocity = np.full((COUNT, 2, 59), 3.5)
    velocity[:, 1, 58] = np.nan
    return fit_domain(draw_many("tectonic", 1, COUNT), velocity, np.arange(2.0, 61.0), ("rayleigh", "love"))


@pytest.fixture
def card(domain):
    return json.loads(json.dumps(domain_to_card(domain), allow_nan=False))


def test_it_is_small(domain):
    assert len(json.dumps(domain_to_card(domain))) < 200_000


@pytest.mark.parametrize("name", ["tectonic", "weak", "near_surface"])
def test_what_is_read_back_judges_the_same(domain, card, name):
    models = draw_many(name, 7, 100)
    back = domain_from_card(card)
    np.testing.assert_allclose(back.judge(models).score, domain.judge(models).score, rtol=5e-3)
    np.testing.assert_array_equal(np.isnan(back.velocity), np.isnan(domain.velocity))
    assert (back.count, back.waves) == (COUNT, domain.waves)
    assert domain_to_card(back) == domain_to_card(domain)


def put(name, value):
    return lambda card: card.__setitem__(name, value)


def shorten(card):
    card["directions"][3] = card["directions"][3][:2]


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        (put("schema", 2), "schema 2"),
        (lambda card: card.pop("limits"), "limits is missing"),
        (shorten, "directions"),
        (put("mean", [[1.0]]), "mean: shape"),
        (put("limits", [1.0, 1.0, 1.0, 0.0]), "limits"),
        (put("limits", [1.0, 1.0, 1.0, None]), "limits"),
        (put("scale", "wide"), "scale"),
        (put("waves", "love"), "waves"),
        (put("waves", ["love"]), "velocity: shape"),
        (put("count", "many"), "count"),
        (put("periods", []), "periods|velocity"),
        (lambda card: card["edges"].reverse(), "edges"),
    ],
)
def test_damage_is_named(card, damage, word):
    assert domain_from_card(copy.deepcopy(card)) is not None
    damage(card)
    with pytest.raises(FormatError, match=word) as caught:
        domain_from_card(card)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("foreign", [None, [], "card"])
def test_what_is_no_card_is_refused(foreign):
    with pytest.raises(FormatError, match="schema"):
        domain_from_card(foreign)
