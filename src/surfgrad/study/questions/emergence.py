"""(a) Do kernels emerge from values alone, where and when?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.report.names import PARAMETERS, listed
from surfgrad.report.networks import Kind
from surfgrad.study.questions.statistics import kept, middle, over_seeds, rank_correlation, vs_error
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import KIND, of, place, said, spread, without_loss

KEY, FIGURE = "a", "emergence"
TITLE = "Do kernels emerge from values alone?"
QUESTION = "Networks that learned velocities and nothing else: are their derivatives physical, where, and from when on?"

YES, PART, NO = "emerge", "emerge in part", "do not emerge"
_LEARNED = 1.1
"""An error that has not become so many times smaller has not changed."""
_FEW = 3
"""So many kinds are named one by one."""
POINTS = 40
"""A learning curve is drawn with at most so many."""


def numbers(view: View) -> dict[str, Any]:
    """Of every cell that learned values alone: errors on its own prior by wave, parameter and band; learning curves."""
    cells = [_cell(view, each) for each in view.cells if each.loss == "value"]
    judged = [each for each in cells if each["state"] is not None]
    limits = _limits(view)
    return {
        **limits,
        "cells": cells,
        "judged": len(judged),
        **{name: sum(each["state"] == name for each in judged) for name in (YES, PART, NO)},
        "parameters": [_parameter(judged, each) for each in PARAMETERS],
        "curves": [_curve(view, each) for each in view.cells],
    }


def _limits(view: View) -> dict[str, Any]:
    found = view.limits("relative_l2").get("relative_l2", {})
    return {name: found.get(name) for name in ("good", "fair")}


def _cell(view: View, cell: Kind) -> dict[str, Any]:
    audits = view.audits(cell, view.home(cell))
    places = _places(audits)
    vs = [each for each in places if each["parameter"] == "vs" and each["error"]["median"] is not None]
    limits = _limits(view)
    good = sum(each["error"]["median"] <= limits["good"] for each in vs)
    fair = sum(each["error"]["median"] <= limits["fair"] for each in vs)
    ranked = sorted(vs, key=lambda each: each["error"]["median"])
    return {
        **cell._asdict(),
        "title": cell.title,
        "seeds": len(audits),
        "value_mae_km_s": over_seeds(each["values"]["overall"]["mae_km_s"] for each in audits),
        "vs_error": over_seeds(vs_error(each) for each in audits),
        "places": places,
        "vs_places": len(vs),
        "vs_good": good,
        "vs_fair": fair,
        "best": ranked[0] if ranked else None,
        "worst": ranked[-1] if ranked else None,
        "state": _state(good, fair, len(vs)),
    }


def _state(good: int, fair: int, whole: int) -> str | None:
    """All bands good: they emerge; none even fair: they do not; None where nothing was judged."""
    if not whole:
        return None
    return YES if good == whole else PART if fair else NO


def _places(audits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A line per wave, parameter and band: the error over seeds, and the interval over models, seeds' ends apart."""
    if not audits:
        return []
    found = []
    for rows in zip(*(each["rows"] for each in audits), strict=True):
        where = {key: rows[0][key] for key in ("wave", "parameter", "band")}
        intervals = [row["relative_l2"]["interval"] for row in rows]
        ends = [middle(each[k] for each in intervals) for k in (0, 1)]
        found.append({**where, "error": over_seeds(row["relative_l2"]["median"] for row in rows), "interval": ends})
    return found


def _parameter(cells: Sequence[Mapping[str, Any]], parameter: str) -> dict[str, Any]:
    """Median over cells, waves and bands; Love vp, which is zero, is left out."""
    found = [
        each["error"]["median"]
        for cell in cells
        for each in cell["places"]
        if each["parameter"] == parameter and (each["wave"], parameter) != ("love", "vp")
    ]
    return {"parameter": parameter, "error": middle(found), "n": int(kept(found).size)}


def _curve(view: View, cell: Kind) -> dict[str, Any]:
    """Held-out value and kernel errors while each network of a cell learned, and what they gained."""
    seeds = [_thinned(view.training(each.name).get("history", [])) for each in view.of(cell)]
    told = [_points(each) for each in seeds]
    gains = [_gains(points) for points in told if len(points) > 1]
    return {
        **cell._asdict(),
        "seeds": [
            {
                "step": [p["step"] for p in points],
                "value": [p["value"] for p in points],
                "kernel": [p["kernel"] for p in points],
            }
            for points in told
        ],
        "value_gain": over_seeds(each[0] for each in gains),
        "kernel_gain": over_seeds(each[1] for each in gains),
        "correlation": over_seeds(each[2] for each in gains),
    }


def _thinned(history: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    rows = np.unique(np.linspace(0, max(len(history) - 1, 0), min(POINTS, len(history))).round().astype(int))
    return [history[row] for row in rows]


def _points(history: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
    """Those judgements that know both errors."""
    return [
        {"step": each["step"], "value": each["validation_mae_km_s"], "kernel": each["validation_kernel_error"]}
        for each in history
        if each.get("validation_kernel_error") is not None
    ]


def _gains(points: Sequence[Mapping[str, float]]) -> tuple[float | None, float | None, float | None]:
    """How many times smaller both errors became from the first judgement to the last, and whether they go along."""
    value, kernel = (np.array([each[name] for each in points]) for name in ("value", "kernel"))
    gained = [float(each[0] / each[-1]) if each[-1] > 0 else None for each in (value, kernel)]
    return gained[0], gained[1], rank_correlation(value, kernel)


def paragraph(found: Mapping[str, Any]) -> str:
    """What the numbers say."""
    judged = [each for each in found["cells"] if each["state"] is not None]
    if not judged:
        return "No network that learned values alone was judged on its own prior: the question is open."
    sentences = [_verdict(found), _extremes(judged), _where(judged), _parameters(found), *_when(found)]
    return " ".join(each for each in sentences if each)


def _verdict(found: Mapping[str, Any]) -> str:
    whole = found["judged"]
    if found[YES] == whole:
        return (
            f"From values alone Vs kernels emerge: in {of(whole, whole, *KIND)} they pass (relative L2 up to "
            f"{said(found['good'])}) in every wave and band of the own prior."
        )
    if found[NO] == whole:
        return (
            f"From values alone Vs kernels do not emerge: in {of(whole, whole, *KIND)} no wave and band of the own "
            f"prior is even marginal (relative L2 up to {said(found['fair'])})."
        )
    told = [name for name in (YES, PART, NO) if found[name]]
    parts = [f"{name} in {of(found[name], whole, *KIND) if name == told[0] else said(found[name])}" for name in told]
    return (
        f"From values alone Vs kernels {listed(parts)} (emerge: relative L2 up to {said(found['good'])} in every "
        f"wave and band of the own prior; in part: up to {said(found['fair'])} in some).{_named(found)}"
    )


def _named(found: Mapping[str, Any]) -> str:
    """Which kinds they emerge in, where there are few among many."""
    names = [without_loss(each["title"]) for each in found["cells"] if each["state"] == YES]
    return f" They emerge in {'; '.join(names)}." if 0 < len(names) <= _FEW < len(found["cells"]) else ""


def _extremes(judged: Sequence[Mapping[str, Any]]) -> str:
    """The kinds whose vs kernels err least and most, and the range of each architecture."""
    ranked = sorted(judged, key=lambda each: each["vs_error"]["median"])
    best, worst = ranked[0], ranked[-1]
    text = f"The typical Vs kernel is off by {_one(best)}"
    ends = f"{text}." if best is worst else f"{text}, and by {_one(worst)}."
    return f"{ends}{_by_architecture(judged)}"


def _by_architecture(judged: Sequence[Mapping[str, Any]]) -> str:
    """From the best to the worst prior, of several architectures."""
    names = list(dict.fromkeys(each["architecture"] for each in judged))
    told = []
    for name in names:
        errors = [each["vs_error"]["median"] for each in judged if each["architecture"] == name]
        low, high = said(min(errors)), said(max(errors))
        told.append(f"{low} to {high} for {name}" if low != high else f"{low} for {name}")
    return f" By architecture, from the best prior to the worst, it is {listed(told)}." if len(names) > 1 else ""


def _one(cell: Mapping[str, Any]) -> str:
    return (
        f"{spread(cell['vs_error'])} for {cell['title']} (velocities off by {said(cell['value_mae_km_s']['median'])} "
        "km/s)"
    )


def _where(judged: Sequence[Mapping[str, Any]]) -> str:
    worst = max((each["worst"] for each in judged), key=lambda each: each["error"]["median"])
    best = min((each["best"] for each in judged), key=lambda each: each["error"]["median"])
    return (
        f"Best are {place(best)}, with {said(best['error']['median'])}; worst are {place(worst)}, with "
        f"{said(worst['error']['median'])}."
    )


def _parameters(found: Mapping[str, Any]) -> str:
    known = [each for each in found["parameters"] if each["error"] is not None]
    told = [f"{said(each['error'])} for {PARAMETERS[each['parameter']]}" for each in known]
    return f"By parameter, over all of them, the median error is {listed(told)}." if len(known) > 1 else ""


def _when(found: Mapping[str, Any]) -> list[str]:
    alone = [each for each in found["curves"] if each["loss"] == "value" and each["value_gain"]["median"] is not None]
    if not alone:
        return ["No learning curve of kernels was kept: when they emerge, or do not, cannot be said."]
    return [_gain(each) for each in _apart(alone)]


def _apart(curves: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The curves whose kernels gain most and least for what values gain."""
    ranked = sorted(curves, key=lambda each: (each["kernel_gain"]["median"] or 0.0) / each["value_gain"]["median"])
    return [ranked[0]] if len(ranked) == 1 else [ranked[-1], ranked[0]]


def _gain(curve: Mapping[str, Any]) -> str:
    value, kernel = curve["value_gain"]["median"], curve["kernel_gain"]["median"]
    title = Kind(curve["architecture"], curve["prior"], curve["loss"]).title
    if value <= _LEARNED:
        tail = "too little was learned to say more"
    elif kernel is None or kernel >= 0.8 * value:
        tail = "kernels improve along with values"
    elif kernel > _LEARNED:
        tail = "kernels improve, less than values do"
    else:
        tail = "kernels do not improve with values"
    return (
        f"While {title} learned, the value error fell {said(value)}-fold and the kernel error {said(kernel)}-fold: "
        f"{tail}."
    )


def unanswered(found: Mapping[str, Any]) -> list[str]:
    """What is missing, one sentence each."""
    out = [f"{each['title']}: not judged on its own prior." for each in found["cells"] if each["state"] is None]
    single = [each["title"] for each in found["cells"] if each["seeds"] == 1]
    out += [f"{listed(single)}: one seed only, no range over seeds."] if single else []
    if not any(each["seeds"] and any(s["step"] for s in each["seeds"]) for each in found["curves"]):
        out.append("Learning curves of kernels: the training sets hold no derivatives to judge them by.")
    return out
