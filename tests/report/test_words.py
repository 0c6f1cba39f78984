"""Sentences follow the numbers."""

import pytest
from tests.report import fabricated

from surfgrad.report import words
from surfgrad.report.numbers import counted, duration, percent, short, span


@pytest.mark.parametrize(
    ("answer", "counts", "said"),
    [
        ("yes", {"PASS": 24, "MARGINAL": 0, "FAIL": 0}, "Yes: all 24 verdicts"),
        ("nearly", {"PASS": 20, "MARGINAL": 4, "FAIL": 0}, "20 pass and 4 are marginal; none fails"),
        ("in part", {"PASS": 1, "MARGINAL": 2, "FAIL": 3}, "of 6 verdicts on Vs kernels 1 pass, 2 are marginal and 3"),
        ("no", {"PASS": 0, "MARGINAL": 0, "FAIL": 24}, "No: all 24"),
        ("not judged", {"PASS": 0, "MARGINAL": 0, "FAIL": 0}, "cannot be said"),
    ],
)
def test_the_answer_counts(answer: str, counts: dict[str, int], said: str) -> None:
    summary = {"headline": {"answer": answer, "vs_verdicts": counts}}
    assert said in words.answer(summary)


def test_a_sentence_per_scope_with_its_counts() -> None:
    own, other = words.what_was_found(fabricated.summary())
    assert "11 verdicts (one per network, wave and band), 1 passes, 1 is marginal and 9 fail" in own
    assert "(1 could not be judged)" in own
    assert "0.100 to 0.300 km/s" in own
    assert "–" in other


def test_kinds_of_network_stand_beside_one_another_in_words() -> None:
    said = words.by_kind(fabricated.summary())
    assert (
        "grid, tectonic prior, values alone, 0.20 (11 verdicts, 1 passes, 1 is marginal and 9 fail); grid, weak prior, "
        in said
    )


def test_seeds_of_a_kind_are_told_together_and_of_many_kinds_the_ends() -> None:
    summary = fabricated.summary()
    one = summary["headline"]["surrogates"].pop(fabricated.SURROGATES[0])
    summary["headline"]["surrogates"] = {
        f"scale-free-{prior}-{loss}-{seed}": one | {"vs_relative_l2": {"median": error + 0.01 * seed}}
        for prior, loss, error in (
            ("weak", "value", 0.4), ("weak", "sobolev", 0.2), ("tectonic", "value", 0.5), ("mixture", "value", 0.3),
            ("mixture", "sobolev", 0.1),
        )
        for seed in range(3)
    }  # fmt: skip
    said = words.by_kind(summary)
    assert "of 5 kinds: the smallest, scale-free, mixture prior, taught kernels, 0.11 (33 verdicts" in said
    assert "the largest, scale-free, tectonic prior, values alone, 0.51 (33 verdicts" in said
    assert "weak" not in said
    for each in summary["headline"]["surrogates"].values():
        each["vs_relative_l2"] = None
    assert "could be measured" in words.by_kind(summary)


def test_equal_sizes_of_training_sets_are_said_once() -> None:
    summary = fabricated.summary()
    assert "from 20 models each of the tectonic-train and weak-train." in words.what_was_done(summary)
    summary["sets"]["weak-train"]["models"] = 3000
    assert "from 20 models of the tectonic-train and 3,000 models of the weak-train." in words.what_was_done(summary)


def test_verdicts_that_agree_are_said_once() -> None:
    summary = fabricated.summary()
    counts = {"PASS": 0, "MARGINAL": 0, "FAIL": 24, "CANNOT JUDGE": 0}
    summary["headline"]["scopes"] = {"real Earth": summary["headline"]["scopes"]["own prior"] | {"vs_verdicts": counts}}
    assert words.what_was_found(summary)[0].endswith("24 verdicts (one per network, wave and band), all fail.")


def test_only_sets_and_the_observed_curve_are_named_as_absent() -> None:
    assert words.absences(fabricated.summary()) == ["litho1-test: not installed"]


def test_seeds_are_told_by_the_ends_of_names() -> None:
    many = {"a-train": 1, "b-train": 1, "a-test": 2, "b-test": 3, "net-0": 9}
    assert words.seeds({"seeds": many}) == "all …-train 1, a-test 2, b-test 3, net-0 9"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0.00"),
        (0.126, "0.13"),
        (12.34, "12.3"),
        (1234.5, "1,234"),
        (-0.5, "-0.50"),
        (-0.0034, "-0.003"),
        (1e-9, "1e-09"),
    ],
)
def test_short(value: float | None, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(None, "–"), (0.0, "0 %"), (0.00001, "< 0.1 %"), (0.05, "5.0 %"), (1.0, "100.0 %")]
)
def test_a_share_that_is_not_zero_is_not_written_as_zero(share: float | None, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("seconds", "text"), [(0.25, "0.2 s"), (245, "4 min 05 s"), (7800, "2 h 10 min")])
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_spans_and_counts() -> None:
    assert span({"low": 0.101, "high": 0.102}) == "0.10"
    assert span(None) == "–"
    assert counted(1, "model") == "1 model"
    assert counted(1200, "model") == "1,200 models"
