"""(g) Fisher information: what data can tell by a network's word, and by the engine's."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.report.names import WAVES, listed
from surfgrad.report.networks import Kind
from surfgrad.study.questions.statistics import middle, over_seeds
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import again, fine, in_order, of, spread, without_loss

KEY, FIGURE = "g", "information"
TITLE = "Is the Fisher information right?"
QUESTION = (
    "Spectrum and leading subspace of the Fisher information: what a network says that data tell, against what they do."
)

METRICS = ("subspace_angle", "subspace_distance", "information", "information_ratio")
SAME = 0.95
"""Cosine down to which a learned direction is the exact one: 18 degrees."""


def numbers(view: View) -> dict[str, Any]:
    """By cell and wave, on the own prior and elsewhere: angles, information, and both spectra by rank."""
    cells = [entry for cell in view.cells for entry in _cell(view, cell)]
    limits = view.limits("subspace_distance", "information_ratio")
    return {
        "cells": cells,
        "groups": _groups(cells, limits),
        "limits": limits,
        "same": SAME,
        "noise": _noise(view),
    }


def _noise(view: View) -> float | None:
    """Standard deviation of data over the velocity."""
    for _, _, audit in view.every_audit():
        noise: float | None = audit["further"].get("options", {}).get("noise")
        return noise
    return None


def _cell(view: View, cell: Kind) -> list[dict[str, Any]]:
    found = []
    for where, sets in (("own prior", [view.home(cell)]), ("elsewhere", view.away(cell))):
        for wave in WAVES:
            seeds = [[view.audit(net.name, name) for name in sets] for net in view.of(cell)]
            metrics = {name: _metric(seeds, wave, name) for name in METRICS}
            if metrics["information"]["median"] is not None:
                place = {**cell._asdict(), "title": cell.title, "where": where, "wave": wave}
                found.append({**place, **metrics, **_spectra(view, cell, sets, wave)})
    return found


def _metric(seeds: Sequence[Sequence[Any]], wave: str, name: str) -> dict[str, Any]:
    """Over seeds, of the median over sets; the interval over models is the middle of the audits' own."""
    by_seed, intervals = [], []
    for audits in seeds:
        scores = [
            each
            for audit in audits
            if audit is not None
            for each in audit["scores"]
            if (each["metric"], each["wave"]) == (name, wave)
        ]
        by_seed.append(middle(each["median"] for each in scores))
        intervals += [each["interval"] for each in scores]
    return {**over_seeds(by_seed), "interval": [middle(each[k] for each in intervals) for k in (0, 1)]}


def _spectra(view: View, cell: Kind, sets: Sequence[str], wave: str) -> dict[str, Any]:
    """Medians over sets and seeds by rank, and how many exact directions above the noise the network has, too."""
    arrays = [view.arrays(net.name, name) for net in view.of(cell) for name in sets]
    by_rank = {
        name: _by_rank(arrays, f"rank_{name}", wave) for name in ("singular", "learned_singular", "spectral_cosine")
    }
    cosine = [each for each in by_rank["spectral_cosine"] if each is not None]
    return {**by_rank, "heard": len(cosine), "kept": sum(each >= SAME for each in cosine)}


def _groups(cells: Sequence[Mapping[str, Any]], limits: Mapping[str, Any]) -> list[dict[str, Any]]:
    """By loss and place: in how many cases the resolved subspace is right, the worst of them, and the amounts."""
    found = []
    for loss, where in in_order(cells):
        own = [each for each in cells if (each["loss"], each["where"]) == (loss, where)]
        far = [each["subspace_distance"]["median"] for each in own]
        right = sum(each is not None and each <= limits["subspace_distance"]["good"] for each in far)
        turned = [each for each in own if each["subspace_angle"]["median"] is not None]
        worst = max(turned, key=lambda each: each["subspace_angle"]["median"], default=None)
        known = [each for each in own if each["information_ratio"]["median"] is not None]
        ends = [pick(known, key=lambda each: each["information_ratio"]["median"], default=None) for pick in (min, max)]
        kept_keys = ("title", "wave", "subspace_angle", "heard", "kept")
        found.append(
            {
                "loss": loss,
                "where": where,
                "cases": len(own),
                "right": right,
                "right_amount": sum(
                    abs(each["information_ratio"]["median"] - 1.0) <= limits["information_ratio"]["good"]
                    for each in known
                ),
                "worst": worst and {key: worst[key] for key in kept_keys},
                **{
                    name: end and {"title": end["title"], **end["information_ratio"]}
                    for name, end in zip(("least", "most"), ends, strict=True)
                },
            }
        )
    return found


def _by_rank(arrays: Sequence[Any], name: str, wave: str) -> list[float | None]:
    """Median over audits."""
    rows = [each[name].sel(wave=wave).values for each in arrays if each is not None and name in each]
    return [middle(column) for column in np.array(rows).T.tolist()] if rows else []


def paragraph(found: Mapping[str, Any]) -> str:
    """What the numbers say."""
    if not found["cells"]:
        return "No spectrum was measured: the question is open."
    groups = found["groups"]
    return " ".join(f"{_subspace(each, k == 0)} {_amount(each, found['limits'])}" for k, each in enumerate(groups))


def _subspace(group: Mapping[str, Any], first: bool) -> str:
    """What a case is, is said with the first group."""
    taught = "taught kernels" if group["loss"] == "sobolev" else "values alone"
    place = "on the own prior" if group["where"] == "own prior" else "on other models"
    things = ("case (kind of network, wave)", "cases (kind of network, wave)") if first else ("case", "cases")
    right = of(group["right"], group["cases"], *things)
    text = f"With {taught}, {place}, what data resolve by the network's word is what they do resolve in {right}"
    worst = group["worst"]
    if worst is None:
        return f"{text}."
    heard = of(worst["kept"], worst["heard"], "direction above the noise", "directions above the noise")
    return (
        f"{text}; the two leading subspaces are up to {spread(worst['subspace_angle'])} degrees apart "
        f"({without_loss(worst['title'])}, {WAVES[worst['wave']]}), and the network keeps {heard} there."
    )


def _amount(group: Mapping[str, Any], limits: Mapping[str, Any]) -> str:
    least, most = group["least"], group["most"]
    if least is None or most is None:
        return "The amount of information could not be compared."
    good = limits["information_ratio"]["good"]
    large, small = most["median"] > 1.0 + good, least["median"] < 1.0 - good
    wrong = [f"too large (up to {fine(most['median'])} of the exact one, {_title(most)})"] if large else []
    wrong += [f"too small (down to {fine(least['median'])} of it, {_title(least)})"] if small else []
    if not wrong:
        return (
            f"The amount of information is right, {fine(least['median'])} to {fine(most['median'])} of the exact one."
        )
    return (
        f"The amount of information is right in {again(group['right_amount'], group['cases'])}; elsewhere it is "
        f"{listed(wrong)}: there error bars by the network's word are wrong."
    )


def _title(end: Mapping[str, Any]) -> str:
    return without_loss(end["title"])


def unanswered(found: Mapping[str, Any]) -> list[str]:
    """What is missing, one sentence each."""
    return [] if found["cells"] else ["Fisher information: no audit measured spectra."]
