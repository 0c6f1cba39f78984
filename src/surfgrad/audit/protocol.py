"""The protocol of Yu, Cai & Liu (2026), corrected: smoothed, normalised vs kernels, the same quantity on both sides."""

import numpy as np

from surfgrad.records import Array

DEPTH = 110.0
"""Deepest layer middle that the protocol looks at, km."""
POINTS = 9
"""Width of the moving average, layers."""
METRICS = ("paper_cosine", "paper_correlation", "paper_rmse", "paper_mae")


def paper_metrics(learned: Array, exact: Array, thickness: Array) -> dict[str, Array]:
    """Cosine, correlation, RMSE and MAE of dc/dvs after smoothing and L1 normalisation; all (n, W, T), no unit.

    `learned`, `exact`: (n, W, T, L); `thickness`: (n, L), km. The profile holds the layers whose middle lies at or
    above 110 km, is averaged over 9 neighbouring layers (fewer at the two ends) and divided by its sum of sizes.
    The protocol is stated for an even depth grid: NaN for a model whose layers are uneven there or fewer than 9.
    """
    result = {name: np.full(learned.shape[:-1], np.nan) for name in METRICS}
    for number in range(learned.shape[0]):
        count = _even_layers(thickness[number])
        if count >= POINTS:
            a, b = (_normalise(smooth(each[number, ..., :count])) for each in (learned, exact))
            for name, values in _compare(a, b).items():
                result[name][number] = values
    return result


PUBLISHED = ("paper_published", "paper_ceiling")


def published_metrics(
    learned: Array, velocity: Array, exact: Array, exact_velocity: Array, vs: Array, thickness: Array
) -> dict[str, Array]:
    """The cosine as it was published, of two different quantities, and the best that it can be; both (n, W, T).

    The network's side is d ln c / d ln vs, the theoretical side dc/dvs, each smoothed and normalised as above.
    `paper_published`: of the forward; `paper_ceiling`: of the exact kernels against themselves, which falls short of 1
    by what the factor vs / c, different in every layer, does to the shape. `learned`, `exact`: (n, W, T, L) dc/dvs per
    layer; `velocity`, `exact_velocity`: (n, W, T), km/s; `vs`, `thickness`: (n, L).
    """
    found = []
    for kernel, c in ((learned, velocity), (exact, exact_velocity)):
        logarithmic = kernel * vs[:, None, None, :] / c[..., None]
        found.append(paper_metrics(logarithmic, exact, thickness)["paper_cosine"])
    return dict(zip(PUBLISHED, found, strict=True))


def smooth(profile: Array, points: int = POINTS) -> Array:
    """Moving average of `profile` (..., L) over `points` neighbours, over those that exist near the two ends."""
    half, length = points // 2, profile.shape[-1]
    total = np.concatenate([np.zeros_like(profile[..., :1]), np.cumsum(profile, axis=-1)], axis=-1)
    first = np.maximum(np.arange(length) - half, 0)
    last = np.minimum(np.arange(length) + half + 1, length)
    return (total[..., last] - total[..., first]) / (last - first)


def _even_layers(thickness: Array) -> int:
    """How many finite layers have their middle above the protocol's depth; 0 when they are not equally thick."""
    finite = thickness[:-1]
    middle = np.cumsum(finite) - 0.5 * finite
    used = finite[middle <= DEPTH]
    if not used.size or used[0] <= 0 or np.ptp(used) > 1e-6 * used[0]:
        return 0
    return int(used.size)


def _normalise(profile: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return profile / np.abs(profile).sum(axis=-1, keepdims=True)


def _compare(a: Array, b: Array) -> dict[str, Array]:
    return {
        "paper_cosine": _cosine(a, b),
        "paper_correlation": _cosine(a - a.mean(axis=-1, keepdims=True), b - b.mean(axis=-1, keepdims=True)),
        "paper_rmse": np.sqrt(((a - b) ** 2).mean(axis=-1)),
        "paper_mae": np.abs(a - b).mean(axis=-1),
    }


def _cosine(a: Array, b: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return (a * b).sum(axis=-1) / np.sqrt((a**2).sum(axis=-1) * (b**2).sum(axis=-1))
