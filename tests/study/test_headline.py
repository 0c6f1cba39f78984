"""The study's one-word answer follows from its verdicts."""

import pytest

from surfgrad.study.headline import answer, count, scope
from surfgrad.study.plan import make_plan
from surfgrad.study.presets import PRESETS


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["PASS", "PASS"], "yes"),
        (["PASS", "CANNOT JUDGE"], "yes"),
        (["PASS", "MARGINAL"], "nearly"),
        (["MARGINAL"], "nearly"),
        (["PASS", "FAIL"], "in part"),
        (["MARGINAL", "FAIL"], "in part"),
        (["FAIL", "FAIL", "CANNOT JUDGE"], "no"),
        (["CANNOT JUDGE"], "not judged"),
        ([], "not judged"),
    ],
)
def test_answer(verdicts: list[str], expected: str) -> None:
    assert answer({"verdict": each} for each in verdicts) == expected


def test_counts_hold_every_verdict() -> None:
    counts = count([{"verdict": "FAIL"}, {"verdict": "FAIL"}, {"verdict": "PASS"}])
    assert counts == {"PASS": 1, "MARGINAL": 0, "FAIL": 2, "CANNOT JUDGE": 0}


def test_scopes() -> None:
    plan = make_plan(PRESETS["overnight"])
    assert scope(plan, "grid-weak-value-0", "weak-test") == "own prior"
    assert scope(plan, "grid-mixture-value-0", "mixture-test") == "own prior"
    assert scope(plan, "grid-weak-value-0", "tectonic-test") == "other prior"
    assert scope(plan, "grid-weak-value-0", "boundary-test") == "boundary cases"
    assert scope(plan, "scale-free-tectonic-sobolev-1", "litho1-craton-test") == "real Earth"
    assert scope(plan, "scale-free-tectonic-sobolev-1", "reference-test") == "real Earth"
