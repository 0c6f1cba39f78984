"""From codes to directions: what a label is the derivative along, rebuilt instead of stored.

A direction is a change of (ln vp, ln vs, ln rho) of every layer, of Euclidean norm 1. Its code is a kind, a weight
(-1, 0 or 1) for each of the three, and two numbers:

    MANIFOLD  the difference of entries a and b of the pool of log models: a direction that the prior itself varies in
    BOX       layers first ... first + count - 1, alike; one layer is a box of one
    BUMP      the same window under a raised cosine; `first` may lie above the surface, which cuts the window
    NOISE     independent random signs in the topmost `count` layers, from a seed: all wavelengths alike
"""

from enum import IntEnum

import numpy as np

from surfgrad.ensembles.labels.noise import signs

Array = np.ndarray


class Kind(IntEnum):
    """The stored codes of `direction_kind`."""

    MANIFOLD = 0
    BOX = 1
    BUMP = 2
    NOISE = 3


def directions(kind: Array, weight: Array, place: Array, pool: Array, layers: int, dtype: type = np.float64) -> Array:
    """Directions (..., 3, L): changes of ln vp, ln vs, ln rho, each of norm 1, `dtype`.

    `kind`: (...), `weight`: (..., 3), `place`: (..., 2), as stored; `pool`: (P, 3, L), log models; `layers`: L. Raises
    ValueError for codes that no direction has.
    """
    shape = np.shape(kind)
    kind, weight, place = np.reshape(kind, -1), np.reshape(weight, (-1, 3)), np.reshape(place, (-1, 2))
    _check(kind, weight, place, len(pool), layers)
    out: Array = np.empty((kind.size, 3, layers), dtype)
    for code in Kind:
        rows = np.flatnonzero(kind == code)
        if rows.size:
            out[rows] = _of_kind(code, place[rows].astype(np.int64), pool, layers, dtype)
    out *= weight[:, :, None].astype(dtype)
    out /= np.sqrt(np.einsum("dpl,dpl->d", out, out))[:, None, None]
    return out.reshape(*shape, 3, layers)


def _of_kind(code: Kind, place: Array, pool: Array, layers: int, dtype: type) -> Array:
    """(n, 3 or 1, L), of any length."""
    first, count = place.T
    if code is Kind.MANIFOLD:
        return (pool[first] - pool[count]).astype(dtype)
    within = np.arange(layers) - first[:, None]
    inside = (within >= 0) & (within < count[:, None])
    if code is Kind.BOX:
        return inside[:, None].astype(dtype)
    if code is Kind.BUMP:
        crest = np.sin((np.pi / count[:, None]).astype(dtype) * (within + 0.5).astype(dtype)) ** 2
        return (crest * inside)[:, None]
    noise = signs(first, 3 * layers).reshape(-1, 3, layers)
    return (noise * (np.arange(layers) < count[:, None])[:, None]).astype(dtype)


def _check(kind: Array, weight: Array, place: Array, pool: int, layers: int) -> None:
    """Stored codes are read from files: refuse what would index outside or have no direction."""
    first, count = place.astype(np.int64).T
    manifold = kind == Kind.MANIFOLD
    good = np.isin(kind, list(Kind)) & (np.abs(weight.astype(np.int64)) <= 1).all(axis=1) & weight.any(axis=1)
    among = (first >= 0) & (first < pool) & (count >= 0) & (count < pool) & (first != count)
    window = (count >= 1) & ((kind == Kind.NOISE) | ((first < layers) & (first + count > 0)))
    good &= np.where(manifold, among, window)
    if not good.all():
        row = int(np.argmin(good))
        given = f"kind {kind[row]}, weight {weight[row].tolist()}, place {place[row].tolist()}"
        raise ValueError(f"direction {row}: {given}; not a direction of {layers} layers and a pool of {pool}")
