"""How far a model's exact curves are from observed ones."""

from typing import Any

import numpy as np

from surfgrad.curves.observed import ObservedCurves
from surfgrad.explore.messages import Branch, Layers

Array = np.ndarray


def misfit(model: Layers, data: ObservedCurves) -> dict[str, Any]:
    """The engine at the observed periods against the values observed there.

    `count`: observations; `without_value`: those at whose period the model has no such mode, which no sum below holds.
    `chi_square`: mean of (residual/sigma)^2 over the `weighed` observations that have a sigma (1: off by as much as
    their errors; nothing is taken off for parameters, since no fit was made). `rms`: of the residuals of velocities,
    km/s, and of H/V. None where nothing is left to judge by.
    """
    from surfgrad.explore.solve import solved, value_of

    predicted = np.full(len(data), np.nan)
    for (wave, kind, mode), _ in data.curves():
        rows = (data.wave == wave) & (data.kind == kind) & (data.mode == mode)
        branch = Branch.model_construct(wave=wave, mode=mode)
        predicted[rows] = value_of(solved(kind, model, data.period_s[rows], branch))
    return summary(predicted, data)


def summary(predicted: Array, data: ObservedCurves) -> dict[str, Any]:
    """The numbers of `misfit` from predictions (n,), NaN where there is none."""
    residual = predicted - data.value
    known = np.isfinite(residual)
    weighed = known & np.isfinite(data.sigma)
    ratio = data.kind == "ellipticity"
    return {
        "count": len(data),
        "without_value": int((~known).sum()),
        "weighed": int(weighed.sum()),
        "chi_square": _mean_square(residual[weighed] / data.sigma[weighed]),
        "rms_velocity": _root(_mean_square(residual[known & ~ratio])),
        "rms_ellipticity": _root(_mean_square(residual[known & ratio])),
    }


def _mean_square(values: Array) -> float | None:
    return float(np.mean(values**2)) if values.size else None


def _root(value: float | None) -> float | None:
    return None if value is None else float(np.sqrt(value))
