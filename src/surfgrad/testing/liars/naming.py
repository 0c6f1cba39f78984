"""Does an audit's record name a liar: do the metrics meant for it fail where the lie is, and only there?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from surfgrad.testing.liars.shelf import Entry

if TYPE_CHECKING:
    from surfgrad.audit.record import AuditRecord
    from surfgrad.audit.thresholds import Thresholds

Place = dict[str, Any]
NEVER = 1e300
"""A limit that no number passes."""


def misnamed(record: "AuditRecord", entry: Entry) -> list[str]:
    """What is wrong with the record of an audit of `entry`'s liar, as sentences; empty if the liar is named."""
    problems = []
    for metric in entry.named_by:
        failures = [place for place in places(record, metric) if place["verdict"] == "FAIL"]
        if not any(_is_where(entry, place) for place in failures):
            problems.append(f"{metric} does not fail, and should")
        problems += [f"{metric} fails at {_words(each)}, too" for each in failures if not _is_where(entry, each)]
    for metric in entry.spares:
        failures = [place for place in places(record, metric) if place["verdict"] == "FAIL"]
        problems += [f"{metric} fails at {_words(each)}, and should be spared" for each in failures]
    return problems


def places(record: "AuditRecord", metric: str) -> list[Place]:
    """Every verdict on `metric`, with its `wave` and `band`, and its `parameter` where it has one."""
    summary = record.summary
    rows = [
        {"wave": row["wave"], "parameter": row["parameter"], "band": row["band"], "verdict": row["verdicts"][metric]}
        for row in summary["rows"]
        if metric in row["verdicts"]
    ]
    identities = [
        {"wave": each["wave"], "band": each["band"], "verdict": each["verdict"]}
        for each in summary["identities"]
        if each["identity"] == metric
    ]
    values = [
        {"wave": wave, "band": band["band"], "verdict": band["verdict"]}
        for wave, each in summary["values"]["waves"].items()
        for band in each["bands"]
        if metric == "value_mae"
    ]
    return rows + identities + values


def without(metrics: Iterable[str], thresholds: "Thresholds") -> "Thresholds":
    """The same limits with some metrics put out of action: they pass whatever they measure."""
    limits = {each: -NEVER if thresholds.table[each].reading == "high" else NEVER for each in metrics}
    return thresholds.override({name: {"good": limit, "fair": limit} for name, limit in limits.items()})


def _is_where(entry: Entry, place: Place) -> bool:
    in_band = entry.bands is None or place["band"] in entry.bands
    return in_band and (entry.parameters is None or place.get("parameter") in entry.parameters)


def _words(place: Place) -> str:
    return " ".join(str(place[key]) for key in ("wave", "parameter", "band") if key in place) + " s"
