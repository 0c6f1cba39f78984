"""What networks of several priors say of one another, judged: a line for each pair of priors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surfgrad.audit.bands import Band
from surfgrad.audit.plain import plain
from surfgrad.audit.record import PARAMETERS
from surfgrad.audit.score_rows import score_row
from surfgrad.audit.scores import Score
from surfgrad.audit.thresholds import FAIL, Thresholds, worst_judged
from surfgrad.audit.two_priors import NAMES, Differences
from surfgrad.records import Array

PART = "priors"


@dataclass(frozen=True)
class PriorComparison:
    """`summary`: plain data: `verdict`, `rows` (a line for each pair of priors, metric, wave, parameter and band)."""

    summary: Mapping[str, Any]

    @property
    def verdict(self) -> str:
        """The worst of all that could be judged: what matters is `prior_effect`."""
        return str(self.summary["verdict"])

    def row(
        self, metric: str, wave: str, parameter: str, band: str, priors: tuple[str, str] | None = None
    ) -> dict[str, Any]:
        """One line; `priors` may be left out where there are two. KeyError when there is none."""
        wanted = {"metric": metric, "wave": wave, "parameter": parameter, "where": band}
        if priors is not None:
            wanted["priors"] = list(priors)  # type: ignore[assignment]
        for row in self.summary["rows"]:
            if all(row[key] == value for key, value in wanted.items()):
                return dict(row)
        raise KeyError(tuple(wanted.values()))

    def failed(self) -> tuple[str, ...]:
        """The metrics that FAIL anywhere."""
        return tuple(sorted({row["metric"] for row in self.summary["rows"] if row["verdict"] == FAIL}))


def judge_priors(
    found: Differences,
    waves: Sequence[str],
    periods: Array,
    bands: Sequence[Band],
    thresholds: Thresholds,
    facts: Mapping[str, Any],
) -> PriorComparison:
    """Statistics and verdicts of samples (N, W, P, T); `facts` are passed on."""
    rows = []
    for pair, values in found.items():
        for (w, wave), (p, parameter), band in (
            (a, b, c) for a in enumerate(waves) for b in enumerate(PARAMETERS) for c in bands
        ):
            inside = band.contains(periods)
            for name in NAMES:
                score = Score(PART, name, wave, parameter, band.name, values[name][:, w, p, inside])
                rows.append({"priors": list(pair), **score_row(score, thresholds)})
    verdict = worst_judged(row["verdict"] for row in rows if row["metric"] == "prior_effect")
    return PriorComparison(plain({"verdict": verdict, **facts, "rows": rows, "thresholds": thresholds.card()}))
