"""Answers to what the page asks of the exact engine."""

from typing import Any

import numpy as np

from surfgrad.curves.observed import ObservedCurves
from surfgrad.explore.messages import Branch, CurvesAsked, KernelAsked, Layers
from surfgrad.explore.misfit import misfit
from surfgrad.explore.plain import codes, plain
from surfgrad.records import Dispersion, Ellipticity, Kernels

Array = np.ndarray


def curves_answer(asked: CurvesAsked, data: ObservedCurves | None) -> dict[str, Any]:
    """Curves and kernels as lists, None where the status beside them says why there is none.

    Raises ModelError naming the first bad entry of a model.
    """
    periods = np.array(asked.periods)
    kernels = [] if asked.kernel is None else [_kernels(asked.model, periods, asked.kernel, b) for b in _fit(asked)]
    return {
        "answer": "curves",
        "id": asked.id,
        "branches": [_branch(asked.model, periods, branch) for branch in asked.branches],
        "kernels": kernels,
        "misfit": None if data is None else misfit(asked.model, data),
    }


def _fit(asked: CurvesAsked) -> list[Branch]:
    """The branches that have such kernels: Love waves have no ellipticity."""
    kernel = asked.kernel
    if kernel is None:
        return []
    return [each for each in kernel.branches if kernel.quantity != "ellipticity" or each.wave == "rayleigh"]


def _branch(model: Layers, periods: Array, branch: Branch) -> dict[str, Any]:
    phase, group = solved("phase", model, periods, branch), solved("group", model, periods, branch)
    curves = {"phase": phase, "group": group}
    if branch.wave == "rayleigh":
        curves["ellipticity"] = solved("ellipticity", model, periods, branch)
    return {
        "wave": branch.wave,
        "mode": branch.mode,
        **{kind: {"values": plain(value_of(each)), "status": codes(each.status)} for kind, each in curves.items()},
    }


def solved(kind: str, model: Layers, periods: Array, branch: Branch) -> Dispersion | Ellipticity:
    """One curve of one branch, with its statuses."""
    from surfgrad.waves.ellipticity import ellipticity_curve
    from surfgrad.waves.group import group_dispersion
    from surfgrad.waves.phase import dispersion

    if kind == "ellipticity":
        return ellipticity_curve(*model.arrays, periods, mode=branch.mode)
    solve = {"phase": dispersion, "group": group_dispersion}[kind]
    return solve(*model.arrays, periods, wave=branch.wave, mode=branch.mode)


def value_of(curve: Dispersion | Ellipticity) -> Array:
    """km/s, or H/V."""
    return curve.ellipticity if isinstance(curve, Ellipticity) else curve.velocity


def _kernels(model: Layers, periods: Array, asked: KernelAsked, branch: Branch) -> dict[str, Any]:
    found = _solve_kernels(model, periods, asked, branch)
    values = found[asked.parameter]
    return {
        "wave": branch.wave,
        "mode": branch.mode,
        "status": codes(found.status),
        "values": [] if values is None else plain(values),
    }


def _solve_kernels(model: Layers, periods: Array, asked: KernelAsked, branch: Branch) -> Kernels:
    from surfgrad.waves.ellipticity import ellipticity_kernels
    from surfgrad.waves.group_kernels import group_kernels
    from surfgrad.waves.kernels import phase_kernels

    if asked.quantity == "ellipticity":
        return ellipticity_kernels(*model.arrays, periods, mode=branch.mode, per=asked.per)
    solve = {"phase": phase_kernels, "group": group_kernels}[asked.quantity]
    return solve(*model.arrays, periods, wave=branch.wave, mode=branch.mode, per=asked.per)
