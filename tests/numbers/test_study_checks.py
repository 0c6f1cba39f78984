"""What is asked of a study beside its answers, on tables whose answers are known."""

from types import SimpleNamespace
from typing import Any

import pytest
from benchmarks import study_checks


def row(verdict: str, strict: float, published: float | str, parameter: str = "vs") -> dict[str, str]:
    numbers = {"cosine_median": str(strict), "paper_cosine": str(published)}
    return {"parameter": parameter, "verdict": verdict, **numbers}


def test_what_smoothing_hides_is_told_from_what_normalising_does() -> None:
    rows = [
        row("FAIL", 0.999, 0.9995),  # too large, of the right shape
        row("FAIL", 0.80, 0.97),  # noise, which smoothing hides
        row("FAIL", 0.20, 0.30),
        row("PASS", 0.999, 0.9999),
        row("FAIL", 0.999, 0.9995, "vp"),
        row("FAIL", 0.999, ""),
    ]
    found = {(each["verdict"], each["limit"]): each for each in study_checks.protocol(rows)}
    assert found["FAIL", 0.95] == {"verdict": "FAIL", "limit": 0.95, "medians": 3, "strict": 1, "published": 2}
    assert [found["FAIL", 0.98][name] for name in ("strict", "published")] == [1, 1]
    assert found["PASS", 0.99]["published"] == found["PASS", 0.99]["medians"] == 1


def test_a_verdict_of_missing_values_is_told_from_one_of_errors() -> None:
    def band(network: str, verdict: str, error: float, share: float) -> dict[str, str]:
        numbers = {"relative_l2_median": str(error), "missing": str(share)}
        return {"surrogate": network, "parameter": "vs", "verdict": verdict, **numbers}

    rows = [
        band("scale-free-weak-value-0", "FAIL", 0.05, 0.02),
        band("scale-free-weak-value-1", "MARGINAL", 0.05, 0.005),
        band("scale-free-weak-value-1", "MARGINAL", 0.2, 0.005),
        band("scale-free-weak-value-1", "CANNOT JUDGE", 0.2, 0.0),
        band("grid-weak-value-0", "FAIL", 0.5, 0.0),
    ]
    assert study_checks.missing(rows) == [
        {"architecture": "scale-free", "bands": 2, "of": 4, "most": 0.02},
        {"architecture": "grid", "bands": 0, "of": 1, "most": 0.0},
    ]


def test_times_are_of_pairs() -> None:
    names = [f"grid-weak-{loss}-{seed}" for loss in ("value", "sobolev") for seed in (0, 1)]
    plan: Any = SimpleNamespace(
        levels=lambda factor: ("grid",),
        select=lambda architecture, loss: [SimpleNamespace(name=each) for each in names if loss in each],
    )
    seconds = dict(zip(names, ("100", "200", "110", "180"), strict=True))
    stages = [{"stage": f"train-{name}", "cpu_seconds": each} for name, each in seconds.items()]
    (found,) = study_checks.times(plan, [*stages, {"stage": "report", "cpu_seconds": ""}])
    assert (found["least"], found["most"]) == (pytest.approx(0.9), pytest.approx(1.1))
    assert (found["seconds_least"], found["seconds_most"]) == (100.0, 200.0)


@pytest.mark.parametrize(
    ("value", "reading", "inside"), [(0.95, "times", True), (0.8, "times", False), (1.3, "times", False)]
)
def test_a_factor_is_as_bad_either_way(value: float, reading: str, inside: bool) -> None:
    assert study_checks._within(value, {"reading": reading, "good": 1.1}) is inside
