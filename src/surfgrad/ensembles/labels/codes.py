"""Drawing the codes of directions, so that together they show a derivative at every scale and in every parameter."""

from dataclasses import dataclass

import numpy as np

from surfgrad.ensembles.labels.directions import Kind

Array = np.ndarray

CHANCES = 7
"""Uniform random numbers that one direction takes."""

_TURN = (Kind.MANIFOLD, Kind.BOX, Kind.BUMP, Kind.NOISE, Kind.MANIFOLD, Kind.BOX, Kind.BUMP, Kind.BOX)
"""Kinds come in turn, from a random start: few directions still are of several kinds."""
_VS, _VP_OR_RHO = 0.5, 0.125
"""Shares of directions in vs alone, and in each of vp and density alone; the others change all three."""
_REACH = 1.2
"""How deep windows are centred and noise goes, in wavelengths: below it a mode feels next to nothing."""
_SEEDS = 2**15


@dataclass(frozen=True)
class Codes:
    """What is stored of directions: `kind` (..., D), `weight` (..., D, 3) and `place` (..., D, 2)."""

    kind: Array
    weight: Array
    place: Array


def draw_codes(chance: Array, wavelength: Array, thickness: Array, pool: int) -> Codes:
    """Codes (n, D) from `chance` (n, D, CHANCES), uniform random numbers.

    `wavelength`: (n, D), km, the one that each direction is meant for; `thickness`: (n, L), km; `pool`: size of the
    pool (under 2: no direction on the manifold). Windows are centred between the surface and 1.2 wavelengths, more of
    them near the surface (their density falls with the root of depth); widths are log-uniform from one layer to that
    depth.
    """
    turn = np.array([kind for kind in _TURN if pool > 1 or kind is not Kind.MANIFOLD], np.uint8)
    start = (chance[:, :1, 0] * turn.size).astype(np.int64)
    kind = turn[(start + np.arange(chance.shape[1])) % turn.size]
    weight = np.where((kind == Kind.MANIFOLD)[..., None], 1, _weights(chance[..., 1], chance[..., 2]))
    reach = _layer_at(_REACH * wavelength, thickness) + 1  # layers felt
    centre = _layer_at(_REACH * wavelength * chance[..., 3] ** 2, thickness)
    width = np.exp(chance[..., 4] * np.log(reach + 1.0)).astype(np.int64)
    place = np.stack([centre - width // 2, width], axis=-1)
    place[kind == Kind.BOX] = _within(place[kind == Kind.BOX], thickness.shape[1])
    noise, manifold = kind == Kind.NOISE, kind == Kind.MANIFOLD
    place[noise] = np.stack([(chance[..., 5] * _SEEDS).astype(np.int64), reach], axis=-1)[noise]
    place[manifold] = _pairs(chance[..., 5], chance[..., 6], pool)[manifold]
    return Codes(kind, weight.astype(np.int8), place.astype(np.int16))


def _weights(which: Array, sign: Array) -> Array:
    """(..., 3) for vp, vs, rho: one of them alone, or all with signs of their own."""
    bits = (sign * 8).astype(np.int64)[..., None] >> np.arange(3)
    signs = 1 - 2 * (bits & 1)
    edges = np.array([_VS, _VS + _VP_OR_RHO, _VS + 2 * _VP_OR_RHO])
    masks = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1], [1, 1, 1]])
    return signs * masks[np.searchsorted(edges, which, side="right")]


def _layer_at(depth: Array, thickness: Array) -> Array:
    """(n, D), the layer in which each depth (n, D), km, lies; the half-space has no bottom."""
    bottoms = np.cumsum(thickness[:, :-1], axis=1)
    rows = zip(bottoms, depth, strict=True)
    return np.array([np.searchsorted(bottom, at, side="right") for bottom, at in rows], np.int64).reshape(depth.shape)


def _within(place: Array, layers: int) -> Array:
    """The same windows as first and count inside the model: a box that a surface cuts is a smaller box."""
    first = np.clip(place[:, 0], 0, layers - 1)
    end = np.minimum(place.sum(axis=1), layers)
    return np.stack([first, np.maximum(end - first, 1)], axis=-1)


def _pairs(one: Array, other: Array, pool: int) -> Array:
    """(..., 2) different entries of the pool."""
    first = (one * pool).astype(np.int64)
    second = (other * max(pool - 1, 1)).astype(np.int64)
    return np.stack([first, second + (second >= first)], axis=-1)
