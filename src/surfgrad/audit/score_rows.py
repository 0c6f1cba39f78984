"""Statistics and verdicts of the further tests."""

from typing import Any

import numpy as np

from surfgrad.audit.scores import Score
from surfgrad.audit.statistics import finite, median, median_interval, quantile
from surfgrad.audit.thresholds import Thresholds


def score_row(score: Score, thresholds: Thresholds) -> dict[str, Any]:
    """One line: where, how many, median with interval, ends, verdict (None for a metric that has no limits)."""
    count = int(finite(score.samples).size)
    middle = median(score.samples)
    once = score.samples.shape[1] == 1
    judged = score.metric in thresholds.table
    return {
        "part": score.part,
        "metric": score.metric,
        "wave": score.wave,
        "parameter": score.parameter,
        "where": score.where,
        "n": count,
        "n_models": int(np.isfinite(score.samples).any(axis=1).sum()),
        "median": middle,
        "p5": quantile(score.samples, 0.05),
        "p95": quantile(score.samples, 0.95),
        "interval": list(median_interval(score.samples)),
        "verdict": thresholds.verdict(score.metric, middle, count, once) if judged else None,
    }
