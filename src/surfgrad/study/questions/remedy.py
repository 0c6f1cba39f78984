"""(c) What removes the imprint, and at what price?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.report.names import PARAMETERS, listed
from surfgrad.report.networks import Kind
from surfgrad.study.questions.statistics import LEVEL, kept, middle, ratio
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import of, said, spread

KEY, FIGURE = "c", "remedy"
TITLE = "What removes it, and at what price?"
QUESTION = "How much smaller do taught kernels or a wider prior make the error of a derivative, and what do they cost?"

STRONG, WIDE = ("tectonic", "weak"), ("decorrelated", "mixture")
HELPS, HARMS, OPEN = "smaller", "larger", "not told apart"


def numbers(view: View) -> dict[str, Any]:
    """Ratios over seeds, same seed above and below: `losses`, taught over not; `priors`, wide over strong."""
    losses, priors = ([entry for each in some(view) for entry in each] for some in (_losses, _priors))
    return {
        "losses": losses,
        "priors": priors,
        "tallies": [
            *(_tally(losses, "where", each) for each in ("own prior", "elsewhere")),
            *(_tally(priors, "loss", each) for each in ("value", "sobolev")),
        ],
        "prices": [_price(view, one, other) for one, other in _taught(view)],
        "level": LEVEL,
    }


def _taught(view: View) -> Iterator[tuple[Kind, Kind]]:
    """Cells that differ in the loss alone: taught kernels, values alone."""
    for cell in view.cells:
        other = cell._replace(loss="value")
        if cell.loss == "sobolev" and other in view.cells:
            yield cell, other


def _losses(view: View) -> Iterator[list[dict[str, Any]]]:
    for taught, alone in _taught(view):
        for where, sets in (("own prior", [view.home(taught)]), ("elsewhere", view.away(taught))):
            yield _compared(
                view, taught, alone, sets, {"architecture": taught.architecture, "prior": taught.prior, "where": where}
            )


def _priors(view: View) -> Iterator[list[dict[str, Any]]]:
    """On sets that are of no prior of the study: a mixture has seen those of its parts. Both losses apart."""
    sets = view.away(*view.cells)
    for wide in view.cells:
        for strong in (wide._replace(prior=name) for name in STRONG):
            if wide.prior in WIDE and strong in view.cells:
                place = {
                    "architecture": wide.architecture,
                    "loss": wide.loss,
                    "wide": wide.prior,
                    "strong": strong.prior,
                }
                yield _compared(view, wide, strong, sets, place)


def _compared(
    view: View, one: Kind, other: Kind, sets: Sequence[str], place: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """A line per quantity: kernels of each parameter, off the manifold, values. Over sets, waves and bands by seed."""
    pairs = list(zip(view.of(one), view.of(other), strict=False))
    found = []
    for what in (*PARAMETERS, "off_manifold", "value"):
        above, below = ([_error(view, net.name, sets, what) for net in nets] for nets in zip(*pairs, strict=True))
        each = ratio(above, below)
        found.append({**place, "what": what, **each, "outcome": _outcome(each)})
    return found


def _error(view: View, network: str, sets: Sequence[str], what: str) -> float | None:
    """Geometric mean over sets, waves and bands of a network's median errors, None where there is none."""
    logs: list[float] = []
    for name in sets:
        audit = view.audit(network, name)
        if audit is not None:
            errors = kept(_errors(audit, what))
            logs += np.log(errors[errors > 0]).tolist()
    return float(np.exp(np.mean(logs))) if logs else None


def _errors(audit: Mapping[str, Any], what: str) -> list[float | None]:
    if what == "value":
        return [audit["values"]["overall"]["mae_km_s"]]
    if what == "off_manifold":
        return [each["median"] for each in audit["scores"] if each["metric"] == what]
    return [
        row["relative_l2"]["median"]
        for row in audit["rows"]
        if row["parameter"] == what and (row["wave"], what) != ("love", "vp")
    ]


def _outcome(found: Mapping[str, Any]) -> str | None:
    """By the interval; None where there is none."""
    if found["low"] is None:
        return None
    return HELPS if found["high"] < 1.0 else HARMS if found["low"] > 1.0 else OPEN


def _tally(entries: Sequence[Mapping[str, Any]], key: str, value: str) -> dict[str, Any]:
    """Outcomes for vs kernels among the entries with that value."""
    known = [
        each["outcome"]
        for each in entries
        if (each["what"], each[key]) == ("vs", value) and each["outcome"] is not None
    ]
    return {key: value, "known": len(known), **{name: known.count(name) for name in (HELPS, HARMS, OPEN)}}


def _price(view: View, taught: Kind, alone: Kind) -> dict[str, Any]:
    """What can be counted: steps, models, exact labels, weights. Seconds are the machine's, and stand elsewhere."""
    sides = {"taught": taught, "alone": alone}
    found: dict[str, Any] = {"architecture": taught.architecture, "prior": taught.prior}
    for name, cell in sides.items():
        cards = [view.training(each.name) for each in view.of(cell)]
        found[f"steps_{name}"] = _whole(card.get("steps") for card in cards)
        found[f"models_{name}"] = _whole(card.get("samples", {}).get("training") for card in cards)
        found[f"weights_{name}"] = _whole(card.get("parameters") for card in cards)
    found["labels"] = view.labels(view.of(taught)[0].name)
    found["kernels_a_model"] = _counted(found["labels"], "kernels")
    found["directions_a_model"] = _counted(found["labels"], "directional")
    return found


def _whole(values: Any) -> int | None:
    found = middle(values)
    return None if found is None else round(found)


def _counted(labels: str | None, word: str) -> int | None:
    """`kernels:4` of "directional:0,periods:2,kernels:4"."""
    parts = dict(each.split(":") for each in labels.split(",")) if labels else {}
    return int(parts[word]) if word in parts else None


def paragraph(found: Mapping[str, Any]) -> str:
    """What the numbers say."""
    sentences = [*_loss_words(found), *_price_words(found), *_prior_words(found)]
    return " ".join(sentences) or "Neither another loss nor another prior was tried: the question is open."


def _loss_words(found: Mapping[str, Any]) -> list[str]:
    sentences = []
    for where in ("own prior", "elsewhere"):
        vs = [
            each
            for each in found["losses"]
            if (each["what"], each["where"]) == ("vs", where) and each["ratio"] is not None
        ]
        if vs:
            sentences.append(_taught_words(vs, where, _tally_words(found, "where", where)))
    values = [
        each
        for each in found["losses"]
        if each["what"] == "value" and each["ratio"] is not None and each["where"] == "own prior"
    ]
    kernels = {
        _pair(each): each["outcome"] for each in found["losses"] if (each["what"], each["where"]) == ("vs", "own prior")
    }
    return sentences + ([_value_words(values, kernels)] if values else [])


def _taught_words(vs: Sequence[Mapping[str, Any]], where: str, tally: str | None) -> str:
    best, worst = min(vs, key=lambda each: each["ratio"]), max(vs, key=lambda each: each["ratio"])
    place = "on the own prior" if where == "own prior" else "on all other test sets"
    lead = f"Taught kernels multiply the error of Vs kernels {place} by {spread(best, 'ratio')} ({_pair(best)})"
    if best is not worst:
        lead += f" at best and by {spread(worst, 'ratio')} ({_pair(worst)}) at worst"
    return f"{lead}: {tally}." if tally else f"{lead}; one pair of seeds gives no interval."


def _tally_words(found: Mapping[str, Any], key: str, value: str) -> str | None:
    tally = next(each for each in found["tallies"] if each.get(key) == value)
    words = {HELPS: "certainly smaller", HARMS: "certainly larger", OPEN: "not told from no change"}
    told = [name for name in words if tally[name]]
    parts = [
        f"{words[name]} in {of(tally[name], tally['known'], 'comparison') if name == told[0] else said(tally[name])}"
        for name in told
    ]
    return listed(parts) if parts else None


def _pair(entry: Mapping[str, Any]) -> str:
    return f"{entry['architecture']}, {entry['prior']} prior"


def _value_words(values: Sequence[Mapping[str, Any]], kernels: Mapping[str, str | None]) -> str:
    worst = max(values, key=lambda each: each["ratio"])
    lead = f"Values of the own prior are multiplied by {spread(worst, 'ratio')} at most ({_pair(worst)})"
    if worst["outcome"] == HARMS and kernels.get(_pair(worst)) != HELPS:
        return f"{lead}: there values are worse, and Vs kernels are not certainly better."
    if worst["outcome"] == HARMS:
        return f"{lead}: there kernels are better and values worse."
    if worst["ratio"] > 1.0:
        return f"{lead}: a cost in values, if any, is not beyond chance."
    return f"{lead}: they cost no accuracy of values."


def _price_words(found: Mapping[str, Any]) -> list[str]:
    """Of each architecture once: its priors differ in nothing that is counted."""
    known = [each for each in found["prices"] if each["steps_taught"] and each["steps_alone"]]
    if not known:
        return []
    firsts = {each["architecture"]: each for each in reversed(known)}
    steps = [
        _steps(firsts[name], name == known[0]["architecture"])
        for name in dict.fromkeys(e["architecture"] for e in known)
    ]
    each = known[0]
    kernels, directions = each["kernels_a_model"], each["directions_a_model"]
    labels = [f"{said(kernels)} whole kernels"] if kernels else []
    labels += [f"{said(directions)} directional derivatives"] if directions else []
    text = f"The price: {listed(steps)}"
    return [
        text + (f", and {listed(labels)} for each of {said(each['models_taught'])} training models." if labels else ".")
    ]


def _steps(price: Mapping[str, Any], named: bool) -> str:
    things = " steps" if named else ""
    weights = f"{price['architecture']}, {said(price['weights_taught'])} weights"
    return f"{said(price['steps_taught'])}{things} in place of {said(price['steps_alone'])} ({weights})"


def _prior_words(found: Mapping[str, Any]) -> list[str]:
    sentences = []
    for loss, whose in (("value", "from values alone"), ("sobolev", "with taught kernels")):
        known = [each for each in found["priors"] if each["loss"] == loss and each["ratio"] is not None]
        vs, values = ([each for each in known if each["what"] == what] for what in ("vs", "value"))
        if not vs:
            continue
        tally = _tally_words(found, "loss", loss)
        text = f"A wider prior, {whose} and on sets of no prior, multiplies the error of Vs kernels by {_ends(vs)}"
        text += f": {tally}" if tally else ""
        cost = f"; that of values by {_ends(values)}" if values else ""
        sentences.append(f"{text}{cost}.")
    return sentences


def _ends(entries: Sequence[Mapping[str, Any]]) -> str:
    """The smallest ratio and the largest, with what they are of."""
    best, worst = (pick(entries, key=lambda each: each["ratio"]) for pick in (min, max))
    return _wide(best) if best is worst else f"{_wide(best)} at best and by {_wide(worst)} at worst"


def _wide(entry: Mapping[str, Any]) -> str:
    return f"{spread(entry, 'ratio')} ({_swap(entry)})"


def _swap(entry: Mapping[str, Any]) -> str:
    return f"{entry['architecture']}, {entry['wide']} for {entry['strong']}"


def unanswered(found: Mapping[str, Any]) -> list[str]:
    """What is missing, one sentence each."""
    out = []
    if not found["losses"]:
        out.append("Taught kernels: no cell was trained with both losses.")
    if not found["priors"]:
        out.append("A wider prior: no strong prior was trained beside a wide one.")
    elif not any(each["ratio"] is not None for each in found["priors"]):
        out.append("A wider prior: there is no test set that is of no prior.")
    lone = [each for each in (*found["losses"], *found["priors"]) if each["ratio"] is not None and each["low"] is None]
    return out + (["Some ratios rest on one pair of seeds: no interval."] if lone else [])
