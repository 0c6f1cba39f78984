"""The identities that need no reference, over all bands: one line per identity and wave."""

from collections.abc import Mapping, Sequence
from typing import Any

from surfgrad.audit.thresholds import worst_judged


def overview(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Range over the bands of the median residual (share of c), and the worst verdict among the bands judged.

    `entries`: an audit's identities. `low` and `high` are None where no band has a residual.
    """
    pairs = dict.fromkeys((entry["identity"], entry["wave"]) for entry in entries)
    return [_one([e for e in entries if (e["identity"], e["wave"]) == pair], *pair) for pair in pairs]


def _one(entries: Sequence[Mapping[str, Any]], identity: str, wave: str) -> dict[str, Any]:
    medians = [entry["median"] for entry in entries if entry["median"] is not None]
    return {
        "identity": identity,
        "wave": wave,
        "low": min(medians, default=None),
        "high": max(medians, default=None),
        "verdict": worst_judged(entry["verdict"] for entry in entries),
    }
