"""Statistics and verdicts of one line of the audit's table: a wave, a parameter, a band."""

from typing import Any

import numpy as np

from surfgrad.audit.exclusion import Exclusion, count_reasons
from surfgrad.audit.record import PARAMETERS, Measurements
from surfgrad.audit.statistics import finite, mean_interval, median, median_interval, quantile
from surfgrad.audit.thresholds import NAMING, PROFILE, Thresholds, worst_in_row
from surfgrad.records import Array
from surfgrad.status import Status


def kernel_row(m: Measurements, wave: int, parameter: int, band: int, thresholds: Thresholds) -> dict[str, Any]:
    """One line of the audit's table."""
    inside = m.bands[band].contains(m.periods)
    reason = m.reason[:, wave, parameter, inside]
    samples = {name: array[:, wave, parameter, inside] for name, array in m.profile.items()}
    judged = reason == Exclusion.JUDGED
    lost = _faults(reason)
    asked = int(np.isfinite(lost).sum())
    missing = float(np.nanmean(lost)) if asked else float("nan")
    verdicts = {"missing": thresholds.verdict("missing", missing, asked)}
    for name in ("relative_l2", "halfspace_error", *NAMING):
        verdicts[name] = thresholds.verdict(name, median(samples[name]), finite(samples[name]).size)
    relative_l2 = samples["relative_l2"]
    intervals = {name: list(median_interval(array)) for name, array in samples.items()}
    intervals["missing"] = list(mean_interval(_faults(reason)))
    return {
        "wave": m.waves[wave],
        "parameter": PARAMETERS[parameter],
        "band": m.bands[band].name,
        "n": int(judged.sum()),
        "n_models": int(judged.any(axis=1).sum()),
        "n_asked": asked,
        "n_excluded": count_reasons(reason),
        "flagged": _flagged(m.status[:, wave, inside][judged]),
        "relative_l2": {
            "median": median(relative_l2),
            "p95": quantile(relative_l2, 0.95),
            "interval": intervals["relative_l2"],
        },
        "cosine": {"median": median(samples["cosine"]), "p5": quantile(samples["cosine"], 0.05)},
        **{name: median(samples[name]) for name in _MEDIANS},
        "missing": missing,
        **_paper(m, wave, parameter, inside),
        "intervals": intervals | _paper_intervals(m, wave, parameter, inside),
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


def _faults(reason: Array) -> Array:
    """1 where the forward is to blame for a missing sample, 0 where it was judged, NaN where it was not asked."""
    fault = np.isin(reason, [each for each in Exclusion if each.is_fault])
    return np.where(fault, 1.0, np.where(reason == Exclusion.JUDGED, 0.0, np.nan))


def _flagged(status: Array) -> dict[str, int]:
    """Judged samples whose exact value is certified but special."""
    return {code.name: int((status == code).sum()) for code in (Status.CLOSE_MODES, Status.MULTIPLE)}


def _paper(m: Measurements, wave: int, parameter: int, inside: Array) -> dict[str, float]:
    """Medians of the paper's protocol, which looks at vs only."""
    is_vs = PARAMETERS[parameter] == "vs"
    return {name: median(array[:, wave, inside]) if is_vs else float("nan") for name, array in m.paper.items()}


def _paper_intervals(m: Measurements, wave: int, parameter: int, inside: Array) -> dict[str, list[float]]:
    if PARAMETERS[parameter] != "vs":
        return {}
    return {name: list(median_interval(array[:, wave, inside])) for name, array in m.paper.items()}
