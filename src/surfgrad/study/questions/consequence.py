"""(d) What do wrong derivatives do to an inversion and its posterior?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.audit.thresholds import CANNOT_JUDGE
from surfgrad.report.networks import Kind
from surfgrad.study.questions.statistics import bootstrap, kept, middle, over_seeds, rank_correlation, vs_error
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import KIND, again, in_order, of, said, spread

KEY, FIGURE = "d", "consequence"
TITLE = "What does it do to an inversion?"
QUESTION = "Inverted through a network: does it fit in truth what it fits by its own word, and is the posterior right?"

METRICS = ("misfit_ratio", "misfit_excess", "step_error", "step_cosine", "posterior_shift", "posterior_width")
TASKS = {
    "fit": ("misfit_ratio", "misfit_excess"),
    "step": ("step_error",),
    "posterior": ("posterior_shift", "posterior_width"),
}
"""What an inversion asks of a forward, and the metrics that must all be good for it."""
ERRORS, EFFECTS = ("kernel", "value"), ("step_error", "posterior_shift")
"""A step is made of derivatives alone (both sides take it from the exact residual), a posterior of values as well."""


def numbers(view: View) -> dict[str, Any]:
    """By cell, at home and elsewhere: each metric over seeds; what kernel and value errors tell of the consequences."""
    entries = [each for cell in view.cells for each in _cell(view, cell)]
    limits = {
        name: {key: limit[key] for key in ("good", "fair", "reading")} for name, limit in view.limits(*METRICS).items()
    }
    return {
        "cells": entries,
        "groups": _groups(entries, limits),
        "limits": limits,
        "rests_on": _rests_on(view),
        "tell": _tell(view),
    }


def _rests_on(view: View) -> dict[str, Any] | None:
    """How many models an audit inverted, least and most, and how many audits have a verdict of any metric."""
    held = [
        [each for each in audit["scores"] if each["metric"] in METRICS and each["median"] is not None]
        for _, _, audit in view.every_audit()
    ]
    held = [each for each in held if each]
    if not held:
        return None
    models = [each["n_models"] for scores in held for each in scores]
    judged = sum(any(each["verdict"] != CANNOT_JUDGE for each in scores) for scores in held)
    return {"audits": len(held), "judged": judged, "least": min(models), "most": max(models)}


def _cell(view: View, cell: Kind) -> list[dict[str, Any]]:
    found = []
    for where, sets in (("own prior", [view.home(cell)]), ("elsewhere", view.away(cell))):
        audits = [each for name in sets for each in view.audits(cell, name) if _score(each, METRICS[0])]
        if audits:
            metrics = {name: _metric(view, cell, sets, name) for name in METRICS}
            found.append({**cell._asdict(), "title": cell.title, "where": where, "audits": len(audits), **metrics})
    return found


def _metric(view: View, cell: Kind, sets: Sequence[str], name: str) -> dict[str, Any]:
    """Over seeds, of the median over sets; the interval over models is the middle of the audits' own."""
    by_seed, intervals = [], []
    for network in view.of(cell):
        scores = [_score(each, name) for each in (view.audit(network.name, one) for one in sets) if each is not None]
        by_seed.append(middle(each["median"] for each in scores if each))
        intervals += [each["interval"] for each in scores if each]
    return {**over_seeds(by_seed), "interval": [middle(each[k] for each in intervals) for k in (0, 1)]}


def _score(audit: Mapping[str, Any], metric: str) -> Mapping[str, Any] | None:
    """The audit's line of a metric of inversions; None where there is no number."""
    found = next((each for each in audit["scores"] if each["metric"] == metric), None)
    return found if found is not None and found["median"] is not None else None


def _groups(entries: Sequence[Mapping[str, Any]], limits: Mapping[str, Any]) -> list[dict[str, Any]]:
    """By loss and place: how many kinds of network are good at each task, and the worst number of each metric."""
    found = []
    for loss, where in in_order(entries):
        own = [each for each in entries if (each["loss"], each["where"]) == (loss, where)]
        good = {name: _passing(own, metrics, limits) for name, metrics in TASKS.items()}
        worst = {name: _worst(own, name, limits) for name in METRICS}
        found.append({"loss": loss, "where": where, "kinds": len(own), **good, "worst": worst})
    return found


def _passing(cells: Sequence[Mapping[str, Any]], names: Sequence[str], limits: Mapping[str, Any]) -> int:
    """Cells whose medians of all these metrics are good."""
    return sum(
        all(
            each[name]["median"] is not None and _away(each[name]["median"], limits[name]) <= limits[name]["good"]
            for name in names
        )
        for each in cells
    )


def _worst(cells: Sequence[Mapping[str, Any]], name: str, limits: Mapping[str, Any]) -> Mapping[str, Any] | None:
    known = [each[name] for each in cells if each[name]["median"] is not None]
    return max(known, key=lambda each: _away(each["median"], limits[name]), default=None)


def _away(value: float, limit: Mapping[str, Any]) -> float:
    """How bad a number is, as its limit reads it."""
    if limit["reading"] == "times":
        return max(value, 1.0 / value) if value > 0 else np.inf
    return -value if limit["reading"] == "high" else value


def _tell(view: View) -> list[dict[str, Any]]:
    """Rank correlation over all audits between an error and a consequence, with its interval over kinds."""
    rows = [
        (network.cell.title, [vs_error(audit), audit["values"]["overall"]["mae_km_s"], *_consequences(audit)])
        for network, _, audit in view.every_audit()
    ]
    table = np.array([[np.nan if v is None else v for v in values] for _, values in rows]).reshape(len(rows), 4)
    names = np.array([name for name, _ in rows])
    found = []
    for row, error in enumerate(ERRORS):
        for column, what in enumerate(EFFECTS, start=2):
            both = np.isfinite(table[:, [row, column]]).all(axis=1)
            x, y, owner = table[both, row], table[both, column], names[both]
            ends = bootstrap(owner, lambda rows, x=x, y=y: rank_correlation(x[rows], y[rows]))  # type: ignore[misc]
            found.append(
                {
                    "error": error,
                    "what": what,
                    "correlation": rank_correlation(x, y),
                    "interval": ends,
                    "n": int(both.sum()),
                }
            )
    return found


def _consequences(audit: Mapping[str, Any]) -> list[float | None]:
    scores = (_score(audit, name) for name in EFFECTS)
    return [each["median"] if each else None for each in scores]


def paragraph(found: Mapping[str, Any]) -> str:
    """What the numbers say."""
    if not found["cells"]:
        return "No inversion was made through a network: the question is open."
    groups = (_group(each) for each in found["groups"])
    return " ".join([*_rest_words(found["rests_on"]), *groups, *_tell_words(found["tell"])])


def _rest_words(rests_on: Mapping[str, Any] | None) -> list[str]:
    """A count of medians below limits is no verdict where models are few."""
    if rests_on is None or rests_on["judged"] == rests_on["audits"]:
        return []
    least, most = said(rests_on["least"]), said(rests_on["most"])
    models = f"{least} to {most}" if least != most else most
    judged = of(rests_on["judged"], rests_on["audits"], "audit")
    return [
        f"By {models} models an audit, which are enough for a verdict in {judged}, medians within the limits are "
        "counted here as right."
    ]


def _group(group: Mapping[str, Any]) -> str:
    taught = "taught kernels" if group["loss"] == "sobolev" else "values alone"
    place = "on models of the own prior" if group["where"] == "own prior" else "on other models"
    counts = [group[name] for name in TASKS]
    worst = {name: _told(each) for name, each in group["worst"].items()}
    believed = f"exact misfit up to {worst['misfit_ratio']} times the believed one"
    off = f"off by up to {worst['step_error']} of itself"
    moved = (
        f"shifted by up to {worst['posterior_shift']} of its standard deviations, their ratio as far from one as "
        f"{worst['posterior_width']}"
    )
    first = of(counts[0], group["kinds"], *KIND)
    if len(set(counts)) == 1:
        return (
            f"With {taught}, {place}, the fit in truth, the Gauss-Newton step and the posterior are right in {first} "
            f"({believed}; the step {off}; the posterior {moved})."
        )
    step, posterior = (again(each, group["kinds"]) for each in counts[1:])
    return (
        f"With {taught}, {place}: the fit is as good in truth as it is believed to be, and as the engine's, in {first} "
        f"({believed}); a Gauss-Newton step goes right in {step} ({off}); the posterior is right in {posterior} "
        f"({moved})."
    )


def _told(found: Mapping[str, Any] | None) -> str:
    return "an unknown share" if found is None else spread(found)


def _tell_words(tell: Sequence[Mapping[str, Any]]) -> list[str]:
    known = {(each["error"], each["what"]): each for each in tell if each["correlation"] is not None}
    leads = {
        "step_error": "the error of a step, which is made of derivatives alone,",
        "posterior_shift": "the shift of the posterior, which is made of values and derivatives,",
    }
    sentences = []
    for what, lead in leads.items():
        if all((error, what) in known for error in ERRORS):
            kernel, value = (known[error, what] for error in ERRORS)
            sentences.append(
                f"Over {said(kernel['n'])} audits {lead} ranks with the error of the Vs kernel by "
                f"{_with_ends(kernel)}, with that of values by {_with_ends(value)}{_better(kernel, value)}."
            )
    return sentences


def _better(kernel: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    if kept(kernel["interval"]).size == 2 and kept(value["interval"]).size == 2:
        if kernel["interval"][0] > value["interval"][1]:
            return ""
        if value["interval"][0] > kernel["interval"][1]:
            return ": it is the value that tells"
    return ": neither tells certainly better than the other"


def _with_ends(found: Mapping[str, Any]) -> str:
    low, high = found["interval"]
    return spread({"median": found["correlation"], "low": low, "high": high})


def unanswered(found: Mapping[str, Any]) -> list[str]:
    """What is missing, one sentence each."""
    if not found["cells"]:
        return ["Inversions: no audit made any."]
    away = any(each["where"] == "elsewhere" for each in found["cells"])
    return [] if away else ["Inversions were made on the networks' own priors alone."]
