"""The audit's tables, flat: one row per line of metrics.csv and values.csv."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from surfgrad.files import replacing

Row = dict[str, Any]


def metric_rows(summary: Mapping[str, Any]) -> list[Row]:
    """One row per wave, parameter and band, nested numbers spelled out."""
    return [_flat_metric(row) for row in summary["rows"]]


def _flat_metric(row: Mapping[str, Any]) -> Row:
    relative, cosine = row["relative_l2"], row["cosine"]
    low, high = relative["interval"]
    flat: Row = {key: row[key] for key in ("wave", "parameter", "band", "n", "n_models", "n_asked")}
    flat |= {"relative_l2_median": relative["median"], "relative_l2_p95": relative["p95"]}
    flat |= {"relative_l2_low": low, "relative_l2_high": high}
    flat |= {"cosine_median": cosine["median"], "cosine_p5": cosine["p5"]}
    flat |= {key: row[key] for key in _PLAIN}
    flat |= _ends(row["intervals"])
    flat |= {"verdict": row["verdict"], "halfspace_verdict": row["halfspace_verdict"]}
    flat |= {f"excluded_{name.lower()}": count for name, count in row["n_excluded"].items()}
    flat |= {f"flagged_{name.lower()}": count for name, count in row["flagged"].items()}
    return flat


def _ends(intervals: Mapping[str, Any]) -> Row:
    """Two columns a metric: the ends of its 95 % interval; relative_l2's have theirs already."""
    return {
        f"{name}_{end}": intervals.get(name, (None, None))[k]
        for name in ("cosine", *_PLAIN)
        for k, end in enumerate(("low", "high"))
    }


def score_lines(summary: Mapping[str, Any]) -> list[Row]:
    """The scores of the further tests, one row each."""
    return [_flat_score(each) for each in summary["scores"]]


def _flat_score(score: Mapping[str, Any]) -> Row:
    low, high = score["interval"]
    flat = {key: value for key, value in score.items() if key not in ("interval", "verdict")}
    return flat | {"low": low, "high": high, "verdict": score["verdict"]}


_PLAIN = (
    "amplitude_ratio",
    "sign_agreement",
    "centroid_shift_km",
    "centroid_shift",
    "roughness_ratio",
    "halfspace_error",
    "missing",
    "paper_cosine",
    "paper_correlation",
    "paper_rmse",
    "paper_mae",
    "paper_published",
    "paper_ceiling",
)


def value_rows(summary: Mapping[str, Any]) -> list[Row]:
    """Value errors: `scope` is "overall", "band" or "period", `at` the band's name or the period in seconds."""
    values = summary["values"]
    rows = [_flat_value("all", "overall", "", values["overall"])]
    for wave, each in values["waves"].items():
        rows.append(_flat_value(wave, "overall", "", each["overall"]))
        rows += [_flat_value(wave, "band", band["band"], band) for band in each["bands"]]
        rows += [_flat_value(wave, "period", f"{entry['period_s']:g}", entry) for entry in each["periods"]]
    return rows


def _flat_value(wave: str, scope: str, at: str, entry: Mapping[str, Any]) -> Row:
    flat: Row = {"wave": wave, "scope": scope, "at": at, "n": entry["n"], "n_invented": entry["n_invented"]}
    low, high = entry["interval"]
    flat |= {key: entry[key] for key in ("mae_km_s", "mae_percent", "bias_km_s", "p95_km_s", "verdict")}
    flat |= {"mae_low": low, "mae_high": high}
    return flat | {f"excluded_{name.lower()}": count for name, count in entry["n_excluded"].items()}


def write_csv(rows: Iterable[Row], path: Path) -> None:
    """Write rows of equal keys, whole or not at all; a number that does not exist is an empty field."""
    rows = list(rows)
    with replacing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["wave"])
        writer.writeheader()
        writer.writerows(rows)
