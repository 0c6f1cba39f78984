"""Turn measurements into statistics and verdicts."""

import platform
from collections.abc import Mapping
from typing import Any

import numpy as np

from surfgrad.audit.bands import band_index
from surfgrad.audit.exclusion import Exclusion, count_reasons
from surfgrad.audit.overlap import OVERLAP, training_overlap
from surfgrad.audit.plain import plain
from surfgrad.audit.record import PARAMETERS, AuditRecord, Measurements
from surfgrad.audit.statistics import finite, median, median_interval, quantile
from surfgrad.audit.thresholds import (
    CANNOT_JUDGE,
    FAIL,
    IDENTITIES,
    NAMING,
    PROFILE,
    VERDICTS,
    Thresholds,
    worst_in_row,
    worst_judged,
)
from surfgrad.audit.values import value_summary
from surfgrad.records import Array
from surfgrad.status import Status

FORMAT = "surfgrad-audit/1"


def check(
    measurements: Measurements,
    thresholds: Thresholds | None = None,
    *,
    surrogate_card: Mapping[str, Any] | None = None,
    data_card: Mapping[str, Any] | None = None,
) -> AuditRecord:
    """Statistics per wave, parameter and band, a verdict for each, and what could not be judged.

    Nothing is computed from models here: the same measurements may be checked against other thresholds.
    """
    thresholds = thresholds or Thresholds()
    rows = [
        _row(measurements, wave, parameter, band, thresholds)
        for wave, parameter, band in np.ndindex(len(measurements.waves), len(PARAMETERS), len(measurements.bands))
    ]
    values = value_summary(measurements, thresholds)
    identities = _identities(measurements, thresholds)
    metrics = _metric_counts(rows, values, identities)
    overlap = training_overlap(surrogate_card or {}, data_card or {})
    summary = {
        "format": FORMAT,
        "verdict": _overall(rows, values, identities, metrics, overlap["state"] == OVERLAP),
        "training_overlap": overlap,
        "metrics": metrics,
        "rows": rows,
        "values": values,
        "identities": identities,
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
    return AuditRecord(
        plain(summary), measurements.layering, measurements.depth, measurements.examples, _curves(measurements)
    )


def _row(m: Measurements, wave: int, parameter: int, band: int, thresholds: Thresholds) -> dict[str, Any]:
    """One line of the audit's table."""
    inside = m.bands[band].contains(m.periods)
    reason = m.reason[:, wave, parameter, inside]
    samples = {name: array[:, wave, parameter, inside] for name, array in m.profile.items()}
    judged = reason == Exclusion.JUDGED
    faults = int(np.isin(reason, [each for each in Exclusion if each.is_fault]).sum())
    asked = int(judged.sum()) + faults
    missing = faults / asked if asked else float("nan")
    verdicts = {"missing": thresholds.verdict("missing", missing, asked)}
    for name in ("relative_l2", "halfspace_error", *NAMING):
        verdicts[name] = thresholds.verdict(name, median(samples[name]), finite(samples[name]).size)
    low, high = median_interval(samples["relative_l2"])
    relative_l2 = samples["relative_l2"]
    return {
        "wave": m.waves[wave],
        "parameter": PARAMETERS[parameter],
        "band": m.bands[band].name,
        "n": int(judged.sum()),
        "n_models": int(judged.any(axis=1).sum()),
        "n_asked": asked,
        "n_excluded": count_reasons(reason),
        "flagged": _flagged(m.status[:, wave, inside][judged]),
        "relative_l2": {"median": median(relative_l2), "p95": quantile(relative_l2, 0.95), "interval": [low, high]},
        "cosine": {"median": median(samples["cosine"]), "p5": quantile(samples["cosine"], 0.05)},
        **{name: median(samples[name]) for name in _MEDIANS},
        "missing": missing,
        **_paper(m, wave, parameter, inside),
        "verdict": worst_in_row(verdicts[name] for name in PROFILE),
        "halfspace_verdict": verdicts["halfspace_error"],
        "verdicts": verdicts,
    }


_MEDIANS = (
    "amplitude_ratio",
    "sign_agreement",
    "centroid_shift_km",
    "centroid_shift",
    "roughness_ratio",
    "halfspace_error",
)


def _flagged(status: Array) -> dict[str, int]:
    """Judged samples whose exact value is certified but special."""
    return {code.name: int((status == code).sum()) for code in (Status.CLOSE_MODES, Status.MULTIPLE)}


def _paper(m: Measurements, wave: int, parameter: int, inside: Array) -> dict[str, float]:
    """Medians of the paper's protocol, which looks at vs only."""
    is_vs = PARAMETERS[parameter] == "vs"
    return {name: median(array[:, wave, inside]) if is_vs else float("nan") for name, array in m.paper.items()}


def _identities(m: Measurements, thresholds: Thresholds) -> list[dict[str, Any]]:
    """One entry per identity, wave and band; not judged where the exact kernels themselves do not meet it numerically.

    The slope T dc/dT comes from a spline through the predicted curve: `floor` is the residual that the exact kernels
    keep with the same slope, and a floor above the passing limit says that the periods are too coarse to judge.
    """
    entries = []
    for name in IDENTITIES:
        for wave, band in np.ndindex(len(m.waves), len(m.bands)):
            inside = m.bands[band].contains(m.periods)
            residual = finite(np.abs(m.identities[name][:, wave, inside]))
            if name == "love_vp" and m.waves[wave] != "love":
                continue
            floor = median(np.abs(m.identity_floor[name][:, wave, inside]))
            too_coarse = floor > thresholds.table[name].good
            value = float("nan") if too_coarse else median(residual)
            entries.append(
                {
                    "identity": name,
                    "wave": m.waves[wave],
                    "band": m.bands[band].name,
                    "n": int(residual.size),
                    "median": median(residual),
                    "p95": quantile(residual, 0.95),
                    "floor": floor,
                    "verdict": thresholds.verdict(name, value, int(residual.size)),
                }
            )
    return entries


def _metric_counts(
    rows: list[dict[str, Any]], values: dict[str, Any], identities: list[dict[str, Any]]
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
    return counts


def _overall(
    rows: list[dict[str, Any]],
    values: dict[str, Any],
    identities: list[dict[str, Any]],
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
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
    failed = sorted(name for name, each in metrics.items() if each[FAIL])
    overall = worst_judged(parts.values())
    if seen_in_training and overall != FAIL:
        overall = CANNOT_JUDGE
    return {"overall": overall, **parts, "kernel_rows": counts, "failed_metrics": failed}


def _curves(m: Measurements) -> dict[str, Array]:
    """Numbers by period, for figures."""
    error = np.where(m.value_reason == Exclusion.JUDGED, np.abs(m.velocity - m.exact_velocity), np.nan)
    relative = m.profile["relative_l2"]
    waves, periods = len(m.waves), m.periods.size
    medians = np.array([median(relative[:, w, p, t]) for w, p, t in np.ndindex(waves, len(PARAMETERS), periods)])
    count = np.isfinite(error).sum(axis=0)
    total = np.nansum(error, axis=0)
    return {
        "value_mae": np.where(count > 0, total / np.maximum(count, 1), np.nan),
        "share_no_mode": (m.status == Status.NO_MODE).mean(axis=0),
        "relative_l2": medians.reshape(waves, len(PARAMETERS), periods),
    }


def _versions() -> dict[str, str]:
    from surfgrad import __version__

    return {"surfgrad": __version__, "numpy": np.__version__, "python": platform.python_version()}
