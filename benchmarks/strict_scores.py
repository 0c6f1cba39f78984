"""A forward against the exact engine on a test set, as a few strict numbers: no smoothing, no normalisation."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from surfgrad.audit.bands import Band, band_index, bands_of
from surfgrad.audit.identities import identity_residuals
from surfgrad.audit.profile import profile_metrics
from surfgrad.contracts import Forward
from surfgrad.earth.priors import Subspace, draw
from surfgrad.records import Kernels
from surfgrad.waves.forward import ExactForward

Models = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
PARAMETERS = ("vs", "vp", "rho")
PART = 20  # models asked at once


def drawn_models(source: str, count: int, seed: int) -> Models:
    """`count` models of a prior, or land columns of LITHO1.0 ("litho1"): four arrays (N, L)."""
    if source == "litho1":
        from surfgrad.earth.litho1 import litho1_models

        return litho1_models(count, seed).arrays
    drawn = [draw(source, seed, index) for index in range(count)]
    thickness, vp, vs, rho = (np.array([model[row] for model in drawn]) for row in range(4))
    return thickness, vp, vs, rho


def exact_kernels(forward: Forward, models: Models, periods: np.ndarray) -> list[Kernels]:
    """What `forward` should say, by parts of the models."""
    engine = ExactForward(waves=forward.waves, threads=1)
    return [engine.jacobian(part, periods) for part in _parts(models)]


def strict_scores(
    forward: Forward,
    models: Models,
    periods: np.ndarray,
    subspace: Subspace | None = None,
    exact: list[Kernels] | None = None,
) -> dict[str, dict[str, float]]:
    """By wave: value MAE (km/s), medians of kernel metrics over all periods and by band, share of values missing,
    identities.

    `subspace`: of the training prior; with it the log kernels' parts on and off it. `exact`: what `exact_kernels`
    gives, where it is known already.
    """
    exact = exact or exact_kernels(forward, models, periods)
    given = zip(_parts(models), exact, strict=True)
    parts = [_part(forward, models_part, truth, periods, subspace) for models_part, truth in given]
    together = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    bands = bands_of(periods)
    index = band_index(periods, bands)
    return {
        wave: _summary({name: values[:, row] for name, values in together.items()}, bands, index)
        for row, wave in enumerate(forward.waves)
    }


def _parts(models: Models) -> list[Any]:
    return [tuple(each[at : at + PART] for each in models) for at in range(0, len(models[0]), PART)]


def _part(
    forward: Forward, models: Any, exact: Kernels, periods: np.ndarray, subspace: Subspace | None
) -> dict[str, np.ndarray]:
    """Arrays (n, W, T) by name, NaN where the exact engine has no value."""
    learned = forward.jacobian(models, periods)
    known = np.isfinite(exact.velocity)
    out = {
        "error": np.where(known, np.abs(learned.velocity - exact.velocity), np.nan),
        "missing": np.where(known, ~np.isfinite(learned.velocity), np.nan),
    }
    mask = np.ones(models[0].shape, dtype=bool)
    assert exact.vs is not None
    for name in PARAMETERS:
        given, truth = learned[name], exact[name]
        assert given is not None
        assert truth is not None
        found = profile_metrics(given, truth, exact.vs, models[0], mask)
        out |= {f"{name} {metric}": found[metric] for metric in ("relative_l2", "cosine", "amplitude_ratio")}
        out[f"{name} halfspace"] = found["halfspace_error"]
    residuals = identity_residuals(learned, forward.waves, *models[1:], periods)
    out |= {f"identity {name}": np.abs(values) for name, values in residuals.items()}
    if subspace is not None:
        out |= _on_and_off(_log_kernels(learned, models), _log_kernels(exact, models), subspace)
    return out


def _log_kernels(kernels: Kernels, models: Any) -> np.ndarray:
    """(n, W, T, 3, L): by log vp, vs, rho."""
    _, vp, vs, rho = models
    named = (kernels.vp, kernels.vs, kernels.rho)
    return np.stack([k * m[:, None, None] for k, m in zip(named, (vp, vs, rho), strict=True)], axis=-2)


def _on_and_off(learned: np.ndarray, exact: np.ndarray, subspace: Subspace) -> dict[str, np.ndarray]:
    """Relative L2 error and cosine of each part, and the share of the exact kernel's norm that it holds."""
    whole = np.sqrt(np.square(exact).sum(axis=(-2, -1)))
    out = {}
    for name, one, other in zip(("on", "off"), subspace.split(learned), subspace.split(exact), strict=True):
        product, first, second, error = (
            (a * b).sum(axis=(-2, -1)) for a, b in ((one, other), (one, one), (other, other), (one - other,) * 2)
        )
        out[f"{name}-manifold relative_l2"] = np.sqrt(error / second)
        out[f"{name}-manifold cosine"] = product / np.sqrt(first * second)
        out[f"{name}-manifold share"] = np.sqrt(second) / whole
    return out


def _summary(values: dict[str, np.ndarray], bands: Sequence[Band], index: np.ndarray) -> dict[str, float]:
    """Of arrays (N, T)."""
    found = {"value MAE": float(np.nanmean(values["error"])), "missing": float(np.nanmean(values["missing"]))}
    parts = [name for name in (*PARAMETERS, "on-manifold", "off-manifold") if f"{name} cosine" in values]
    for part in parts:
        for metric, name in (("relative_l2", "L2"), ("cosine", "cosine")):
            of = values[f"{part} {metric}"]
            found[f"{part} {name}"] = _median(of)
            for number, band in enumerate(bands):
                found[f"{part} {name} {band.name} s"] = _median(of[:, index == number])
    found["vs cosine p5"] = _quantile(values["vs cosine"], 0.05)
    found["vs amplitude ratio"] = _median(values["vs amplitude_ratio"])
    found["vs half-space"] = _median(values["vs halfspace"])
    rest = [name for name in values if name.startswith("identity") or name.endswith("share")]
    return found | {name: _median(values[name]) for name in rest}


def _median(values: np.ndarray) -> float:
    return _quantile(values, 0.5)


def _quantile(values: np.ndarray, level: float) -> float:
    known = values[np.isfinite(values)]
    return float(np.quantile(known, level)) if known.size else float("nan")
