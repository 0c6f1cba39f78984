"""Does error gather where the own prior likes interfaces, and more than in networks that never saw that prior?

An error that is spread evenly in depth is large where the exact kernel is small, liked depth or not. So an excess says
nothing of the prior until networks of other priors, on the same models and at the same depths, have less of it. Even
then they may have smaller errors at all depths: cases are counted as the most that there can be.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from surfgrad.records import Array
from surfgrad.report.names import PARAMETERS, listed
from surfgrad.report.networks import Kind
from surfgrad.study.questions.statistics import middle, over_seeds
from surfgrad.study.questions.view import View
from surfgrad.study.questions.wording import of, said, spread

_ROUNDING = 1e-6
"""km."""


def gathered(view: View, limit: float | None) -> dict[str, Any]:
    """`lines`: one for each kind of network whose prior likes some depths, and parameter, on the prior's own test set.

    `own`: what those depths have of the error beyond the rate of the others, over the kernel; `others`: that of
    networks of the other priors, same architecture and loss, same models and depths; both over seeds. `beyond`: whether
    the own is above `limit` and, in every seed, above all others. Counted are the lines with both sides, `known`, and
    those `beyond`.
    """
    lines = [line for cell in view.cells for line in _lines(view, cell, limit)]
    known = sum(bool(each["own"]["n"] and each["others"]["n"]) for each in lines)
    return {"lines": lines, "known": known, "beyond": sum(each["beyond"] for each in lines), "limit": limit}


def _lines(view: View, cell: Kind, limit: float | None) -> list[dict[str, Any]]:
    liked = liked_km(view, cell)
    if not liked:
        return []
    alike = [each for each in view.cells if (each.architecture, each.loss) == (cell.architecture, cell.loss)]
    own, others = (
        [_excess(view, net.name, view.home(cell), liked) for each in cells for net in view.of(each)]
        for cells in ([cell], [each for each in alike if each != cell])
    )
    found = []
    for parameter in PARAMETERS:
        ours, theirs = (over_seeds(each.get(parameter) for each in side) for side in (own, others))
        known = ours["n"] > 0 and theirs["n"] > 0 and limit is not None
        beyond = known and ours["median"] > limit and ours["low"] > theirs["high"]
        sides = {"own": ours, "others": theirs, "beyond": bool(beyond)}
        found.append({**cell._asdict(), "title": cell.title, "parameter": parameter, "liked_km": liked, **sides})
    return found


def liked_km(view: View, cell: Kind) -> list[list[float]]:
    """Top and bottom of the depths that the cell's prior likes interfaces at, as its audits found them."""
    audits = view.audits(cell, view.home(cell))
    liked: list[list[float]] = audits[0]["further"].get("prior", {}).get("depths_liked_km", []) if audits else []
    return liked


def _excess(view: View, network: str, test_set: str, liked: Sequence[Sequence[float]]) -> dict[str, float | None]:
    """By parameter, the median over waves and bands of what the liked layers have of the error beyond the rate of the
    others, as a share of the kernel: the audit's `attraction` (`audit.attraction`), of medians over models by layer."""
    arrays = view.arrays(network, test_set)
    if arrays is None or "depth_error" not in arrays or "depth_top" not in arrays:
        return {}
    top, bottom = (arrays[f"depth_{end}"].values[:-1] for end in ("top", "bottom"))
    near = np.logical_or.reduce([(top >= a - _ROUNDING) & (bottom <= b + _ROUNDING) for a, b in liked])
    error, size = (arrays[f"depth_{name}"].values[..., :-1] for name in ("error", "signal"))
    shares = _shares(error, size, near)
    places = list(product(arrays["wave"].values, arrays["parameter"].values))
    by_place = dict(zip(places, shares.reshape(len(places), -1).tolist(), strict=True))
    return {
        parameter: middle(
            each
            for (wave, its), known in by_place.items()
            if its == parameter and (wave, its) != ("love", "vp")
            for each in known
        )
        for parameter in PARAMETERS
    }


def _shares(error: Array, size: Array, near: Array) -> Array:
    (near_error, near_size), (far_error, far_size) = (
        (error[..., side].sum(axis=-1), size[..., side].sum(axis=-1)) for side in (near, ~near)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((near_error - far_error / far_size * near_size) / (near_size + far_size))


def words(found: Mapping[str, Any]) -> list[str]:
    """In how many cases error gathers there because of the prior, and where most."""
    if not found["lines"]:
        return [
            "No prior here likes interfaces at some depths more than at others, so that attraction to them is not "
            "asked."
        ]
    if not found["known"]:
        return [
            "Whether error gathers at the depths that a prior likes interfaces at is open: there is no network of "
            "another prior to compare with."
        ]
    case = ("case (kind of network, parameter)", "cases (kind of network, parameter)")
    lead = (
        f"At the depths that their prior likes interfaces at, errors gather (an excess above {said(found['limit'])} of "
        "the kernel, and in every seed more than networks of other priors have there) in "
        f"{of(found['beyond'], found['known'], *case)} at most"
    )
    which = [each for each in found["lines"] if each["own"]["n"] and each["others"]["n"]]
    beyond = [each for each in which if each["beyond"]]
    most = max(beyond or which, key=lambda each: each["own"]["median"])
    where = (
        f"{most['title']}, {PARAMETERS[most['parameter']]}, {_depth_words(most['liked_km'])}: {spread(most['own'])} of "
        f"the kernel, where the others have {said(most['others']['low'])} to {said(most['others']['high'])}"
    )
    return [f"{lead}; clearest in {where}." if beyond else f"{lead}; the largest excess is no sign of it: {where}."]


def _depth_words(runs: Sequence[Sequence[float]]) -> str:
    told = [f"{said(float(top))} to {said(float(bottom))}" for top, bottom in runs[:4]]
    return f"{listed(told)} km{' and deeper' if len(runs) > 4 else ''}"
