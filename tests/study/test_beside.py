"""What the study says beside kernels keeps the extremes and the worst verdict."""

from typing import Any

from surfgrad.audit.thresholds import DECIDING
from surfgrad.study.beside import SHOWN, beside


def _score(metric: str, median: float | None, verdict: str) -> dict[str, Any]:
    return {"metric": metric, "median": median, "verdict": verdict}


def test_extremes_and_the_worst_verdict() -> None:
    scores = [
        _score("off_manifold", 0.05, "PASS"),
        _score("off_manifold", 0.4, "FAIL"),
        _score("off_manifold", None, "CANNOT JUDGE"),
        _score("spectral_cosine", 0.97, "MARGINAL"),
    ]
    found = {each["metric"]: each for each in beside(scores)}
    assert tuple(found) == SHOWN
    assert found["off_manifold"] == {"metric": "off_manifold", "low": 0.05, "high": 0.4, "verdict": "FAIL"}
    assert found["spectral_cosine"]["verdict"] == "MARGINAL"
    assert found["taylor_error"] == {"metric": "taylor_error", "low": None, "high": None, "verdict": "CANNOT JUDGE"}


def test_what_is_shown_decides() -> None:
    assert set(SHOWN) <= set(DECIDING)
