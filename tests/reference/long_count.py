"""The count of `stiffness.py` in 80-bit arithmetic, over many (model, w, k) at once: for samples too large for mpmath
that must be judged nearer to a root than double precision can.

Formulas as there; models are padded to one number of layers with layers of no thickness. Where the machine has no
80-bit floats (Windows, macOS on ARM), `AVAILABLE` is False and `count_many` counts with mpmath instead: slow.
"""

import mpmath as mp
import numpy as np
from tests.reference.stiffness import DIGITS, Model, count

Array = np.ndarray
Block = tuple[Array, Array, Array]
LONG = np.longdouble
AVAILABLE = bool(np.finfo(LONG).nmant >= 63)
PI = LONG("3.14159265358979323846264338327950288")


def omega(periods: Array) -> Array:
    """2 pi/T in 80 bits."""
    return 2 * PI / np.asarray(periods, LONG)


def padded(models: list[Model]) -> tuple[Array, Array, Array, Array]:
    """Columns (N, L): layers of no thickness are put on top of the half-space of the shorter ones."""
    width = max(len(model[2]) for model in models)
    out = np.empty((4, len(models), width))
    for i, model in enumerate(models):
        layers = len(model[2])
        for j, column in enumerate(model):
            out[j, i, : layers - 1] = np.asarray(column, float)[:-1]
            out[j, i, layers - 1 :] = float(column[-1]) if j else 0.0
    return out[0], out[1], out[2], out[3]


def count_many(models: tuple[Array, Array, Array, Array], w: Array, k: Array, wave: str) -> Array:
    """(N,) modes of model i (columns (N, L) as `padded` gives them) at wavenumber k[i] (1/km) below w[i] (1/s)."""
    if not AVAILABLE:
        return _count_with_mpmath(models, w, k, wave)
    columns = [np.asarray(column, LONG) for column in models]
    with np.errstate(all="ignore"):
        return (_count_psv if wave == "rayleigh" else _count_sh)(*columns, np.asarray(w, LONG), np.asarray(k, LONG))


def _count_with_mpmath(models: tuple[Array, Array, Array, Array], w: Array, k: Array, wave: str) -> Array:
    with mp.workdps(DIGITS):
        rows = zip(*models, w, k, strict=True)
        return np.array([count((h, a, b, r), mp.mpf(str(x)), mp.mpf(str(y)), wave) for h, a, b, r, x, y in rows], int)


def _tanh_ratio(square: Array, half: Array) -> Array:
    x = np.sqrt(np.abs(square))
    ratio = np.where(square > 0, np.tanh(x * half), np.tan(x * half)) / x
    x2 = square * half**2
    short = half * (1 - x2 / 3 + 2 * x2**2 / 15 - 17 * x2**3 / 315)
    return np.where(np.abs(x2) < 1e-5, short, ratio)


def _cuts(h: Array, vs: Array, w: Array, k: Array) -> Array:
    vertical = (w / vs) ** 2 - k**2
    return 1 + np.floor(LONG(1.1) * h * np.sqrt(np.maximum(vertical, 0)) / PI).astype(int)


def _negatives(block: Block) -> Array:
    a, b, c = block
    return np.where(a * c - b * b < 0, 1, np.where(a + c < 0, 2, 0))


def _halves(a: Array, vp: Array, vs: Array, rho: Array, w: Array, k: Array) -> tuple[Block, Block]:
    """Stiffness of half a layer for motions symmetric and antisymmetric about its middle."""
    p2, q2, inertia, mu2 = k**2 - (w / vp) ** 2, k**2 - (w / vs) ** 2, rho * w**2, 2 * rho * vs**2
    sp, sq = _tanh_ratio(p2, a), _tanh_ratio(q2, a)
    # k^2 sq - p^2 sp and k^2 sp - q^2 sq, without the difference of nearly equal numbers.
    even, odd = k**2 * (sq - sp) + (w / vp) ** 2 * sp, k**2 * (sp - sq) + (w / vs) ** 2 * sq
    return (
        (inertia * p2 * sp * sq / even, k * (inertia * sq / even - mu2), inertia / even),
        (inertia / odd, k * (inertia * sp / odd - mu2), inertia * sp * q2 * sq / odd),
    )


def _halfspace(vp: Array, vs: Array, rho: Array, w: Array, k: Array) -> Block:
    p, q = np.sqrt(k**2 - (w / vp) ** 2), np.sqrt(np.maximum(k**2 - (w / vs) ** 2, 0))
    ia, ib = 1 / vp**2, 1 / vs**2
    det = (k * k * (ia + ib) - w * w * ia * ib) / (k * k + p * q)
    return rho * p / det, -k * (rho / det - 2 * rho * vs**2), rho * q / det


def _count_psv(h: Array, vp: Array, vs: Array, rho: Array, w: Array, k: Array) -> Array:
    z = _halfspace(vp[:, -1], vs[:, -1], rho[:, -1], w, k)
    n = np.zeros(len(w), int)
    for i in range(h.shape[1] - 2, -1, -1):
        solid = np.flatnonzero((h[:, i] > 0) & (vs[:, i] > 0))
        if not solid.size:
            continue
        a, b, r, ws, ks = (x[solid] for x in (vp[:, i], vs[:, i], rho[:, i], w, k))
        cuts = _cuts(h[solid, i], b, ws, ks)
        halves = _halves(h[solid, i] / (2 * cuts), a, b, r, ws, ks)
        for cut in range(int(cuts.max())):
            left = np.flatnonzero(cuts > cut)
            at = solid[left]
            blocks = [tuple(x[left] for x in half) for half in halves]
            d, new = _eliminate(blocks[0], blocks[1], tuple(x[at] for x in z))
            n[at] += _negatives(d)
            for old, value in zip(z, new, strict=True):
                old[at] = value
    wet = vs[:, 0] == 0
    n[~wet] += _negatives(tuple(x[~wet] for x in z))
    if wet.any():
        n[wet] += _count_water(h[wet], vp[wet], vs[wet], rho[wet], w[wet], k[wet], tuple(x[wet] for x in z))
    return n


def _eliminate(sym: Block, anti: Block, z: Block) -> tuple[Block, Block]:
    xx, xz, zz = (0.5 * (s + a) for s, a in zip(sym, anti, strict=True))
    ex, c, ez = (0.5 * (s - a) for s, a in zip(sym, anti, strict=True))
    d = (xx + z[0], xz + z[1], zz + z[2])
    det = d[0] * d[2] - d[1] ** 2
    i11, i12, i22 = d[2] / det, -d[1] / det, d[0] / det
    b11 = ex * ex * i11 + 2 * ex * c * i12 + c * c * i22
    b12 = ex * c * i11 + (ex * ez + c * c) * i12 + c * ez * i22
    b22 = c * c * i11 + 2 * c * ez * i12 + ez * ez * i22
    return d, (xx - b11, b12 - xz, zz - b22)


def _count_water(h: Array, vp: Array, vs: Array, rho: Array, w: Array, k: Array, z: Block) -> Array:
    """Water's part of the count (see `stiffness`), the sea floor's block included."""
    n, seen = np.zeros(len(w), int), np.zeros(len(w), LONG)
    for i in range(h.shape[1] - 2, -1, -1):
        water = np.flatnonzero((vs[:, i] == 0) & (h[:, i] > 0))
        if not water.size:
            continue
        a, r, x, y = vp[water, i], rho[water, i], w[water], k[water]
        p2, inertia = y**2 - (x / a) ** 2, r * x**2
        ratio = _tanh_ratio(p2, h[water, i] / 2)
        own, cross = -0.5 * inertia * (1 / (p2 * ratio) + ratio), -0.5 * inertia * (1 / (p2 * ratio) - ratio)
        floor = vs[water, i + 1] > 0
        d = (z[0][water], z[1][water], z[2][water] + own)
        n[water] += np.where(floor, _negatives(d), seen[water] + own < 0)
        through = np.where(floor, d[0] / (d[0] * d[2] - d[1] ** 2), 1 / (seen[water] + own))
        seen[water] = own - cross**2 * through
        n[water] += np.where(p2 < 0, np.floor(np.sqrt(np.maximum(-p2, 0)) * h[water, i] / PI).astype(int), -1)
    return n + (seen < 0)


def _count_sh(h: Array, vp: Array, vs: Array, rho: Array, w: Array, k: Array) -> Array:
    z = rho[:, -1] * vs[:, -1] ** 2 * np.sqrt(np.maximum(k**2 - (w / vs[:, -1]) ** 2, 0))
    n = np.zeros(len(w), int)
    for i in range(h.shape[1] - 2, -1, -1):
        solid = np.flatnonzero((h[:, i] > 0) & (vs[:, i] > 0))
        if not solid.size:
            continue
        cuts = _cuts(h[solid, i], vs[solid, i], w[solid], k[solid])
        mu, q2 = rho[solid, i] * vs[solid, i] ** 2, k[solid] ** 2 - (w[solid] / vs[solid, i]) ** 2
        ratio = _tanh_ratio(q2, h[solid, i] / (2 * cuts))
        own, cross = 0.5 * mu * (q2 * ratio + 1 / ratio), 0.5 * mu * (q2 * ratio - 1 / ratio)
        for cut in range(int(cuts.max())):
            left = np.flatnonzero(cuts > cut)
            at = solid[left]
            d = own[left] + z[at]
            n[at] += d < 0
            z[at] = own[left] - cross[left] ** 2 / d
    return n + (z < 0)
