"""The count of `stiffness.py` in double precision: for samples too large for mpmath.

Compiled on first use. Close to a root (nearer than about 1e-9, farther for layers much faster than c) rounding may
decide; who judges with it must look at points away from roots.
"""

import math
from typing import Any

import numba
import numpy as np
from tests.reference.stiffness import Model


def count_float(model: Model, w: Any, k: Any, wave: str) -> np.ndarray:
    """Number of modes at wavenumber `k` (1/km) below angular frequency `w` (1/s); `w`, `k` broadcast together."""
    w, k = np.broadcast_arrays(np.asarray(w, float), np.asarray(k, float))
    columns = [np.ascontiguousarray(column, dtype=float) for column in model]
    flat = (count_psv_many if wave == "rayleigh" else count_sh_many)(*columns, w.ravel(), k.ravel())
    return flat.reshape(w.shape)


@numba.njit(cache=True, error_model="numpy")
def _tanh_ratio(square, half):
    x2 = square * half * half
    if abs(x2) < 1e-4:
        return half * (1.0 - x2 / 3.0 + 2.0 * x2**2 / 15.0 - 17.0 * x2**3 / 315.0)
    x = math.sqrt(abs(square))
    return (math.tanh(x * half) if square > 0 else math.tan(x * half)) / x


@numba.njit(cache=True, error_model="numpy")
def _parts(h, vs, w, k):
    vertical = (w / vs) ** 2 - k * k
    if vertical <= 0.0:
        return 1
    return int(1.1 * h * math.sqrt(vertical) / math.pi) + 1


@numba.njit(cache=True, error_model="numpy")
def _negatives(a, b, c):
    if a * c - b * b < 0.0:
        return 1
    return 2 if a + c < 0.0 else 0


@numba.njit(cache=True, error_model="numpy")
def _water_layers(vs):
    wet = 0
    while vs[wet] == 0.0:
        wet += 1
    return wet


@numba.njit(cache=True, error_model="numpy")
def _count_water(thickness, vp, rho, wet, w, k, zxx, zxz, zzz):
    """What water adds to the count of a solid of stiffness z at the sea floor, the solid's top block included."""
    n, seen = 0, 0.0
    for i in range(wet - 1, -1, -1):
        p2, inertia = k * k - (w / vp[i]) ** 2, rho[i] * w * w
        ratio = _tanh_ratio(p2, 0.5 * thickness[i])
        own, cross = -0.5 * inertia * (1.0 / (p2 * ratio) + ratio), -0.5 * inertia * (1.0 / (p2 * ratio) - ratio)
        if i == wet - 1:
            n += _negatives(zxx, zxz, zzz + own)
            through = zxx / (zxx * (zzz + own) - zxz * zxz)
        else:
            n += 1 if seen + own < 0.0 else 0
            through = 1.0 / (seen + own)
        seen = own - cross * cross * through
        if p2 < 0.0:
            n += int(math.sqrt(-p2) * thickness[i] / math.pi) + 1
    return n - wet + (1 if seen < 0.0 else 0)


@numba.njit(cache=True, error_model="numpy")
def count_psv(thickness, vp, vs, rho, w, k):
    """P-SV count of one (w, k)."""
    last, wet = len(vs) - 1, _water_layers(vs)
    p, q = math.sqrt(k * k - (w / vp[last]) ** 2), math.sqrt(max(0.0, k * k - (w / vs[last]) ** 2))
    # (k^2 - p q)/w^2 written without the difference of nearly equal numbers.
    ia, ib = 1.0 / vp[last] ** 2, 1.0 / vs[last] ** 2
    det = (k * k * (ia + ib) - w * w * ia * ib) / (k * k + p * q)
    zxx, zxz, zzz = rho[last] * p / det, -k * (rho[last] / det - 2.0 * rho[last] * vs[last] ** 2), rho[last] * q / det
    n = 0
    for i in range(last - 1, wet - 1, -1):
        if thickness[i] == 0.0:
            continue
        cuts = _parts(thickness[i], vs[i], w, k)
        a, r, mu2 = thickness[i] / (2 * cuts), rho[i], 2.0 * rho[i] * vs[i] ** 2
        p2, q2 = k * k - (w / vp[i]) ** 2, k * k - (w / vs[i]) ** 2
        sp, sq = _tanh_ratio(p2, a), _tanh_ratio(q2, a)
        even, odd = k * k * (sq - sp) / (w * w) + sp / vp[i] ** 2, k * k * (sp - sq) / (w * w) + sq / vs[i] ** 2
        s11, s12, s22 = r * p2 * sp * sq / even, k * (r * sq / even - mu2), r / even
        a11, a12, a22 = r / odd, k * (r * sp / odd - mu2), r * sp * q2 * sq / odd
        xx, xz, zz = 0.5 * (s11 + a11), 0.5 * (s12 + a12), 0.5 * (s22 + a22)
        ex, c, ez = 0.5 * (s11 - a11), 0.5 * (s12 - a12), 0.5 * (s22 - a22)
        for _ in range(cuts):
            d11, d12, d22 = xx + zxx, xz + zxz, zz + zzz
            n += _negatives(d11, d12, d22)
            d = d11 * d22 - d12 * d12
            i11, i12, i22 = d22 / d, -d12 / d, d11 / d
            zxx = xx - (ex * ex * i11 + 2.0 * ex * c * i12 + c * c * i22)
            zxz = -(xz - (ex * c * i11 + (ex * ez + c * c) * i12 + c * ez * i22))
            zzz = zz - (c * c * i11 + 2.0 * c * ez * i12 + ez * ez * i22)
    if wet > 0:
        return n + _count_water(thickness, vp, rho, wet, w, k, zxx, zxz, zzz)
    return n + _negatives(zxx, zxz, zzz)


@numba.njit(cache=True, error_model="numpy")
def count_sh(thickness, vp, vs, rho, w, k):
    """SH count of one (w, k)."""
    last = len(vs) - 1
    z = rho[last] * vs[last] ** 2 * math.sqrt(max(0.0, k * k - (w / vs[last]) ** 2))
    n = 0
    for i in range(last - 1, _water_layers(vs) - 1, -1):
        if thickness[i] == 0.0:
            continue
        cuts = _parts(thickness[i], vs[i], w, k)
        mu, q2 = rho[i] * vs[i] ** 2, k * k - (w / vs[i]) ** 2
        ratio = _tanh_ratio(q2, thickness[i] / (2 * cuts))
        own, cross = 0.5 * mu * (q2 * ratio + 1.0 / ratio), 0.5 * mu * (q2 * ratio - 1.0 / ratio)
        for _ in range(cuts):
            d = own + z
            if d < 0.0:
                n += 1
            z = own - cross * cross / d
    return n + 1 if z < 0.0 else n


@numba.njit(cache=True, error_model="numpy")
def count_psv_many(thickness, vp, vs, rho, w, k):
    """P-SV count of flat arrays w, k."""
    out = np.empty(len(w), dtype=np.int64)
    for j in range(len(w)):
        out[j] = count_psv(thickness, vp, vs, rho, w[j], k[j])
    return out


@numba.njit(cache=True, error_model="numpy")
def count_sh_many(thickness, vp, vs, rho, w, k):
    """SH count of flat arrays w, k."""
    out = np.empty(len(w), dtype=np.int64)
    for j in range(len(w)):
        out[j] = count_sh(thickness, vp, vs, rho, w[j], k[j])
    return out
