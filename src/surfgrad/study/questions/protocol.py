"""(e) How does the published protocol compare with the strict one, and what is its ceiling?"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from surfgrad.audit.thresholds import FAIL, MARGINAL, PASS
from surfgrad.records import Array
from surfgrad.study.plan import EXACT
from surfgrad.study.questions.statistics import bootstrap, kept, rank_correlation
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import fine, place, said, spread

KEY, FIGURE = "e", "protocol"
TITLE = "What does the published protocol see?"
QUESTION = (
    "The same kernels by the protocol of Yu, Cai & Liu (2026) and by the strict one: do they agree, and what can one "
    "score?"
)

HIGH = 0.95
"""Cosine from which on a comparison like the published one calls a kernel physical: what it found for its networks."""


def numbers(view: View) -> dict[str, Any]:
    """Of every network, set, wave and band: strict error and cosines of vs kernels; and the engine's cosines."""
    rows = [
        (network.cell.title, row)
        for network, _, audit in view.every_audit()
        for row in audit["rows"]
        if row["parameter"] == "vs" and row["paper_cosine"] is not None and row["relative_l2"]["median"] is not None
    ]
    strict = np.array([row["relative_l2"]["median"] for _, row in rows])
    owner = np.array([name for name, _ in rows])
    points = [
        {
            "strict": row["relative_l2"]["median"],
            "paper": row["paper_cosine"],
            "published": row["paper_published"],
            "verdict": row["verdict"],
        }
        for _, row in rows
    ]
    return {
        "high": HIGH,
        "rows": len(rows),
        **{name: _agreement(points, strict, owner, name) for name in ("paper", "published")},
        "ceiling": _ceiling(view),
        "points": points,
    }


def _agreement(points: Any, strict: Array, owner: Array, name: str) -> dict[str, Any]:
    """Rank correlation with small strict errors, its interval over kinds of network, and where the verdicts part."""
    cosine = np.array([np.nan if each[name] is None else each[name] for each in points])
    known = np.isfinite(cosine)
    x, y = -strict[known], cosine[known]
    verdicts = np.array([each["verdict"] for each in points], dtype=object)[known]
    failed, passed = verdicts == FAIL, verdicts == PASS
    return {
        "correlation": rank_correlation(x, y),
        "interval": bootstrap(owner[known], lambda rows: rank_correlation(x[rows], y[rows])),
        "n": int(known.sum()),
        "judged": int(np.isin(verdicts, (PASS, MARGINAL, FAIL)).sum()),
        "failed": int(failed.sum()),
        "failed_called_good": int((failed & (y >= HIGH)).sum()),
        "passed": int(passed.sum()),
        "passed_called_bad": int((passed & (y < HIGH)).sum()),
        "largest_error_called_good": float(-x[y >= HIGH].min()) if (y >= HIGH).any() else None,
    }


def _ceiling(view: View) -> dict[str, Any]:
    """The engine against itself: the two published quantities' cosine, and the corrected one's."""
    rows = [
        row
        for name in view.sets
        for row in (view.audit(EXACT, name) or {"rows": []})["rows"]
        if row["parameter"] == "vs" and row["paper_ceiling"] is not None
    ]
    ceiling, corrected = (kept(row[name] for row in rows) for name in ("paper_ceiling", "paper_cosine"))
    if not rows:
        return {"n": 0, "low": None, "median": None, "high": None, "lowest_place": None, "corrected_low": None}
    worst = min(rows, key=lambda row: row["paper_ceiling"])
    return {
        "n": len(rows),
        "low": float(ceiling.min()),
        "median": float(np.median(ceiling)),
        "high": float(ceiling.max()),
        "lowest_place": {"wave": worst["wave"], "band": worst["band"]},
        "corrected_low": float(corrected.min()),
    }


def paragraph(found: Mapping[str, Any]) -> str:
    """What the numbers say."""
    sentences = [_agree(found), *_parting(found), *_top(found["ceiling"])]
    return " ".join(each for each in sentences if each)


def _agree(found: Mapping[str, Any]) -> str:
    paper = found["paper"]
    if paper["correlation"] is None:
        return "No network's kernels could be measured by both protocols: how they compare is open."
    ends = {"median": paper["correlation"], "low": paper["interval"][0], "high": paper["interval"][1]}
    lead = (
        f"Over {said(paper['n'])} medians (network, test set, wave, band) the published cosine, corrected, ranks Vs "
        "kernels"
    )
    tail = f"rank correlation {spread(ends)}"
    if paper["correlation"] >= 0.9:
        return f"{lead} as the strict error does ({tail})."
    if paper["correlation"] >= 0.5:
        return f"{lead} roughly as the strict error does ({tail})."
    return f"{lead} otherwise than the strict error does ({tail})."


def _parting(found: Mapping[str, Any]) -> list[str]:
    paper = found["paper"]
    if paper["correlation"] is None:
        return []
    said_high = f"a cosine of {said(found['high'])} or more"
    if not paper["judged"]:
        return ["None of them rests on enough samples for a strict verdict."]
    if not paper["failed"]:
        text = (
            f"None of the {said(paper['judged'])} that could be judged fails strictly, so that none could be called "
            "good wrongly."
        )
    elif paper["failed_called_good"]:
        text = (
            f"Of {said(paper['failed'])} that fail strictly it gives {said(paper['failed_called_good'])} {said_high}; "
            f"the largest strict error among what it calls good is {said(paper['largest_error_called_good'])}."
        )
    else:
        text = f"Of {said(paper['failed'])} that fail strictly it gives none {said_high}."
    if paper["passed_called_bad"]:
        text += f" Of {said(paper['passed'])} that pass it gives {said(paper['passed_called_bad'])} less."
    return [text]


def _top(ceiling: Mapping[str, Any]) -> list[str]:
    if ceiling["median"] is None:
        return ["Its ceiling was not measured: no audit of the engine itself was made."]
    if ceiling["low"] >= 1.0:
        return [
            "The two quantities that were compared as published give the engine itself a cosine of one: there is no "
            "ceiling."
        ]
    return [
        f"As published, with two different quantities, the engine itself scores {fine(ceiling['median'])} in the "
        f"median and {fine(ceiling['low'])} at the least ({place(ceiling['lowest_place'])}): a perfect network scores "
        f"no more; with one quantity on both sides the engine scores {fine(ceiling['corrected_low'])} or more."
    ]


def unanswered(found: Mapping[str, Any]) -> list[str]:
    """What is missing, one sentence each."""
    out = [] if found["rows"] else ["Both protocols on the same networks: no vs kernel was scored by both."]
    return out if found["ceiling"]["n"] else [*out, "The ceiling: the engine was not audited against itself."]
