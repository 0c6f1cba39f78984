"""Does an audit's record name a liar: do the metrics meant for it fail where the lie is, and only there?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from surfgrad.testing.liars.shelf import Entry

if TYPE_CHECKING:
    from surfgrad.audit.record import AuditRecord
    from surfgrad.audit.thresholds import Thresholds

Place = dict[str, Any]
_WHERE = ("wave", "parameter", "band")
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
    """Every verdict on `metric`, with its `wave` and, where it has them, `parameter` and `band`."""
    summary = record.summary
    found = [{**row, "verdict": row["verdicts"][metric]} for row in summary["rows"] if metric in row["verdicts"]]
    found += [each for each in summary["identities"] if each["identity"] == metric]
    found += [{**each, "band": each["where"]} for each in summary["scores"] if each["metric"] == metric]
    if metric == "value_mae":
        waves = summary["values"]["waves"].items()
        found += [{**band, "wave": wave} for wave, each in waves for band in each["bands"]]
    return [{key: each[key] for key in (*_WHERE, "verdict") if key in each} for each in found]


def without(metrics: Iterable[str], thresholds: "Thresholds") -> "Thresholds":
    """The same limits with some metrics put out of action: they pass whatever they measure."""
    limits = {each: -NEVER if thresholds.table[each].reading == "high" else NEVER for each in metrics}
    return thresholds.override({name: {"good": limit, "fair": limit} for name, limit in limits.items()})


def _is_where(entry: Entry, place: Place) -> bool:
    """Whether the lie is there; a place that is all bands or parameters together holds every lie."""
    allowed = {"band": entry.bands, "parameter": entry.parameters}
    return all(wanted is None or key not in place or place[key] in (*wanted, "all") for key, wanted in allowed.items())


def _words(place: Place) -> str:
    return " ".join(str(place[key]) for key in _WHERE if key in place)
