"""(f) Under which conditions is a learned kernel wrong: a rule, and what it is worth on models that it never saw."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.report.names import listed
from surfgrad.study.questions.rule import fit, judge_rule, part
from surfgrad.study.questions.samples import DIRECTION, FEATURES, KERNEL, Samples, gather
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import said, spread

KEY, FIGURE = "f", "conditions"
TITLE = "Which conditions predict the error?"
QUESTION = "Can the error of a kernel be foretold from distance to the prior, period, parameter and singular value?"

LEAST_MODELS = 4
"""In either half; a rule of fewer says nothing."""
POINTS = 400
LOSSES = ("value", "sobolev")


def numbers(view: View) -> dict[str, Any]:
    """A rule for each loss and error, fitted to every second model of each set and tested on the others."""
    rules = [_rule(view, loss, what) for loss in LOSSES for what in (KERNEL, DIRECTION)]
    return {"rules": [each for each in rules if each is not None]}


def _rule(view: View, loss: str, what: str) -> dict[str, Any] | None:
    samples = gather(view, loss, what)
    if samples is None or min(_models(samples, half) for half in (0, 1)) < LEAST_MODELS:
        return None
    found = judge_rule(samples)
    slopes = dict(zip(FEATURES[what], found.pop("slopes"), strict=True))
    span = np.quantile(samples.features[:, 0], [0.05, 0.95])
    return {
        "loss": loss,
        "error": what,
        **found,
        "slopes": slopes,
        "factors": {name: float(10.0 ** slopes[name]) for name in ("vp", "density", "love") if name in slopes},
        "distances": [float(10.0**each) for each in span],
        "distance_factor": float(10.0 ** (slopes["distance"] * (span[1] - span[0]))),
        "periods": _periods(slopes),
        "knows": bool(found["r_squared"]["interval"][0] > 0.0),
        "knows_distance": bool(found["gain"]["interval"][0] > 0.0 and found["r_squared"]["value"] > found["permuted"]),
        "points": _points(samples),
    }


def _models(samples: Samples, half: int) -> int:
    return int(np.unique(samples.model[samples.half == half]).size)


def _periods(slopes: Mapping[str, float]) -> list[dict[str, float]]:
    """Error at some periods over that at 10 s, the rest being equal."""
    if "period" not in slopes:
        return []
    shown = ((float(period), float(np.log10(period)) - 1.0) for period in (3.0, 10.0, 50.0))
    return [
        {"period_s": t, "factor": float(10.0 ** (slopes["period"] * x + slopes["period squared"] * x**2))}
        for t, x in shown
    ]


def _points(samples: Samples) -> list[list[float]]:
    """[predicted, measured] of some unseen rows, evenly spread, for the figure."""
    unseen = part(samples, 1)
    predicted = fit(part(samples, 0)).predict(unseen)
    rows = np.unique(np.linspace(0, len(predicted) - 1, min(POINTS, len(predicted))).round().astype(int))
    return [[float(10.0 ** predicted[row]), float(10.0 ** unseen.error[row])] for row in rows]


def paragraph(found: Mapping[str, Any]) -> str:
    """What the numbers say."""
    if not found["rules"]:
        return "Too few models were audited to fit a rule to one half and test it on the other: the question is open."
    rules = found["rules"]
    return " ".join(_words(each, said_before=rules[:k]) for k, each in enumerate(rules))


_WHOSE = {"value": "networks that learned values alone", "sobolev": "networks that were taught kernels"}
_WHAT = {KERNEL: "the error of a kernel", DIRECTION: "the error along a singular vector"}


def _words(rule: Mapping[str, Any], said_before: Sequence[Mapping[str, Any]]) -> str:
    """A rule in words; how scores are to be read is said with the first one."""
    lead = f"Of {_WHOSE[rule['loss']]}, {_WHAT[rule['error']]} "
    if not rule["knows"]:
        return f"{lead}cannot be foretold: {_score(rule, said_before)}."
    grade = _grade(rule["r_squared"]["value"])
    told = _distance(rule, any(each["knows"] for each in said_before))
    return f"{lead}can be foretold {grade}: {_score(rule, said_before)}. {told}{_rest(rule)}"


def _score(rule: Mapping[str, Any], said_before: Sequence[Mapping[str, Any]]) -> str:
    told = f"R² is {_told(rule['r_squared'])} and the rank correlation {_told(rule['correlation'])}"
    if rule["models"] in [each["models"] for each in said_before]:
        return told
    models = f"{told} on {said(rule['models'])} models that it never saw"
    return models if said_before else f"{models}, beyond what the kind of network says"


def _grade(r_squared: float) -> str:
    return "well" if r_squared >= 0.7 else "in part" if r_squared >= 0.3 else "a little"


def _told(measure: Mapping[str, Any]) -> str:
    low, high = measure["interval"]
    return spread({"median": measure["value"], "low": low, "high": high})


def _distance(rule: Mapping[str, Any], said_before: bool) -> str:
    exchanged = "exchanged" if said_before else "with distances exchanged between models at most"
    known = f"R² without it {said(rule['blind']['value'])}, {exchanged} {said(rule['permuted'])}"
    if not rule["knows_distance"]:
        return f"Distance to the prior adds nothing certain ({known})."
    near, far = rule["distances"]
    verb = "grows" if rule["distance_factor"] >= 1.0 else "falls"
    return (
        f"Distance to the prior counts ({known}): from {said(near)} to {said(far)} of the domain's limit the error "
        f"{verb} {said(rule['distance_factor'])}-fold."
    )


def _rest(rule: Mapping[str, Any]) -> str:
    if rule["error"] == DIRECTION:
        slope = rule["slopes"]["singular value"]
        word = "smaller" if slope < 0 else "larger"
        return f" It is {word} along what data tell better, as the singular value to the power {said(slope)}."
    factors = [
        f"{said(rule['factors'][name])} times for {told}" for name, told in (("vp", "Vp"), ("density", "density"))
    ]
    short, _, long = rule["periods"]
    return (
        f" Against Vs it is {listed(factors)}; against a period of {said(rule['periods'][1]['period_s'])} s it is "
        f"{said(short['factor'])} times at {said(short['period_s'])} s and {said(long['factor'])} times at "
        f"{said(long['period_s'])} s."
    )


def unanswered(found: Mapping[str, Any]) -> list[str]:
    """What is missing, one sentence each."""
    held = {(each["loss"], each["error"]) for each in found["rules"]}
    return [
        f"{_WHAT[what].capitalize()} of {_WHOSE[loss]}: too few models, or none."
        for loss in LOSSES
        for what in (KERNEL, DIRECTION)
        if (loss, what) not in held
    ]
