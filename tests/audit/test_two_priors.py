"""Networks of two priors: scatter of known size in closed form, and a Moho that one prior has left in its networks."""

import numpy as np
import pytest

from surfgrad.audit import compare_priors
from surfgrad.audit.options import Options
from surfgrad.audit.two_priors import prior_differences
from surfgrad.errors import UsageError
from surfgrad.testing.liars import moho_locked, wrong_slope

from .ground import ENGINE, PERIODS, models
from .linear import Linear
from .toy import Toy

LAYERS, SAMPLES = 40, 3000
FEW = tuple(each[:12] for each in models())
SOME = PERIODS[::3]


def scattered(apart, seeds=(3, 3), sizes=(0.1, 0.1)):
    """Networks' kernels about two means that lie `apart` in norm; the exact one has norm 2."""
    rng = np.random.default_rng(0)
    shift = apart * np.eye(LAYERS + 1)[0]
    exact = np.zeros((SAMPLES, LAYERS + 1))
    exact[:, 1] = 2.0
    groups = {
        name: exact + at * shift + size * rng.standard_normal((count, SAMPLES, LAYERS + 1))
        for name, count, size, at in zip("ab", seeds, sizes, (0.0, 1.0), strict=True)
    }
    return prior_differences(groups, exact, exact)["a", "b"]


@pytest.mark.parametrize("seeds", [(2, 2), (3, 5)])
def test_the_distance_of_the_means_is_recovered_without_bias_from_few_seeds(seeds):
    found = scattered(1.2, seeds, (0.05, 0.15))
    squares = (2.0 * found["prior_effect"]) ** 2
    assert squares.mean() == pytest.approx(1.2**2, rel=0.02)
    chance = LAYERS * (0.05**2 + 0.15**2)
    assert ((2.0 * found["between_seeds"]) ** 2).mean() == pytest.approx(chance, rel=0.05)
    assert ((2.0 * found["between_priors"]) ** 2).mean() == pytest.approx(1.2**2 + chance, rel=0.02)
    assert np.median(found["prior_ratio"]) == pytest.approx(np.sqrt(1.0 + 1.2**2 / chance), rel=0.03)


def test_chance_alone_has_a_ratio_of_one_and_an_effect_about_zero():
    found = scattered(0.0)
    assert np.median(found["prior_ratio"]) == pytest.approx(1.0, abs=0.02)
    assert np.median(found["prior_effect"]) == pytest.approx(0.0, abs=0.05)
    assert (found["prior_effect"] < 0).mean() == pytest.approx(0.5, abs=0.1)


def test_every_sum_over_pairs_by_hand():
    rng = np.random.default_rng(1)
    one, other, exact = rng.standard_normal((2, 5)), rng.standard_normal((3, 5)), rng.standard_normal(5)
    found = prior_differences({"one": one, "other": other}, exact, exact)["one", "other"]

    def square(a, b):
        return sum((a[k] - b[k]) ** 2 for k in range(4))

    between = np.mean([square(a, b) for a in one for b in other])
    chance = (square(*one) + np.mean([square(other[i], other[j]) for i, j in ((0, 1), (0, 2), (1, 2))])) / 2
    assert found["prior_ratio"] == pytest.approx(np.sqrt(between / chance))
    wanted = np.sign(between - chance) * np.sqrt(abs(between - chance) / sum(exact[:4] ** 2))
    assert found["prior_effect"] == pytest.approx(wanted)


def test_networks_that_do_not_differ_have_no_unit_and_a_zero_kernel_borrows_one():
    same = np.ones((2, 1, 4))
    found = prior_differences({"a": same, "b": same}, same[0], same[0])["a", "b"]
    assert np.isnan(found["prior_ratio"]).all()
    assert found["prior_effect"] == pytest.approx(0.0)
    found = prior_differences({"a": same, "b": 3 * same}, 0 * same[0], 4 * same[0])["a", "b"]
    assert found["prior_effect"] == pytest.approx(0.5)


def nets(make, seeds):
    return [make(wrong_slope(ENGINE, 0.1, seed)) for seed in seeds]


def compared(groups, **options):
    return compare_priors(groups, FEW, SOME, reference=ENGINE, **options)


@pytest.fixture(scope="module")
def imprinted():
    return compared({"flat": nets(lambda net: net, (1, 2, 3)), "moho": nets(moho_locked, (4, 5, 6))}, test_set="small")


def test_the_moho_of_one_prior_is_named(imprinted):
    assert imprinted.verdict == "FAIL"
    assert imprinted.failed() == ("prior_effect", "prior_ratio")
    row = imprinted.row("prior_effect", "rayleigh", "vs", "10-20")
    assert row["median"] == pytest.approx(0.8, abs=0.05), "the size of the swing"
    assert row["interval"][0] <= row["median"] <= row["interval"][1]
    seeds = imprinted.row("between_seeds", "rayleigh", "vs", "10-20")
    assert (seeds["median"], seeds["verdict"]) == (pytest.approx(0.1 * np.sqrt(2.0), rel=0.3), None)
    ratio = imprinted.row("prior_ratio", "rayleigh", "vs", "10-20", ("flat", "moho"))["median"]
    assert ratio == pytest.approx(np.hypot(row["median"], seeds["median"]) / seeds["median"], rel=0.1)
    assert imprinted.summary["seeds"] == {"flat": 3, "moho": 3}
    assert row["n_models"] == 12


def test_networks_that_differ_by_seed_alone_pass():
    groups = {"one": nets(lambda net: net, (1, 2, 3)), "other": nets(lambda net: net, (4, 5, 6))}
    record = compared(groups)
    assert (record.verdict, record.failed()) == ("PASS", ())
    assert record.row("prior_ratio", "love", "vs", "10-20")["median"] == pytest.approx(1.0, abs=0.3)


def test_mixed_up_labels_hide_the_prior():
    mixed = {
        "one": nets(moho_locked, (4,)) + nets(lambda net: net, (1,)),
        "other": nets(moho_locked, (5,)) + nets(lambda net: net, (2,)),
    }
    assert "prior_ratio" not in compared(mixed).failed()


def test_limits_may_be_changed_and_the_order_of_models_does_not_matter(imprinted):
    groups = {"flat": nets(lambda net: net, (1, 2, 3)), "moho": nets(moho_locked, (4, 5, 6))}
    told = []
    lenient = {name: {"good": 9.0, "fair": 99.0} for name in ("prior_effect", "prior_ratio")}
    record = compared(groups, thresholds=lenient, options=Options(chunk=5), progress=lambda *each: told.append(each))
    assert record.verdict == "PASS"
    assert told == [(done, 12, "models") for done in (0, 5, 10, 12)]
    place = ("prior_effect", "love", "rho", "5-10")
    assert record.row(*place)["median"] == pytest.approx(imprinted.row(*place)["median"])


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({"weak": [Toy(), Toy()]}, "1 given; networks of 2 priors"),
        ({"weak": [Toy(), Toy()], "tectonic": [Toy()]}, "1 of prior 'tectonic' given; 2 seeds or more"),
        ({"weak": [Toy(), Toy()], "other": [Toy(), Toy(waves=("love",))]}, "different waves or kinds"),
        ({"weak": [Toy(), Linear], "other": [Toy(), Toy()]}, "the class Linear given"),
    ],
)
def test_groups_that_cannot_be_compared(groups, words):
    with pytest.raises(UsageError, match=words):
        compare_priors(groups, FEW, SOME, reference=ENGINE)


def test_a_parameter_that_one_network_lacks_is_not_judged():
    class VsOnly(Toy):
        def jacobian(self, models, periods):
            kernels = super().jacobian(models, periods)
            return type(kernels)(kernels.velocity, kernels.status, None, None, kernels.vs, None)

    half = [wrong_slope(Toy(), 0.1, 1), VsOnly()]
    full = [wrong_slope(Toy(), 0.1, seed) for seed in (2, 3)]
    record = compare_priors({"half": half, "full": full}, FEW, SOME, reference=Toy())
    assert record.row("prior_effect", "rayleigh", "rho", "10-20")["verdict"] == "CANNOT JUDGE"
    assert record.row("prior_effect", "rayleigh", "vs", "10-20")["verdict"] != "CANNOT JUDGE"
