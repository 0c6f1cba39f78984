"""What the audits say beside kernels, values and identities: one number for each question."""

from collections.abc import Mapping, Sequence
from typing import Any

from surfgrad.audit.thresholds import worst_judged

SHOWN = (
    "on_manifold",
    "off_manifold",
    "attraction",
    "spectral_cosine",
    "taylor_error",
    "misfit_excess",
    "posterior_shift",
)
"""Of imprint, spectra, Taylor's test and inversions: those that decide, and are read without a definition at hand."""


def beside(scores: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Range of the medians over waves, parameters and bands, and the worst verdict of those judged.

    `scores`: an audit's. `low` and `high` are None where nothing could be measured.
    """
    return [_one(name, [each for each in scores if each["metric"] == name]) for name in SHOWN]


def _one(name: str, scores: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    medians = [each["median"] for each in scores if each["median"] is not None]
    low, high = min(medians, default=None), max(medians, default=None)
    return {"metric": name, "low": low, "high": high, "verdict": worst_judged(each["verdict"] for each in scores)}
