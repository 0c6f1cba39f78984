"""Pieces of layers, the banded system that ties their vectors together, and its null vector (see `modeshape`)."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import get_lapack_funcs

from surfgrad.waves.modeshape_system import (
    exponential,
    exponential_solutions,
    pairing,
    squares,
    stress_unit,
    system,
)

Array = np.ndarray
Model = tuple[Array, Array, Array, Array]
DEEP = 40.0
"""Exponent after which a decaying solution is left out: e^-40 = 4e-18."""


@dataclass(frozen=True)
class Pieces:
    """Layers cut into n pieces. `layer`, `top` (depth, km), `t` (thickness in units of 1/k), `empty` (bool): (n,)."""

    layer: Array
    top: Array
    t: Array
    empty: Array


def cut(model: Model, k: float, c: float) -> Pieces:
    """Pieces with t, t |p|, t |q| at most 1, but for the empty middle of evanescent layers thicker than 2 DEEP."""
    thickness, vp, vs, _ = model
    q2 = squares(c, vp, vs)[1]
    reach = 1.0 / np.maximum(1.0, np.sqrt(np.abs(q2)))
    layer, t, empty = [], [], []
    for i in range(len(vs) - 1):
        parts = _cut_layer(k * thickness[i], reach[i], q2[i])
        layer += [i] * len(parts)
        t += [length for length, _ in parts]
        empty += [nothing for _, nothing in parts]
    if not layer:
        layer, t, empty = [len(vs) - 1], [0.0], [False]  # nothing above the half-space: a slice of no thickness
    lengths = np.array(t, dtype=float)
    top = np.concatenate([[0.0], np.cumsum(lengths)])[:-1] / k
    return Pieces(np.array(layer, dtype=np.int64), top, lengths, np.array(empty, dtype=bool))


def _cut_layer(t: float, reach: float, q2: float) -> list[tuple[float, bool]]:
    """(length, empty) of every piece of a layer of thickness t."""
    edge = DEEP / np.sqrt(q2) if q2 > 0.0 else np.inf
    if t <= 2.0 * edge:
        n = max(1, int(np.ceil(t / reach)))
        return [(t / n, False)] * n
    n = int(np.ceil(edge / reach))
    side = [(edge / n, False)] * n
    return [*side, (t - 2.0 * edge, True), *side]


def solve(wave: str, model: Model, c: float, pieces: Pieces) -> tuple[Array, Array]:
    """The mode: vectors (n, d) at the tops of the pieces and amplitudes (d/2,) in the half-space, of any size."""
    half = 1 if wave == "love" else 2
    rows = _rows(wave, model, c, pieces)
    x = _null_vector(_band(rows, half), 3 * half - 1)
    nodes = x[:-half].reshape(-1, 2 * half)
    nodes[:1, half:] = 0.0  # rather than what rounding leaves
    return nodes, x[-half:]


def _rows(wave: str, model: Model, c: float, pieces: Pieces) -> tuple[Array, Array]:
    """Blocks (n, d, d) that multiply x at the top and at the bottom of every piece; their sum is to vanish.

    Vectors are in the units of the medium below them; the last bottom block's columns are the half-space's solutions.
    """
    _, vp, vs, rho = model
    layer, d = pieces.layer, 2 if wave == "love" else 4
    p2, q2 = squares(c, vp[layer], vs[layer])
    t = np.where(pieces.empty, 0.0, pieces.t)
    top = exponential(system(wave, c, vp[layer], vs[layer]), p2, q2, t[:, None])[:, 0]
    unit = stress_unit(c, vs, rho)
    below = np.append(layer[1:], len(vs) - 1)
    change = np.ones((len(layer), d))
    change[:, d // 2 :] = (unit[below] / unit[layer])[:, None]
    bottom = -np.eye(d) * change[:, None, :]
    for j in np.flatnonzero(pieces.empty):
        top[j], bottom[j] = _empty_rows(wave, c, vp[layer[j]], vs[layer[j]])
    water = vs[layer] == 0.0
    if water.any():
        # Idle places: r1 = 0 above, free below; r3, 0 at the surface, stays so down to the sea floor.
        top[water, 0], bottom[water, 0] = np.eye(4)[0], 0.0
        top[water, 2], bottom[water, 2] = np.eye(4)[2], -np.eye(4)[2]
    bottom[-1, :, : d // 2] = bottom[-1] @ exponential_solutions(wave, c, vp[-1], vs[-1], -1.0)
    size = np.maximum(1.0, change)[:, :, None]
    return top / size, bottom / size


def _empty_rows(wave: str, c: float, vp: float, vs: float) -> tuple[Array, Array]:
    """Nothing grows downwards below the top, nothing grows upwards above the bottom."""
    falling, rising = (exponential_solutions(wave, c, vp, vs, sign) for sign in (-1.0, 1.0))
    d, half = falling.shape
    top, bottom = np.zeros((d, d)), np.zeros((d, d))
    # W(v, x) as a row that multiplies x; the P rows stand where water has its own.
    rows = [1, 0][:half] if half == 2 else [0]
    top[rows] = pairing(falling.T[:, None, :], np.eye(d)[None])
    bottom[[d - 1, d - 2][:half]] = pairing(rising.T[:, None, :], np.eye(d)[None])
    return top, bottom


def _band(rows: tuple[Array, Array], half: int) -> Array:
    """LAPACK band storage (room for pivoting included): the surface's stresses, then every piece's rows."""
    top, bottom = rows
    n, d, width = len(top), 2 * half, 3 * half - 1
    band = np.zeros((3 * width + 1, n * d + half))

    def put(i: Array, j: Array, values: Array) -> None:
        inside = np.broadcast_to(j < band.shape[1], values.shape)
        i, j = np.broadcast_to(i, values.shape)[inside], np.broadcast_to(j, values.shape)[inside]
        band[2 * width + i - j, j] = values[inside]

    put(np.arange(half), half + np.arange(half), np.ones(half))
    i = half + d * np.arange(n)[:, None, None] + np.arange(d)[:, None]
    j = d * np.arange(n)[:, None, None] + np.arange(d)
    put(i, j, top)
    put(i, j + d, bottom)
    return band


def _null_vector(band: Array, width: int) -> Array:
    """Inverse iteration: x = M^-1 b, b from the left null vector M^-T x, twice."""
    factor, back = get_lapack_funcs(("gbtrf", "gbtrs"), (band,))
    lu, pivots, _ = factor(band, width, width)
    diagonal = lu[2 * width]
    diagonal[diagonal == 0.0] = np.finfo(float).eps * np.max(np.abs(diagonal))
    b = np.ones(band.shape[1])
    for _ in range(2):
        x = back(lu, width, width, b, pivots)[0]
        b = back(lu, width, width, x / np.max(np.abs(x)), pivots, trans=1)[0]
        b /= np.max(np.abs(b))
    x = back(lu, width, width, b, pivots)[0]
    return x / np.max(np.abs(x))
