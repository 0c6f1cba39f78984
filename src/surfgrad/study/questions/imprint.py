"""(b) What does a strong prior imprint, where in depth and on which parameter?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.audit.thresholds import CANNOT_JUDGE
from surfgrad.records import Array
from surfgrad.report.names import PARAMETERS, listed
from surfgrad.report.networks import Kind
from surfgrad.study.questions import liked
from surfgrad.study.questions.statistics import middle, over_seeds
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import KIND, of, said, spread

KEY, FIGURE = "b", "imprint"
TITLE = "What does the prior imprint?"
QUESTION = "What does a prior leave in the derivative of a network, where in depth, and on which parameter?"

EDGES_KM = (0.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0)
"""Tops of the depth ranges; the last one reaches to the half-space."""
_CHANCE = 1.2
"""Ratio to the seeds' difference from which on one prior is told from another: less is no more than seeds scatter."""


def numbers(view: View) -> dict[str, Any]:
    """By cell: the split on and off the manifold, error by depth; error at liked depths; and priors apart."""
    cells = [_cell(view, each) for each in view.cells]
    limits = view.limits("off_manifold", "attraction", "prior_effect")
    return {
        "cells": cells,
        "split": _split(cells),
        "gathered": liked.gathered(view, limits["attraction"]["good"] if limits else None),
        "pairs": [_pair(name, each) for name, several in view.comparisons().items() for each in several],
        "limits": limits,
        "chance": _CHANCE,
    }


def _cell(view: View, cell: Kind) -> dict[str, Any]:
    home = view.audits(cell, view.home(cell))
    return {
        **cell._asdict(),
        "title": cell.title,
        "on": over_seeds(_over_places(each, "on_manifold") for each in home),
        "off": over_seeds(_over_places(each, "off_manifold") for each in home),
        "bands": _bands(home),
        "liked_km": liked.liked_km(view, cell),
        "depths": _depths(view, cell),
    }


def _split(cells: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """In how many cells kernels err more off the manifold than on it, and where most: of values alone, if any."""
    known = [each for each in cells if each["on"]["median"] is not None and each["off"]["median"] is not None]
    alone = [each for each in known if each["loss"] == "value"] or known
    if not alone:
        return None
    most = max(alone, key=lambda each: each["off"]["median"] / max(each["on"]["median"], 1e-12))
    worse = sum(each["off"]["median"] > each["on"]["median"] for each in alone)
    return {"kinds": len(alone), "worse": worse, "most": {key: most[key] for key in ("title", "on", "off")}}


def _over_places(audit: Mapping[str, Any], metric: str) -> float | None:
    """Of the waves and bands that rest on enough samples; of all, where none does."""
    scores = [each for each in audit["scores"] if each["metric"] == metric]
    enough = [each for each in scores if each["verdict"] != CANNOT_JUDGE]
    return middle(each["median"] for each in enough or scores)


def _bands(audits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """On and off the manifold by wave and band, over seeds, with the middle of their intervals over models."""
    found = []
    for scores in zip(*(each["scores"] for each in audits), strict=True):
        if scores[0]["metric"] in ("on_manifold", "off_manifold"):
            ends = [middle(each["interval"][k] for each in scores) for k in (0, 1)]
            where = {"metric": scores[0]["metric"], "wave": scores[0]["wave"], "band": scores[0]["where"]}
            found.append({**where, "error": over_seeds(each["median"] for each in scores), "interval": ends})
    return found


def _known(scores: Iterable[Mapping[str, Any]], metric: str, parameter: str) -> list[Mapping[str, Any]]:
    """The scores of a metric and parameter that have a number."""
    return [
        each
        for each in scores
        if (each["metric"], each["parameter"]) == (metric, parameter) and each["median"] is not None
    ]


def _largest(scores: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The place where the median is largest, and how large it is there; None of nothing."""
    if not scores:
        return None
    most = max(scores, key=lambda each: each["median"])
    return {"wave": most["wave"], "band": most["where"], "median": most["median"], "interval": most["interval"]}


def _depths(view: View, cell: Kind) -> list[dict[str, Any]]:
    """By parameter and depth range: sum of the median errors over that of the exact kernel's sizes, own prior."""
    by_seed = [
        each for each in (_by_depth(view, net.name, view.home(cell)) for net in view.of(cell)) if each is not None
    ]
    if not by_seed:
        return []
    stacked = np.stack(by_seed)
    ends = [*EDGES_KM[1:], None]
    return [
        {"parameter": parameter, "top_km": top, "bottom_km": bottom, "error": over_seeds(stacked[:, p, k])}
        for p, parameter in enumerate(PARAMETERS)
        for k, (top, bottom) in enumerate(zip(EDGES_KM, ends, strict=True))
    ]


def _by_depth(view: View, network: str, test_set: str) -> Array | None:
    """(P, D): both in units of the velocity, summed over layers, waves and bands; Love vp, which is zero, left out."""
    arrays = view.arrays(network, test_set)
    if arrays is None or "depth_error" not in arrays or "depth_top" not in arrays:
        return None
    scale = arrays["depth_scale"].values[..., None]
    error, signal = (arrays[f"depth_{name}"].values * scale for name in ("error", "signal"))
    waves, parameters = list(arrays["wave"].values), list(arrays["parameter"].values)
    blind = np.array([[(w, p) == ("love", "vp") for p in parameters] for w in waves])
    error, signal = (np.where(blind[..., None, None], np.nan, each)[..., :-1] for each in (error, signal))
    which = np.searchsorted(EDGES_KM, arrays["depth_top"].values[:-1], side="right") - 1
    total = np.full((2, len(PARAMETERS), len(EDGES_KM)), np.nan)
    for p, parameter in enumerate(PARAMETERS):
        for k in range(len(EDGES_KM)):
            inside = which == k
            if inside.any() and parameter in parameters:
                row = parameters.index(parameter)
                total[:, p, k] = [float(np.nansum(each[:, row][..., inside])) for each in (error, signal)]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total[1] > 0, total[0] / total[1], np.nan)


def _pair(name: str, comparison: Mapping[str, Any]) -> dict[str, Any]:
    """Of two priors: difference in units of the seeds' difference, and what no number of seeds averages out."""
    rows = comparison["rows"]
    architecture, loss = name.split("--")[0].rsplit("-", 1)
    priors = list(rows[0]["priors"]) if rows else name.split("--")[1].split("-")
    return {
        "architecture": architecture,
        "loss": loss,
        "priors": priors,
        "test_set": comparison.get("test_set", ""),
        "seeds": min(comparison["seeds"].values(), default=0),
        "parameters": [_apart(rows, each) for each in PARAMETERS],
        "depths": comparison.get("depths", []),
    }


def _apart(rows: Sequence[Mapping[str, Any]], parameter: str) -> dict[str, Any]:
    ratio, effect = (_known(rows, metric, parameter) for metric in ("prior_ratio", "prior_effect"))
    return {
        "parameter": parameter,
        "ratio": middle(each["median"] for each in ratio),
        "effect": middle(each["median"] for each in effect),
        "largest": _largest(effect),
        "places": len(ratio),
        "beyond": sum(each["median"] > _CHANCE for each in ratio),
    }


def paragraph(found: Mapping[str, Any]) -> str:
    """What the numbers say."""
    gathered = liked.words(found["gathered"]) if found["cells"] else []
    sentences = [*_split_words(found["split"]), *gathered, *_told_apart(found), *_deep(found)]
    return " ".join(sentences) or "Nothing was measured of what the priors left in the networks: the question is open."


def _split_words(split: Mapping[str, Any] | None) -> list[str]:
    if split is None:
        return []
    lead = (
        "Off what training models vary in, kernels err by more of their part there than along it in "
        f"{of(split['worse'], split['kinds'], *KIND)}"
    )
    most = split["most"]
    return [f"{lead}; furthest apart are {most['title']}: {spread(most['on'])} along, {spread(most['off'])} off."]


def _told_apart(found: Mapping[str, Any]) -> list[str]:
    sentences = []
    for loss, whose in (("value", "that learned values alone"), ("sobolev", "that were taught kernels")):
        pairs = [
            (pair, entry)
            for pair in found["pairs"]
            for entry in pair["parameters"]
            if pair["loss"] == loss and entry["ratio"] is not None
        ]
        if not pairs:
            continue
        sentences += _often(found, loss, whose)
        pair, most = max(pairs, key=lambda each: each[1]["ratio"])
        name = f"{pair['architecture']} networks {whose}"
        if most["ratio"] <= found["chance"]:
            sentences.append(
                f"In {name}, priors leave no difference beyond that between seeds ({said(most['ratio'])} of it at "
                "most)."
            )
            continue
        sentences.append(
            f"In {name}, the {listed(pair['priors'])} priors differ most in {PARAMETERS[most['parameter']]}: "
            f"{said(most['ratio'])} times as much as seeds do, beyond {said(found['chance'])} in "
            f"{of(most['beyond'], most['places'], 'wave and band', 'waves and bands')}; no number of seeds averages "
            f"out {said(most['effect'])} of the kernel."
        )
    return sentences or ["Priors could not be held against one another: that takes two priors and two seeds."]


def _often(found: Mapping[str, Any], loss: str, whose: str) -> list[str]:
    """Of several comparisons, how many told two priors apart on any parameter."""
    known = [
        [e["ratio"] for e in pair["parameters"] if e["ratio"] is not None]
        for pair in found["pairs"]
        if pair["loss"] == loss
    ]
    told = [max(ratios) > found["chance"] for ratios in known if ratios]
    if len(told) < 2:
        return []
    return [f"Networks {whose} differ by their prior beyond what seeds do in {of(sum(told), len(told), 'comparison')}."]


def _deep(found: Mapping[str, Any]) -> list[str]:
    """Where in depth, of values alone: the worst range of each parameter."""
    held = [
        (cell, each)
        for cell in found["cells"]
        if cell["loss"] == "value"
        for each in cell["depths"]
        if each["parameter"] == "vs" and each["error"]["median"] is not None
    ]
    if not held:
        return []
    cell, worst = max(held, key=lambda each: each[1]["error"]["median"])
    own = [each for other, each in held if other is cell]
    best = min(own, key=lambda each: each["error"]["median"])
    return [
        f"In depth, Vs kernels of {cell['title']} are worst {_range(worst)}, with an error of {spread(worst['error'])} "
        f"of the kernel there, and best {_range(best)}, with {spread(best['error'])}."
    ]


def _range(entry: Mapping[str, Any]) -> str:
    if entry["bottom_km"] is None:
        return f"below {said(entry['top_km'])} km"
    return f"from {said(entry['top_km'])} to {said(entry['bottom_km'])} km"


def unanswered(found: Mapping[str, Any]) -> list[str]:
    """What is missing, one sentence each."""
    out = []
    if not found["pairs"]:
        out.append("The difference between priors in units of that between seeds: no comparison was made.")
    blank = [each["title"] for each in found["cells"] if each["on"]["median"] is None and each["off"]["median"] is None]
    return out + ([f"On and off the manifold: nothing for {listed(blank)}."] if blank else [])
