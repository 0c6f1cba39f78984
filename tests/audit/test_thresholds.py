import json
import math
from pathlib import Path

import pytest

from surfgrad.audit.limits_table import limits_table
from surfgrad.audit.thresholds import (
    BY_PART,
    CANNOT_JUDGE,
    DECIDING,
    FAIL,
    MARGINAL,
    PASS,
    Thresholds,
    worst_in_row,
    worst_judged,
)
from surfgrad.errors import FormatError, UsageError


@pytest.mark.parametrize(
    ("metric", "value", "verdict"),
    [
        ("relative_l2", 0.1, PASS),
        ("relative_l2", 0.1001, MARGINAL),
        ("relative_l2", 0.3, MARGINAL),
        ("relative_l2", 0.3001, FAIL),
        ("relative_l2", math.nan, CANNOT_JUDGE),
        ("cosine", 0.995, PASS),
        ("cosine", 0.97, MARGINAL),
        ("cosine", -1.0, FAIL),
        ("amplitude_ratio", 0.96, PASS),
        ("amplitude_ratio", 1.3, FAIL),
        ("amplitude_ratio", -1.0, FAIL),
        ("roughness_ratio", 0.9, PASS),
        ("roughness_ratio", 0.6, MARGINAL),
        ("roughness_ratio", 3.0, FAIL),
        ("roughness_ratio", 0.0, FAIL),
        ("missing", 0.0, PASS),
        ("missing", 0.02, FAIL),
    ],
)
def test_limits(metric, value, verdict):
    assert Thresholds().verdict(metric, value, 30) == verdict


def test_a_perfect_median_of_29_samples_is_not_judged():
    assert Thresholds().verdict("relative_l2", 0.0, 29) == CANNOT_JUDGE


def test_override_changes_one_metric_only():
    changed = Thresholds().override({"relative_l2": {"good": 0.01}, "min_samples": 5})
    assert changed.verdict("relative_l2", 0.05, 5) == MARGINAL
    assert changed.verdict("cosine", 0.995, 5) == PASS
    assert Thresholds().verdict("relative_l2", 0.05, 30) == PASS


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"l2": {"good": 0.1}}, "unknown metric 'l2'"),
        ({"relative_l2": 0.1}, "relative_l2 is 0.1"),
        ({"relative_l2": {"best": 0.1}}, "relative_l2 is"),
        ({"relative_l2": {"good": "0.1"}}, "relative_l2.good is '0.1'"),
        ({"relative_l2": {"good": math.nan}}, "relative_l2.good is nan"),
        ({"relative_l2": {"good": 0.5}}, "wrong way round"),
        ({"cosine": {"good": 0.9}}, "wrong way round"),
        ({"min_samples": 0}, "min_samples is 0"),
        ({"min_samples": True}, "min_samples is True"),
    ],
)
def test_bad_overrides_are_named(changes, words):
    with pytest.raises(UsageError, match=words):
        Thresholds().override(changes)


def test_from_file(tmp_path):
    path = tmp_path / "limits.json"
    path.write_text(json.dumps({"missing": {"fair": 0.5}}))
    assert Thresholds.from_file(path).verdict("missing", 0.4, 30) == MARGINAL
    path.write_text("[1]")
    with pytest.raises(FormatError, match=r"limits\.json: holds a list"):
        Thresholds.from_file(path)
    path.write_text("{")
    with pytest.raises(FormatError, match=r"limits\.json: not a JSON file"):
        Thresholds.from_file(path)


def test_from_a_toml_file(tmp_path):
    path = tmp_path / "limits.toml"
    path.write_text("min_models = 5\n[posterior_shift]\ngood = 0.5\nfair = 2\n")
    changed = Thresholds.from_file(path)
    assert changed.verdict("posterior_shift", 0.4, 5, once_a_model=True) == PASS
    assert Thresholds().verdict("posterior_shift", 0.4, 10, once_a_model=True) == MARGINAL
    path.write_text("[posterior_shift")
    with pytest.raises(FormatError, match=r"limits\.toml: not a TOML file"):
        Thresholds.from_file(path)


def test_a_median_of_models_needs_fewer_of_them_than_one_of_samples():
    assert Thresholds().verdict("information_ratio", 1.0, 10, once_a_model=True) == PASS
    assert Thresholds().verdict("information_ratio", 1.0, 9, once_a_model=True) == CANNOT_JUDGE
    assert Thresholds().verdict("information_ratio", 1.0, 10) == CANNOT_JUDGE


PAGE = Path(__file__).resolve().parents[2] / "docs" / "audit.md"


def test_the_page_has_the_limits_that_the_code_has():
    lines = limits_table(Thresholds())
    assert "\n".join(lines) in PAGE.read_text(encoding="utf-8")
    assert limits_table(Thresholds().override({"cosine": {"good": 0.999}})) != lines


def test_every_metric_belongs_to_one_part_and_every_part_has_one_that_decides():
    listed = [metric for metrics in BY_PART.values() for metric in metrics]
    assert sorted(listed) == sorted(Thresholds().table)
    for metrics in BY_PART.values():
        assert set(metrics) & set(DECIDING)


@pytest.mark.parametrize(
    ("metric", "passes"),
    [
        ("relative_l2", "up to 0.1"),
        ("cosine", "0.99 or more"),
        ("amplitude_ratio", "0.95 to 1.05"),
        ("roughness_ratio", "0.8 to 1.25"),
    ],
)
def test_limits_in_words(metric, passes):
    limits = Thresholds().table[metric]
    assert limits.words(limits.good) == passes


def test_worst_of_a_row_and_of_what_was_judged():
    assert worst_in_row([PASS, CANNOT_JUDGE, MARGINAL]) == CANNOT_JUDGE
    assert worst_in_row([PASS, CANNOT_JUDGE, FAIL]) == FAIL
    assert worst_judged([PASS, CANNOT_JUDGE, MARGINAL]) == MARGINAL
    assert worst_judged([]) == CANNOT_JUDGE
