"""Mixtures: weights, names that spell them, samples of the parts, and what is refused."""

import json

import numpy as np
import pytest

from surfgrad.earth.brocher import density_from_vp, vp_from_vs
from surfgrad.earth.priors import Mixture, Prior, draw, get_prior
from surfgrad.errors import UsageError

NAME = "mixture:tectonic=0.25,weak=0.75"


def test_parts_are_drawn_as_often_as_the_weights_say():
    def tied(model):
        _, vp, vs, rho = model
        return np.allclose(vp[:8], vp_from_vs(vs[:8])) and np.allclose(rho[:8], density_from_vp(vp[:8]))

    count = 2000
    share = np.mean([tied(draw(NAME, 2, i)) for i in range(count)])  # the weak prior is never tied
    assert share == pytest.approx(0.25, abs=5 * (0.25 * 0.75 / count) ** 0.5)


def test_spelling_does_not_matter_to_name_and_samples():
    for spelling in ("mixture:weak=3,tectonic=1", "mixture: weak = 0.75 , tectonic = 0.25"):
        other = get_prior(spelling)
        assert other.name == NAME
        np.testing.assert_array_equal(draw(other, 1, 3), draw(NAME, 1, 3))
    assert get_prior("mixture:weak,tectonic").name == "mixture:tectonic=0.5,weak=0.5"


@pytest.mark.parametrize("spelling", ["mixture:weak=1,tectonic=2", "mixture:weak=1,tectonic=1,decorrelated=1"])
def test_a_name_spells_its_own_mixture(spelling):
    mixture = get_prior(spelling)
    again = get_prior(mixture.name)
    assert again.name == mixture.name
    assert again.weights == mixture.weights
    assert sum(mixture.weights) == pytest.approx(1.0, abs=1e-11)


def test_other_weights_draw_other_samples():
    assert not np.array_equal(draw(NAME, 1, 3)[2], draw("mixture:tectonic=0.26,weak=0.74", 1, 3)[2])


def test_it_is_a_prior_with_the_cards_of_its_parts():
    mixture = get_prior("mixture:weak=0.5,decorrelated=0.5")
    assert isinstance(mixture, Prior)
    card = json.loads(json.dumps(mixture.card()))
    assert [part["name"] for part in card["parts"]] == ["decorrelated", "weak"]
    assert card["bounds"]["weights"] == {"decorrelated": 0.5, "weak": 0.5}
    assert mixture.periods == (2.0, 60.0)
    assert mixture.interfaces == get_prior("decorrelated").interfaces
    assert get_prior("mixture:weak").interfaces is None


def test_version_rises_with_a_part_s():
    class Newer(type(get_prior("weak"))):
        version = 7

    old, weak = get_prior(NAME), get_prior("weak")
    assert old.version == 1
    new = Mixture({"tectonic": (get_prior("tectonic"), 0.25), "weak": (Newer(), 0.75)})
    assert new.version == old.version + 7 - weak.version
    assert not np.array_equal(draw(new, 1, 3)[2], draw(old, 1, 3)[2])


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("mixture:", "''"),
        ("mixture:flat=1", "'flat'"),
        ("mixture:weak=x", "'x'"),
        ("mixture:weak=0,tectonic=1", "above 0"),
        ("mixture:weak=-1,tectonic=2", "above 0"),
        ("mixture:weak=nan", "above 0"),
        ("mixture:weak=inf,tectonic=1", "above 0"),
        ("mixture:weak=1,weak=2", "twice"),
        ("mixture:weak=1,near_surface=1", "near_surface"),
        ("mixture:mixture:weak=1", "'mixture:weak'"),
    ],
)
def test_what_is_no_mixture_is_refused(name, word):
    with pytest.raises(UsageError, match=word) as caught:
        get_prior(name)
    assert str(caught.value).startswith("prior: ")
    assert "\n" not in str(caught.value)
