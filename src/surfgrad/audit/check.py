"""Turn measurements into statistics and verdicts."""

import platform
from collections.abc import Mapping
from typing import Any

import numpy as np

from surfgrad.audit.bands import band_index
from surfgrad.audit.by_model import by_model
from surfgrad.audit.curves import by_period
from surfgrad.audit.exclusion import Exclusion
from surfgrad.audit.further import PARTS
from surfgrad.audit.identity_rows import identity_rows
from surfgrad.audit.overlap import OVERLAP, training_overlap
from surfgrad.audit.plain import plain
from surfgrad.audit.record import PARAMETERS, AuditRecord, Measurements
from surfgrad.audit.rows import kernel_row
from surfgrad.audit.score_rows import score_row
from surfgrad.audit.thresholds import (
    CANNOT_JUDGE,
    DECIDING,
    FAIL,
    VERDICTS,
    Thresholds,
    worst_judged,
)
from surfgrad.audit.values import value_summary

FORMAT = "surfgrad-audit/1"


def check(
    measurements: Measurements,
    thresholds: Thresholds | Mapping[str, Any] | None = None,
    *,
    test_set: str | None = None,
    prior_from: str = "",
    surrogate_card: Mapping[str, Any] | None = None,
    data_card: Mapping[str, Any] | None = None,
) -> AuditRecord:
    """Statistics per wave, parameter and band, a verdict for each, and what could not be judged.

    Nothing is computed from models here: the same measurements may be checked against other thresholds. `test_set`:
    what to call the models, by default what `data_card` says; `prior_from`: how the training prior was found.
    """
    thresholds = Thresholds.of(thresholds)
    name = test_set or _name_of(data_card or {})
    rows = [
        kernel_row(measurements, wave, parameter, band, thresholds)
        for wave, parameter, band in np.ndindex(len(measurements.waves), len(PARAMETERS), len(measurements.bands))
    ]
    values = value_summary(measurements, thresholds)
    identities = identity_rows(measurements, thresholds)
    further = measurements.further
    scores = [] if further is None else [score_row(each, thresholds) for each in further.scores]
    metrics = _metric_counts(rows, values, identities, scores)
    overlap = training_overlap(surrogate_card or {}, data_card or {})
    summary = {
        "format": FORMAT,
        "verdict": _overall(rows, values, identities, scores, metrics, overlap["state"] == OVERLAP),
        "test_set": name,
        "training_overlap": overlap,
        "metrics": metrics,
        "rows": [{"test_set": name, **row} for row in rows],
        "values": values,
        "identities": identities,
        "scores": [{"test_set": name, **score} for score in scores],
        "further": {} if further is None else {**further.facts, "prior_from": prior_from},
        "thresholds": thresholds.card(),
        "waves": list(measurements.waves),
        "periods": [float(each) for each in measurements.periods],
        "periods_outside_bands": int((band_index(measurements.periods, measurements.bands) < 0).sum()),
        "n_models": int(measurements.status.shape[0]),
        "domain": dict(measurements.domain),
        "exclusion_reasons": {each.name: each.sentence for each in Exclusion if each is not Exclusion.JUDGED},
        "surrogate_card": dict(surrogate_card or {}),
        "data_card": dict(data_card or {}),
        "versions": _versions(),
    }
    arrays = {} if further is None else further.arrays
    depth, examples = measurements.depth, measurements.examples
    curves = by_period(measurements) | by_model(measurements)
    return AuditRecord(plain(summary), measurements.layering, depth, examples, curves, arrays)


def _name_of(data_card: Mapping[str, Any]) -> str:
    """What the data's card calls its models; empty when it does not say."""
    prior = data_card.get("prior")
    name = prior.get("name") if isinstance(prior, Mapping) else data_card.get("source")
    return str(name or "")


def _metric_counts(
    rows: list[dict[str, Any]],
    values: dict[str, Any],
    identities: list[dict[str, Any]],
    scores: list[dict[str, Any]],
) -> dict[str, dict[str, int]]:
    """Per metric, how many verdicts of each sort."""
    counts: dict[str, dict[str, int]] = {}

    def add(metric: str, verdict: str) -> None:
        counts.setdefault(metric, dict.fromkeys(VERDICTS, 0))[verdict] += 1

    for row in rows:
        for metric, verdict in row["verdicts"].items():
            add(metric, verdict)
    for wave in values["waves"].values():
        for band in wave["bands"]:
            add("value_mae", band["verdict"])
    for entry in identities:
        add(entry["identity"], entry["verdict"])
    for score in scores:
        if score["verdict"] is not None:
            add(score["metric"], score["verdict"])
    return counts


def _overall(
    rows: list[dict[str, Any]],
    values: dict[str, Any],
    identities: list[dict[str, Any]],
    scores: list[dict[str, Any]],
    metrics: dict[str, dict[str, int]],
    seen_in_training: bool,
) -> dict[str, Any]:
    """The worst verdict of each part and of all; nothing passes on models that it was trained on."""
    parts = {
        "kernels": worst_judged(row["verdict"] for row in rows),
        "halfspace": worst_judged(row["halfspace_verdict"] for row in rows),
        "values": worst_judged(band["verdict"] for wave in values["waves"].values() for band in wave["bands"]),
        "identities": worst_judged(entry["verdict"] for entry in identities),
    }
    for part in PARTS:
        deciding = [each["verdict"] for each in scores if each["part"] == part and each["metric"] in DECIDING]
        parts[part] = worst_judged(deciding)
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
    failed = sorted(name for name, each in metrics.items() if each[FAIL])
    overall = worst_judged(parts.values())
    if seen_in_training and overall != FAIL:
        overall = CANNOT_JUDGE
    return {"overall": overall, **parts, "kernel_rows": counts, "failed_metrics": failed}


def _versions() -> dict[str, str]:
    from surfgrad import __version__

    return {"surfgrad": __version__, "numpy": np.__version__, "python": platform.python_version()}
