"""All numbers of a chunk of models: the forward's answers beside the exact ones."""

from collections.abc import Mapping

import numpy as np

from surfgrad.audit.exclusion import Exclusion, from_status
from surfgrad.audit.identities import identity_residuals
from surfgrad.audit.profile import profile_metrics
from surfgrad.audit.protocol import METRICS as PAPER_METRICS
from surfgrad.audit.protocol import PUBLISHED, paper_metrics, published_metrics
from surfgrad.audit.record import PARAMETERS
from surfgrad.records import Array, Kernels


def measure(
    learned: Kernels, exact: Kernels, models: tuple[Array, Array, Array, Array], mask: Array, outside: Array
) -> tuple[dict[str, Array], dict[str, Array], dict[str, Array]]:
    """Reasons, strict metrics and paper metrics of n models.

    `learned`, `exact`: arrays (n, W, T) and (n, W, T, L). `models`, `mask`: (n, L). `outside`: (n, T), samples that
    the forward was not asked for. Returns dictionaries of (n, W, T) and (n, W, P, T) arrays: "value_reason",
    "reason", "invented"; the metrics of `profile`; the metrics of `protocol`. A sample that is not judged has NaN.
    """
    value_reason = _value_reason(learned, exact, outside)
    reasons, strict = [], []
    for parameter in PARAMETERS:
        reason, metrics = _measure_parameter(learned, exact, parameter, value_reason, models[0], mask)
        reasons.append(reason)
        strict.append(metrics)
    profile = {name: np.stack([each[name] for each in strict], axis=2) for name in strict[0]}
    paper = _paper(learned, exact, reasons[PARAMETERS.index("vs")], models)
    invented = (value_reason == Exclusion.NO_MODE) & np.isfinite(learned.velocity)
    found = {"value_reason": value_reason, "reason": np.stack(reasons, axis=2), "invented": invented}
    return found, profile, paper


def measure_identities(
    kernels: Kernels, waves: tuple[str, ...], models: tuple[Array, Array, Array, Array], periods: Array, reason: Array
) -> dict[str, Array]:
    """Residuals of `identities`, (n, W, T), NaN where the value is not judged."""
    residuals: Mapping[str, Array] = identity_residuals(kernels, waves, models[1], models[2], models[3], periods)
    return {name: np.where(reason == Exclusion.JUDGED, each, np.nan) for name, each in residuals.items()}


def _value_reason(learned: Kernels, exact: Kernels, outside: Array) -> Array:
    reason = from_status(exact.status)
    _mark(reason, ~np.isfinite(exact.velocity), Exclusion.NOT_CONVERGED)
    _mark(reason, np.broadcast_to(outside[:, None, :], reason.shape), Exclusion.OUTSIDE_DOMAIN)
    _mark(reason, ~np.isfinite(learned.velocity), Exclusion.VALUE_NAN)
    return reason


def _mark(reason: Array, where: Array, why: Exclusion) -> None:
    """Give the reason to the samples that have none yet."""
    reason[where & (reason == Exclusion.JUDGED)] = why


def _measure_parameter(
    learned: Kernels, exact: Kernels, parameter: str, value_reason: Array, thickness: Array, mask: Array
) -> tuple[Array, dict[str, Array]]:
    reason = value_reason.copy()
    truth, yardstick, given = exact[parameter], exact["vs"], learned[parameter]
    if truth is None or yardstick is None:
        raise ValueError(f"the exact forward gives no {parameter} kernels")
    _mark(reason, ~np.isfinite(truth).all(axis=-1), Exclusion.NOT_CONVERGED)
    if given is None:
        _mark(reason, np.ones(reason.shape, dtype=bool), Exclusion.NOT_PROVIDED)
        given = np.full(truth.shape, np.nan)
    _mark(reason, ~np.isfinite(given).all(axis=-1), Exclusion.KERNEL_NAN)
    metrics = profile_metrics(given, truth, yardstick, thickness, mask)
    _mark(reason, ~np.isfinite(metrics["relative_l2"]), Exclusion.ZERO_KERNEL)
    return reason, {name: np.where(reason == Exclusion.JUDGED, each, np.nan) for name, each in metrics.items()}


def _paper(
    learned: Kernels, exact: Kernels, reason: Array, models: tuple[Array, Array, Array, Array]
) -> dict[str, Array]:
    if learned.vs is None or exact.vs is None:
        blank = np.full_like(learned.velocity, np.nan)
        return dict.fromkeys((*PAPER_METRICS, *PUBLISHED), blank)
    metrics = paper_metrics(learned.vs, exact.vs, models[0])
    metrics |= published_metrics(learned.vs, learned.velocity, exact.vs, exact.velocity, models[2], models[0])
    return {name: np.where(reason == Exclusion.JUDGED, each, np.nan) for name, each in metrics.items()}
