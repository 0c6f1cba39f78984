"""The further parts in a whole audit: which are made, what they leave behind, when they cannot judge."""

import dataclasses

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.further import PARTS, Further
from surfgrad.audit.further_run import thinned
from surfgrad.audit.options import Options
from surfgrad.audit.store import read_audit, write_audit
from surfgrad.audit.thresholds import FURTHER
from surfgrad.errors import UsageError
from surfgrad.testing.liars import biased_values, scaled_kernel

from .ground import ENGINE, FEW, PERIODS, honest_record, models, prior
from .toy import Toy, even_models

FEWER = Further(taylor_models=10, consequence_models=10, starts=1, inversion_periods=6)


def audited(forward, parts=PARTS, **changes):
    options = Options(further=dataclasses.replace(FEWER, parts=parts, **changes))
    return surfgrad.audit(forward, even_models(), np.arange(2.0, 61.0, 4.0), reference=Toy(), options=options)


def score(record, metric, wave="all", where="all"):
    (found,) = (s for s in record.scores if (s["metric"], s["wave"], s["where"]) == (metric, wave, where))
    return found


@pytest.mark.parametrize("part", PARTS)
def test_each_part_alone(part):
    record = audited(Toy(), (part,))
    assert {each["part"] for each in record.scores} == {part}
    judged = {other: record.summary["verdict"][other] for other in PARTS}
    wanted = {other: "PASS" if other == part and part != "imprint" else "CANNOT JUDGE" for other in PARTS}
    assert judged == wanted, "of an imprint there is nothing to say without a training prior"


def test_without_any_part_the_audit_is_what_it_was():
    record = audited(Toy(), ())
    assert record.scores == []
    assert record.verdict == "PASS"


def test_a_failing_part_fails_the_audit():
    record = audited(biased_values(Toy(), 0.15), ("consequence",))
    verdict = record.summary["verdict"]
    assert (verdict["overall"], verdict["consequence"], verdict["kernels"]) == ("FAIL", "FAIL", "PASS")
    assert "posterior_shift" in record.failed()


def test_scores_say_what_a_scaled_kernel_does():
    record = audited(scaled_kernel(Toy(), 1.3))
    assert score(record, "taylor_error", "love")["median"] == pytest.approx(0.3, abs=1e-3)
    assert score(record, "spectral_amplitude", "rayleigh", "10-100")["median"] == pytest.approx(1.3)
    assert score(record, "spectral_cosine", "rayleigh", "10-100")["median"] == pytest.approx(1.0)
    assert score(record, "information_ratio", "love")["median"] > 1.0


def test_the_noise_is_the_floor_of_the_spectrum():
    loud, quiet = (audited(Toy(), ("spectral",), noise=noise) for noise in (0.05, 0.005))
    ratio = quiet.further["rank_singular"] / loud.further["rank_singular"]
    np.testing.assert_allclose(ratio[:, :5], 10.0, rtol=1e-6)
    assert score(loud, "information", "love")["median"] < score(quiet, "information", "love")["median"]


def test_other_seeds_draw_other_directions_and_the_same_seed_the_same():
    first, again, other = (audited(scaled_kernel(Toy()), ("taylor",), seed=seed) for seed in (1, 1, 2))
    assert first.summary["scores"] == again.summary["scores"]
    assert first.summary["scores"] != other.summary["scores"]


def test_a_parameter_that_the_forward_does_not_have_is_held():
    class VsOnly(Toy):
        def jacobian(self, models, periods):
            return dataclasses.replace(super().jacobian(models, periods), vp=None, rho=None)

    record = audited(VsOnly(), ("spectral", "taylor", "consequence"))
    assert score(record, "taylor_error", "love")["median"] < 1e-5
    assert score(record, "spectral_cosine", "love", "10-100")["verdict"] == "PASS"
    assert score(record, "step_error")["median"] < 0.05
    assert record.failed() == ()


def test_too_few_models_are_not_judged():
    record = audited(Toy(), ("consequence",), consequence_models=9)
    assert score(record, "posterior_shift")["verdict"] == "CANNOT JUDGE"
    assert score(record, "posterior_shift")["n"] == 9


def test_arrays_and_scores_survive_the_disk(tmp_path):
    record = honest_record()
    again = read_audit(write_audit(record, tmp_path))
    assert set(again.further) == set(record.further) >= {"taylor_remainder", "rank_singular", "interface_share"}
    for name, array in record.further.items():
        np.testing.assert_array_equal(again.further[name], array)
    assert again.scores == record.scores
    lines = (tmp_path / "scores.csv").read_text().splitlines()
    assert len(lines) == 1 + len(record.scores)


def test_a_prior_as_training_models_is_the_same_as_the_prior_itself():
    few = tuple(each[:12] for each in models())
    only = Options(further=dataclasses.replace(FEW.further, parts=("imprint",)))
    record = surfgrad.audit(ENGINE, few, PERIODS[::4], reference=ENGINE, options=only, prior=prior())
    facts = record.summary["further"]["prior"]
    assert (facts["name"], record.summary["further"]["prior_from"]) == ("small", "Given.")
    assert 0 < facts["directions"] < 24
    (moho, *_) = facts["depths_liked_km"]
    assert moho[0] < 27.5
    assert moho[1] > 37.5
    assert record.summary["verdict"]["imprint"] == "PASS"


def test_the_further_metrics_are_the_ones_that_have_limits():
    judged = {each["metric"] for each in honest_record().scores if each["verdict"] is not None}
    assert judged == {metric for metrics in FURTHER.values() for metric in metrics}
    for part, metrics in FURTHER.items():
        assert {each["metric"] for each in honest_record().scores if each["part"] == part} >= set(metrics)


def test_periods_are_thinned_evenly_in_their_logarithm():
    assert thinned(np.array([5.0, 3.0, 3.0]), 4).tolist() == [3.0, 5.0]
    chosen = thinned(np.arange(2.0, 61.0), 6)
    assert (chosen[0], chosen[-1], chosen.size) == (2.0, 60.0, 6)
    assert np.ptp(np.diff(np.log(chosen))) < 0.3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parts": ("imprint", "magic")}, "parts: 'magic' given; allowed are imprint, spectral, taylor, consequence"),
        ({"noise": 0.0}, "noise: 0 given"),
        ({"whitening": "free"}, "whitening: 'free' given"),
        ({"starts": 0}, "starts: 0 given; 1 or more is allowed"),
        ({"seed": -1}, "seed: -1 given; 0 or more is allowed"),
    ],
)
def test_sizes_that_cannot_be(changes, words):
    with pytest.raises(UsageError, match=words):
        Further(**changes)
