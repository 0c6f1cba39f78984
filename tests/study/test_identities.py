"""The overview of identities keeps the extremes and the worst verdict."""

from typing import Any

from surfgrad.study.identities import overview


def _entry(band: str, median: float | None, verdict: str, wave: str = "love") -> dict[str, Any]:
    return {"identity": "density", "wave": wave, "band": band, "median": median, "verdict": verdict}


def test_extremes_and_the_worst_verdict_over_bands() -> None:
    entries = [
        _entry("2-5", 0.3, "FAIL"),
        _entry("5-10", 0.01, "PASS"),
        _entry("2-5", None, "CANNOT JUDGE", "rayleigh"),
        _entry("10-20", None, "CANNOT JUDGE"),
    ]
    love, rayleigh = overview(entries)
    assert love == {"identity": "density", "wave": "love", "low": 0.01, "high": 0.3, "verdict": "FAIL"}
    assert (rayleigh["low"], rayleigh["high"], rayleigh["verdict"]) == (None, None, "CANNOT JUDGE")
