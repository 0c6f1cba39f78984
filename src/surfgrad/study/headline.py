"""The study's answer in a few numbers: are the kernels physical, at home and away?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.audit.thresholds import CANNOT_JUDGE, FAIL, MARGINAL, PASS, VERDICTS
from surfgrad.study.plan import BOUNDARY, PRIOR, Plan

SCOPES = ("own prior", "other prior", "boundary cases", "real Earth")
Row = Mapping[str, Any]


def scope(plan: Plan, surrogate: str, test_set: str) -> str:
    """Where a surrogate is judged: on the prior that it learned from, on another, on hard cases, or on columns of the
    real Earth."""
    tested = plan.find_set(test_set)
    if tested.kind == BOUNDARY:
        return "boundary cases"
    if tested.kind != PRIOR:
        return "real Earth"
    home = plan.find_set(plan.find_training(surrogate).data)
    return "own prior" if home.source == tested.source else "other prior"


def headline(plan: Plan, rows: Sequence[Row], audits: Sequence[Row]) -> dict[str, Any]:
    """Verdict counts, an answer per scope from the vs kernels, and the value errors beside them."""
    scopes = {}
    for name in SCOPES:
        own = [row for row in rows if scope(plan, row["surrogate"], row["test_set"]) == name]
        judged = [each for each in audits if scope(plan, each["surrogate"], each["test_set"]) == name]
        if own:
            scopes[name] = _scope(own, judged)
    vs = [row for row in rows if row["parameter"] == "vs"]
    nets = {each.name: _net([row for row in vs if row["surrogate"] == each.name]) for each in plan.trainings}
    return {
        "verdicts": count(rows),
        "vs_verdicts": count(vs),
        "answer": answer(vs),
        "scopes": scopes,
        "surrogates": nets,
    }


def _net(vs: Sequence[Row]) -> dict[str, Any]:
    return {"vs_verdicts": count(vs), "vs_relative_l2": _range(row["relative_l2"]["median"] for row in vs)}


def _scope(rows: Sequence[Row], audits: Sequence[Row]) -> dict[str, Any]:
    vs = [row for row in rows if row["parameter"] == "vs"]
    return {
        "answer": answer(vs),
        "verdicts": count(rows),
        "vs_verdicts": count(vs),
        "vs_relative_l2": _range(row["relative_l2"]["median"] for row in vs),
        "vs_cosine": _range(row["cosine"]["median"] for row in vs),
        "vs_paper_cosine": _range(row["paper_cosine"] for row in vs),
        "value_mae_km_s": _range(each["values"]["overall"]["mae_km_s"] for each in audits),
        "value_mae_percent": _range(each["values"]["overall"]["mae_percent"] for each in audits),
        "value_verdicts": count({"verdict": each["values"]["overall"]["verdict"]} for each in audits),
    }


def answer(rows: Iterable[Row]) -> str:
    """ "yes": every judged row passes; "nearly": none fails; "in part": some do not fail; "no"; "not judged"."""
    judged = [row["verdict"] for row in rows if row["verdict"] != CANNOT_JUDGE]
    if not judged:
        return "not judged"
    if all(verdict == PASS for verdict in judged):
        return "yes"
    if FAIL not in judged:
        return "nearly"
    return "in part" if PASS in judged or MARGINAL in judged else "no"


def count(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows have each verdict."""
    found = [row["verdict"] for row in rows]
    return {verdict: found.count(verdict) for verdict in VERDICTS}


def _range(values: Iterable[float | None]) -> dict[str, float] | None:
    """Smallest, median and largest of the numbers that exist; None where there are none."""
    kept = [value for value in values if value is not None]
    if not kept:
        return None
    return {"low": min(kept), "median": float(np.median(kept)), "high": max(kept)}
