"""Mode count and roots of layered media by dynamic stiffness matrices, in arbitrary precision: the second route.

Independent of `surfgrad.waves` by intention: another formulation (stiffness matrices instead of minors), another
elimination (half-space to surface on forces and displacements), another arithmetic (mpmath).

Waves go as exp(i(kx - wt)), z is down, the motion-stress vector is (r1, r2, r3, r4) of Aki & Richards (2002), section
7.2: u_x = r1, u_z = i r2, tau_zx = r3, tau_zz = i r4. With potentials phi'' = p^2 phi and psi'' = q^2 psi,
p^2 = k^2 - w^2/vp^2, q^2 = k^2 - w^2/vs^2 and G = rho w^2 - 2 mu k^2, the four solutions in a layer are

    P: (k phi, -phi', 2 mu k phi', G phi)          S: (-psi', k psi, G psi, 2 mu k psi').

Motions symmetric and antisymmetric about the middle of a layer separate, which leaves two 2 x 2 matrices with tanh in
them and nothing that overflows; their half sum and half difference are the blocks of the layer's dynamic stiffness
(Kausel & Roesset 1981). The count is that of Wittrick & Williams (1971): negative eigenvalues met in the elimination,
clamped layers kept from resonating by cutting them until h sqrt(w^2/vs^2 - k^2) < pi.

Water (vs = 0, on top only) is irrotational: with phi'' = p^2 phi, u_z = phi', pressure rho w^2 phi, a layer's stiffness
against vertical displacements is -(rho w^2/p) [coth ph, -csch ph; -csch ph, coth ph]. Clamped at both ends it
resonates at sqrt(w^2/vp^2 - k^2) h = 0, pi, 2 pi, ... Without gravity its top costs no energy to deform: one mode of
frequency zero a layer, which is taken off the count. Love waves know nothing of water.
"""

from collections.abc import Sequence
from typing import Any

import mpmath as mp

Model = tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]
"""thickness, vp, vs, rho of the layers, half-space last; km, km/s, km/s, g/cm3."""
Symmetric = tuple[Any, Any, Any]
"""A symmetric 2 x 2 matrix: (11, 12, 22)."""
DIGITS = 45


def count(model: Model, w: Any, k: Any, wave: str) -> int:
    """Number of modes at wavenumber `k` (1/km) with angular frequency below `w` (1/s), by W&W elimination.

    Uses the precision in force (`mpmath.workdps`). Valid for w/k up to the half-space's vs, itself included.
    """
    w, k = mp.mpf(w), mp.mpf(k)
    thickness, vp, vs, rho = ([mp.mpf(float(value)) for value in column] for column in model)
    return (_count_psv if wave == "rayleigh" else _count_sh)(thickness, vp, vs, rho, w, k)


def tanh_ratio(square: Any, half: Any) -> Any:
    """tanh(x half)/x for x^2 = `square`, which may be negative (then it is tan) or zero."""
    if square == 0:
        return half
    x = mp.sqrt(abs(square))
    return (mp.tanh if square > 0 else mp.tan)(x * half) / x


def parts(h: Any, vs: Any, w: Any, k: Any) -> int:
    """Into how many equal parts a layer is cut so that none of them, clamped, can resonate below w."""
    vertical = (w / vs) ** 2 - k**2
    return 1 if vertical <= 0 else int(mp.floor(mp.mpf("1.1") * h * mp.sqrt(vertical) / mp.pi)) + 1


def halves_psv(a: Any, vp: Any, vs: Any, rho: Any, w: Any, k: Any) -> tuple[Symmetric, Symmetric]:
    """Force over displacement at the bottom of a layer of thickness 2a, for symmetric and antisymmetric motion."""
    mu = rho * vs**2
    p2, q2 = k**2 - (w / vp) ** 2, k**2 - (w / vs) ** 2
    sp, sq = tanh_ratio(p2, a), tanh_ratio(q2, a)
    tp, tq = p2 * sp, q2 * sq
    inertia = rho * w**2
    even, odd = k**2 * sq - tp, k**2 * sp - tq
    symmetric = (inertia * tp * sq / even, k * (inertia * sq / even - 2 * mu), inertia / even)
    antisymmetric = (inertia / odd, k * (inertia * sp / odd - 2 * mu), inertia * sp * tq / odd)
    return symmetric, antisymmetric


def halfspace_psv(vp: Any, vs: Any, rho: Any, w: Any, k: Any) -> Symmetric:
    """Dynamic stiffness of the half-space under P-SV motion, for w/k <= vs."""
    p, q = mp.sqrt(k**2 - (w / vp) ** 2), mp.sqrt(abs(k**2 - (w / vs) ** 2))
    inertia, det = rho * w**2, k**2 - p * q
    return p * inertia / det, -k * (inertia / det - 2 * rho * vs**2), q * inertia / det


def negatives(matrix: Symmetric) -> int:
    """How many of the two eigenvalues are negative."""
    a, b, c = matrix
    if a * c - b * b < 0:
        return 1
    return 2 if a + c < 0 else 0


def _count_psv(thickness: Any, vp: Any, vs: Any, rho: Any, w: Any, k: Any) -> int:
    z = halfspace_psv(vp[-1], vs[-1], rho[-1], w, k)
    wet = water_layers(vs)
    n = 0
    for i in range(len(vs) - 2, wet - 1, -1):
        if thickness[i] == 0:
            continue
        cuts = parts(thickness[i], vs[i], w, k)
        sym, anti = halves_psv(thickness[i] / (2 * cuts), vp[i], vs[i], rho[i], w, k)
        for _ in range(cuts):
            d, z = eliminate(sym, anti, z)
            n += negatives(d)
    if wet == 0:
        return n + negatives(z)
    return n + _count_water(thickness[:wet], vp[:wet], rho[:wet], w, k, z)


def water_layers(vs: Sequence[Any]) -> int:
    """How many layers of water lie on top."""
    return next(i for i, value in enumerate(vs) if value > 0)


def water_stiffness(h: Any, vp: Any, rho: Any, w: Any, k: Any) -> tuple[Any, Any]:
    """Of a layer of water: force over vertical displacement at one end, the other clamped; the same across, negated."""
    p2 = k**2 - (w / vp) ** 2
    ratio = tanh_ratio(p2, h / 2)
    return -rho * w**2 * (1 / (p2 * ratio) + ratio) / 2, -rho * w**2 * (1 / (p2 * ratio) - ratio) / 2


def _count_water(thickness: Any, vp: Any, rho: Any, w: Any, k: Any, z: Symmetric) -> int:
    """What water adds to the count of a solid of stiffness `z` at the sea floor, the solid's top block included."""
    n, seen = 0, mp.mpf(0)
    for i in range(len(vp) - 1, -1, -1):
        own, cross = water_stiffness(thickness[i], vp[i], rho[i], w, k)
        q2 = (w / vp[i]) ** 2 - k**2
        resonances = int(mp.floor(mp.sqrt(q2) * thickness[i] / mp.pi)) + 1 if q2 > 0 else 0
        if i == len(vp) - 1:
            d = (z[0], z[1], z[2] + own)
            n += negatives(d)
            through = d[0] / (d[0] * d[2] - d[1] ** 2)
        else:
            n += int(seen + own < 0)
            through = 1 / (seen + own)
        seen = own - cross**2 * through
        n += resonances - 1
    return n + int(seen < 0)


def eliminate(sym: Symmetric, anti: Symmetric, z: Symmetric) -> tuple[Symmetric, Symmetric]:
    """One layer on top of a body of stiffness `z`: the interface block, and the stiffness seen at the layer's top."""
    xx, xz, zz = ((s + a) / 2 for s, a in zip(sym, anti, strict=True))
    ex, c, ez = ((s - a) / 2 for s, a in zip(sym, anti, strict=True))
    d = (xx + z[0], xz + z[1], zz + z[2])
    det = d[0] * d[2] - d[1] ** 2
    # K11 - K12 D^-1 K21 with K22 = [xx xz; xz zz], K11 = J K22 J, K12 = J [ex c; c ez] and J = diag(1, -1).
    i11, i12, i22 = d[2] / det, -d[1] / det, d[0] / det
    b11 = ex * ex * i11 + 2 * ex * c * i12 + c * c * i22
    b12 = ex * c * i11 + (ex * ez + c * c) * i12 + c * ez * i22
    b22 = c * c * i11 + 2 * c * ez * i12 + ez * ez * i22
    return d, (xx - b11, -(xz - b12), zz - b22)


def _count_sh(thickness: Any, vp: Any, vs: Any, rho: Any, w: Any, k: Any) -> int:
    z = rho[-1] * vs[-1] ** 2 * mp.sqrt(abs(k**2 - (w / vs[-1]) ** 2))
    n = 0
    for i in range(len(vs) - 2, water_layers(vs) - 1, -1):
        if thickness[i] == 0:
            continue
        cuts = parts(thickness[i], vs[i], w, k)
        mu, q2 = rho[i] * vs[i] ** 2, k**2 - (w / vs[i]) ** 2
        ratio = tanh_ratio(q2, thickness[i] / (2 * cuts))
        own, cross = mu * (q2 * ratio + 1 / ratio) / 2, mu * (q2 * ratio - 1 / ratio) / 2
        for _ in range(cuts):
            d = own + z
            n += int(d < 0)
            z = own - cross**2 / d
    return n + int(z < 0)
