import json
import math

import pytest

from surfgrad.audit.thresholds import CANNOT_JUDGE, FAIL, MARGINAL, PASS, Thresholds, worst_in_row, worst_judged
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


def test_worst_of_a_row_and_of_what_was_judged():
    assert worst_in_row([PASS, CANNOT_JUDGE, MARGINAL]) == CANNOT_JUDGE
    assert worst_in_row([PASS, CANNOT_JUDGE, FAIL]) == FAIL
    assert worst_judged([PASS, CANNOT_JUDGE, MARGINAL]) == MARGINAL
    assert worst_judged([]) == CANNOT_JUDGE
