"""The study's tables: the summary's lists in flat form."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from surfgrad.files import replacing
from surfgrad.study.folder import StudyFolder

Row = dict[str, Any]
TABLES = ("metrics", "values", "engine", "bands")
"""Those of summary.json's lists."""


def write_tables(summary: Mapping[str, Any], folder: StudyFolder) -> None:
    """Write tables/*.csv; each table's columns are described in docs/study.md."""
    makers = (metric_rows, value_rows, engine_rows, band_rows)
    for name, make in zip(TABLES, makers, strict=True):
        write_csv(make(summary), folder.table(name))


def metric_rows(summary: Mapping[str, Any]) -> list[Row]:
    """One row per surrogate, test set, wave, parameter and band."""
    return [flatten(row) for row in summary["rows"]]


def value_rows(summary: Mapping[str, Any]) -> list[Row]:
    """Errors of the velocities per surrogate, test set, wave ("all": both) and band ("all": every period)."""
    rows = []
    for audit in summary["audits"]:
        place = {key: audit[key] for key in ("surrogate", "test_set", "scope")}
        rows.append(place | {"wave": "all", "band": "all"} | flatten(audit["values"]["overall"]))
        for wave, each in audit["values"]["waves"].items():
            rows.append(place | {"wave": wave, "band": "all"} | flatten(each["overall"]))
            rows += [place | {"wave": wave, "band": band["band"]} | flatten(band) for band in each["bands"]]
    return rows


def identity_rows(surrogate: str, test_set: str, identities: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Residuals of the exact identities of one audit, per identity, wave and band."""
    return [{"surrogate": surrogate, "test_set": test_set, **flatten(entry)} for entry in identities]


def score_rows(surrogate: str, test_set: str, scores: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Imprint, spectra, Taylor's test and inversions of one audit: one row a metric and place."""
    return [{"surrogate": surrogate, **flatten({**entry, "test_set": test_set})} for entry in scores]


def engine_rows(summary: Mapping[str, Any]) -> list[Row]:
    """How often the exact engine gave each status, per set and wave: nothing is dropped."""
    return [
        {"set": name, "wave": wave, "models": facts["models"], **counts}
        for name, facts in summary["sets"].items()
        if "status" in facts
        for wave, counts in facts["status"].items()
    ]


def band_rows(summary: Mapping[str, Any]) -> list[Row]:
    """The same per band, with the share of untrapped modes."""
    return [
        {"set": name, **flatten(entry)}
        for name, facts in summary["sets"].items()
        if "bands" in facts
        for entry in facts["bands"]
    ]


def flatten(entry: Mapping[str, Any], prefix: str = "") -> Row:
    """Nested mappings as `outer_inner` keys; anything else as it is."""
    flat: Row = {}
    for key, value in entry.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}_")
        elif isinstance(value, list):
            flat |= {f"{prefix}{key}_{number}": each for number, each in enumerate(value)}
        else:
            flat[prefix + key] = value
    return flat


def write_csv(rows: Iterable[Row], path: Path) -> None:
    """Write rows, whole or not at all; columns in order of first appearance, a number that does not exist is empty."""
    rows = list(rows)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
