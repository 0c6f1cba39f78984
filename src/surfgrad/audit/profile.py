"""Strict metrics of one kernel profile against another: physical units, no smoothing, the half-space apart."""

import numpy as np

from surfgrad.records import Array

HALFSPACE_FLOOR = 0.01
"""Share of the total sensitivity below which the half-space's own kernel is too small a yardstick."""

ZERO_SHARE = 1e-9
"""An exact kernel below this share of its yardstick's norm counts as zero (Love vp): rounding, not sensitivity."""

METRICS = (
    "relative_l2",
    "cosine",
    "amplitude_ratio",
    "sign_agreement",
    "centroid_shift_km",
    "centroid_shift",
    "roughness_ratio",
    "halfspace_error",
)


def profile_metrics(learned: Array, exact: Array, yardstick: Array, thickness: Array, mask: Array) -> dict[str, Array]:
    """Every strict metric of `learned` against `exact`, both (n, W, T, L) d(velocity)/d(parameter) per layer.

    `yardstick`: (n, W, T, L), the kernel whose norm stands in for `exact` where that is zero (the vs kernel).
    `thickness`, `mask`: (n, L), km, and which layers are real. Returns (n, W, T) arrays, NaN wherever either side has a
    NaN in a real layer, or where the metric is not defined (shape metrics of a zero kernel). With K the exact
    profile over the finite layers and K^ the learned one:

    - relative_l2: |K^ - K| / |K|; where K = 0 (Love vp) |K^| / |yardstick|;
    - cosine: <K^, K> / |K^||K|; amplitude_ratio: <K^, K> / <K, K>;
    - sign_agreement: share of sum |K| whose layers have the sign of K (weighted, so that near-zeros do not vote);
    - centroid_shift_km: depth centroid of |K^| minus that of |K|, km; centroid_shift: its size over the exact centroid;
    - roughness_ratio: |difference of neighbouring layers| of K^ over that of K (above 1: noisy, below 1: smoothed);
    - halfspace_error: |K^_h - K_h| over the larger of |K_h| and 1 % of the exact sum |K| of all layers.
    """
    real = mask[:, None, None, :]
    learned, exact, yardstick = (np.where(real, each, 0.0) for each in (learned, exact, yardstick))
    a, b = learned[..., :-1], exact[..., :-1]
    norm, spare = _norm(b), _norm(yardstick[..., :-1])
    is_zero = norm <= ZERO_SHARE * spare
    with np.errstate(divide="ignore", invalid="ignore"):
        metrics = {"relative_l2": _norm(a - b) / np.where(is_zero, spare, norm)}
        metrics |= _shape_metrics(a, b, norm, thickness)
        metrics["roughness_ratio"] = _roughness_ratio(a, b, mask)
        for name in metrics:
            if name != "relative_l2":
                metrics[name] = np.where(is_zero, np.nan, metrics[name])
        metrics["halfspace_error"] = _halfspace_error(learned, exact, yardstick, is_zero)
    return {name: np.where(np.isfinite(metrics[name]), metrics[name], np.nan) for name in METRICS}


def _norm(profile: Array) -> Array:
    return np.sqrt(np.einsum("...l,...l->...", profile, profile))


def _shape_metrics(a: Array, b: Array, norm: Array, thickness: Array) -> dict[str, Array]:
    product = np.einsum("...l,...l->...", a, b)
    weight = np.abs(b)
    centroid = _centroid(b, thickness)
    shift = _centroid(a, thickness) - centroid
    agreement = np.where(np.sign(a) == np.sign(b), weight, 0.0).sum(axis=-1) / weight.sum(axis=-1)
    return {
        "cosine": product / (norm * _norm(a)),
        "amplitude_ratio": product / norm**2,
        "sign_agreement": np.where(np.isnan(product), np.nan, agreement),
        "centroid_shift_km": shift,
        "centroid_shift": np.abs(shift) / centroid,
    }


def _centroid(profile: Array, thickness: Array) -> Array:
    """Depth centroid of |profile| over the finite layers, km."""
    finite = thickness[:, :-1]
    middle = np.cumsum(finite, axis=-1) - 0.5 * finite
    weight = np.abs(profile)
    return np.einsum("nwtl,nl->nwt", weight, middle) / weight.sum(axis=-1)


def _roughness_ratio(a: Array, b: Array, mask: Array) -> Array:
    both = (mask[:, :-2] & mask[:, 1:-1])[:, None, None, :]
    return _norm(np.where(both, np.diff(a, axis=-1), 0.0)) / _norm(np.where(both, np.diff(b, axis=-1), 0.0))


def _halfspace_error(learned: Array, exact: Array, yardstick: Array, is_zero: Array) -> Array:
    total = np.where(is_zero, np.abs(yardstick).sum(axis=-1), np.abs(exact).sum(axis=-1))
    size = np.maximum(np.abs(exact[..., -1]), HALFSPACE_FLOOR * total)
    return np.abs(learned[..., -1] - exact[..., -1]) / size
