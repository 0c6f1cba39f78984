"""An inversion in numbers: what summary.json says."""

from dataclasses import asdict
from typing import Any

import numpy as np

from surfgrad.inversion.least_squares import FitStatus
from surfgrad.inversion.observations import Observations
from surfgrad.inversion.optima import distinct_optima
from surfgrad.inversion.run import Inversion
from surfgrad.records import Array

_LOW_RESOLUTION = 1.0
_NO_OPTIMUM = (
    "The best start has not converged: what is given is where it stopped, not an optimum. Other starts (--starts, "
    "--seed), or fewer layers or control points, may help."
)


def fit_of(observed: Observations, predicted: Array) -> dict[str, Any]:
    """How well data are met, all together and by curve: chi-square over their number, and rms, km/s or H/V."""
    residual = (predicted - observed.value) / observed.sigma
    found: dict[str, Any] = {"data": len(observed), **_numbers(residual, predicted - observed.value)}
    found["curves"] = [
        {"wave": wave, "kind": kind, "mode": mode, "data": int(each.rows.size)}
        | _numbers(residual[each.rows], (predicted - observed.value)[each.rows])
        for each in observed.branches
        for wave, kind, mode in (each.key,)
    ]
    return found


def _numbers(residual: Array, difference: Array) -> dict[str, float]:
    return {
        "chi_square_per_datum": float(np.mean(residual**2)),
        "rms": float(np.sqrt(np.mean(difference**2))),
        "largest_residual_in_sigma": float(np.max(np.abs(residual))),
    }


def summarised(done: Inversion) -> dict[str, Any]:
    """The record of an inversion as JSON holds it."""
    found, believed = done.optimum, done.posterior.predictions(done.optimum.x[None])[0]
    exact = done.exact.predictions(done.optimum.x[None])[0]
    statuses = [FitStatus(int(code)) for code in found.starts.status]
    observed, optima = done.posterior.observed, distinct_optima(found)
    determined = float(np.trace(found.resolution))
    chi = float((((exact - observed.value) / observed.sigma) ** 2).sum())
    freedom = len(observed) - determined
    return {
        "method": done.plan.method,
        "plan": asdict(done.plan) | {"chains": done.plan.side_by_side},
        "seconds": done.seconds,
        "models_compared": [
            {"model": each.model, "coordinates": each.coordinates, "log_evidence": _plain(each.log_evidence)}
            | {"probability": each.probability, "chi_square_per_datum": _plain(each.chi_square_per_datum)}
            for each in done.compared
        ],
        "prior": done.posterior.prior.card(),
        "physics": done.posterior.physics.card(),
        "noise": {
            "scale": "inferred" if done.posterior.scale is not None else "as stated",
            "correlated": done.posterior.noise.weights.ndim == 2,
            "model_error_models": done.plan.model_error,
        },
        "optimum": {
            "log_density": found.log_density,
            "noise_scale": found.scale,
            "fit_as_believed": fit_of(observed, believed),
            "fit_by_the_exact_engine": fit_of(observed, exact),
            "reduced_chi_square": chi / freedom / found.scale**2 if freedom > _LOW_RESOLUTION else None,
            "determined_coordinates": determined,
            "laplace_log_evidence": optima.log_evidence,
            "ended": FitStatus.CONVERGED.sentence if found.converged else _NO_OPTIMUM,
            "converged": found.converged,
        },
        "starts": {
            "count": len(statuses),
            "by_status": {status.name: statuses.count(status) for status in FitStatus},
            "median_iterations": float(np.median(found.starts.iterations)),
            "acceptable": int(found.acceptable.sum()),
            "acceptable_within_log_density": found.tolerance,
            "distinct_optima": [
                {"log_density": float(log), "share_of_laplace_mixture": float(share)}
                for log, share in zip(optima.log_density, optima.share, strict=True)
            ],
        },
        "sampling": _sampling(done),
    }


def _sampling(done: Inversion) -> dict[str, Any] | None:
    samples, evidence = done.samples, done.convergence
    if samples is None:
        return None
    found: dict[str, Any] = {
        "method": samples.method,
        "chains": samples.chains,
        "draws": samples.draws,
        "seconds": samples.seconds,
        "converged": None,
        "sentences": ["Independent draws of the Gaussian around the optimum, which is an approximation."],
    }
    if evidence is not None:
        found |= {
            "converged": evidence.passed,
            "sentences": list(evidence.sentences),
            "largest_r_hat": _plain(np.max(evidence.r_hat)),
            "least_bulk_ess": _plain(np.min(evidence.ess_bulk)),
            "least_tail_ess": _plain(np.min(evidence.ess_tail)),
            "divergences": evidence.divergences,
        }
    for name in ("acceptance_rate", "first_stage_acceptance", "second_stage_acceptance"):
        if name in samples.statistics:
            found[f"mean_{name}"] = _plain(np.nanmean(samples.statistics[name]))
    return found


def _plain(value: Any) -> float | None:
    """JSON has no NaN."""
    return float(value) if np.isfinite(value) else None
