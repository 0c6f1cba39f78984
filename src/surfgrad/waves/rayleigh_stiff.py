r"""Climbing stiff layers that are thin against the wavelength, in the basis of what lies below.

In the basis of a layer's own g the state of `rayleigh` gathers g^2 R11, whose rounding, eps g^2, stays behind at the
next interface. The layer's own effect may be much smaller: g k h. A metre of rock on soil costs nine digits so. Kept in
the basis of the soft layer below, the state needs only the layer's increments shifted; where stiff layers add up to
more than 1/k, their own basis is the better one.

The increments are differences, too: P and S waves nearly undo one another where c is far below both velocities. With
p, q = k h sqrt(xi) of P and S, m = sqrt(xi_a xi_b), N = e diag(-1, 1) + (0, n12; n21, f), they are e times

    sa sb - ca cb + 1 = sa sb (1 - m) - D,   D = cosh(p - q) - 1,     (PLUS)
    2 (ca cb - 1) - sa sb - xa xb = 2 D - sa sb (1 - m)^2,            (TWICE)
    ca xb - sa cb = -[sinh(p - q) + (1 - m) cosh p sinh q]/sqrt(xi_a),   (CROSS_A)
    xa cb - ca sb = [sinh(p - q) - (1 - m) sinh p cosh q]/sqrt(xi_b),    (CROSS_B)

the left sides in general, the right sides, where nothing cancels, where both fields decay.

Lanes differ in k, so each has its own basis (rows BASE, and CLIMBED for k times the thickness since).
"""

import numpy as np

from surfgrad.waves.compiled import LANES, inlined, lean
from surfgrad.waves.lanes import (
    BASE,
    CC,
    CLIMBED,
    COUNT,
    CROSS_A,
    CROSS_B,
    DA,
    DB,
    PLUS,
    SA,
    SB,
    TWICE,
    XA,
    XB,
    Y1,
    Y2,
    Y3,
    Y4,
    Y5,
    G,
    K,
)
from surfgrad.waves.layers import MU, H
from surfgrad.waves.series import series_long

STIFF = 1.5
"""Rigidity, over that of what lies below, from which a thin layer counts as stiff; smooth models have no such layer."""
THIN = 1.0
"""k times thickness up to which a stiff layer counts as thin: beyond, its own basis loses no more."""
DECAYS = 0.25
"""xi of S waves from which the right sides above serve; below, (vs/c)^2 < 1.4 and nothing is lost."""


@lean
def stiffens(table, layer, k_low):
    """Whether the layer is so much stiffer than the one below that lanes where it is thin need `climb_stiff`."""
    return table[layer, MU] > STIFF * table[layer + 1, MU] and k_low * table[layer, H] <= THIN


@lean
def set_basis(buf, mu):
    """Say that every lane's state is in the basis of the rigidity `mu`."""
    for i in range(LANES):
        buf[BASE + i] = mu
        buf[CLIMBED + i] = 0.0


@lean
def fill_products(buf, h, a, b, stiff):
    """PLUS ... CROSS_B of a sublayer after `rayleigh.fill_layer`; `stiff`: lanes may need them without a difference."""
    for i in range(LANES):
        found = products(functions_of_p(buf, i), functions_of_s(buf, i))
        buf[PLUS + i], buf[TWICE + i], buf[CROSS_A + i], buf[CROSS_B + i] = found
    if stiff:
        for i in range(LANES):
            _fill_decaying(buf, i, buf[K + i] * h, buf[CC + i] * a, buf[CC + i] * b)


@inlined
def functions_of_p(buf, i):
    """D, k h S and xi k h S of P waves in lane i."""
    return buf[DA + i], buf[SA + i], buf[XA + i]


@inlined
def functions_of_s(buf, i):
    """The same of S waves."""
    return buf[DB + i], buf[SB + i], buf[XB + i]


@inlined
def products(of_p, of_s):
    """The left sides above, of (D, k h S, xi k h S) of P and of S waves."""
    da, sa, xa = of_p
    db, sb, xb = of_s
    ca, cb, both = 1.0 + da, 1.0 + db, da + db + da * db
    return sa * sb - both, 2.0 * both - sa * sb - xa * xb, ca * xb - sa * cb, xa * cb - ca * sb


@inlined
def _fill_decaying(buf, i, kh, a, b):
    if 1.0 - b > DECAYS and kh <= THIN:
        root_a, root_b = np.sqrt(1.0 - a), np.sqrt(1.0 - b)
        less = (a + b - a * b) / (1.0 + root_a * root_b)
        apart = kh * (b - a) / (root_a + root_b)
        d, s = series_long(apart * apart)
        s, product = s * apart, buf[SA + i] * buf[SB + i]
        buf[PLUS + i] = product * less - d
        buf[TWICE + i] = 2.0 * d - product * less * less
        buf[CROSS_A + i] = -(s + less * (1.0 + buf[DA + i]) * root_b * buf[SB + i]) / root_a
        buf[CROSS_B + i] = (s - less * (1.0 + buf[DB + i]) * root_a * buf[SA + i]) / root_b


@lean
def climb_stiff(buf, mu, rho, h, left):
    """`climb` where lanes may be, and may remain, in the basis of what lies deeper; False if some remain.

    `h`: thickness of a sublayer, `left`: how many of them are left in the layer; after `fill_products`.
    """
    ir, same = 1.0 / rho, 0
    for i in range(LANES):
        stays = mu > STIFF * buf[BASE + i] and buf[CLIMBED + i] + buf[K + i] * h * left <= THIN
        _climb_stiff_lane(buf, i, stays, mu, rho, ir)
        buf[CLIMBED + i] = buf[CLIMBED + i] + buf[K + i] * h if stays else 0.0
        same += 0 if stays else 1
    return same == LANES


@inlined
def _climb_stiff_lane(buf, i, stays, mu, rho, ir):
    sa, xa, sb, xb = buf[SA + i], buf[XA + i], buf[SB + i], buf[XB + i]
    both = buf[DA + i] + buf[DB + i] + buf[DA + i] * buf[DB + i]
    delta = (mu - buf[BASE + i]) * buf[G + i]
    r, t, e = shifted(buf[Y1 + i], buf[Y2 + i], buf[Y3 + i], delta)
    n12, n21 = -ir * buf[Y4 + i], ir * buf[Y5 + i]
    of_p, of_s = functions_of_p(buf, i), functions_of_s(buf, i)
    dr, dt, de, d12, d21 = increments(
        of_p, of_s, filled_products(buf, i), 1.0, rho, r - 2.0 * t * ir, e * ir * ir, n12, n21
    )
    trace = n21 * (sa * sb + xa * xb - 2.0 * both) - buf[CROSS_B + i] * r
    buf[COUNT + i] += 1.0 if (r + dr) * r < 0.0 else (2.0 if trace * r < 0.0 else 0.0)
    back = delta if stays else 0.0
    buf[Y1 + i] = r + dr
    buf[Y2 + i] = (buf[Y2 + i] if stays else t) + (dt - back * dr)
    buf[Y3 + i] = (buf[Y3 + i] if stays else e) + (de - back * (2.0 * dt - back * dr))
    buf[Y4 + i] -= rho * d12
    buf[Y5 + i] += rho * d21
    buf[BASE + i] = buf[BASE + i] if stays else mu


@inlined
def shifted(r, t, e, delta):
    """The first three minors across an interface: the Taylor shift by the jump of g."""
    mixed = t + delta * r
    return r, mixed, e + delta * (t + mixed)


@inlined
def filled_products(buf, i):
    """What `fill_products` has left."""
    return buf[PLUS + i], buf[TWICE + i], buf[CROSS_A + i], buf[CROSS_B + i]


@inlined
def increments(of_p, of_s, combined, sign, rho, f, e, n12, n21):
    """Change of (Y1, Y2, Y3) in the sublayer's own basis, and of n12, n21; upwards (`sign` 1) or downwards (-1).

    `of_p`, `of_s`: D, k h S and xi k h S, `combined`: their `products`.
    """
    da, sa, xa = of_p
    db, sb, xb = of_s
    plus, twice, cross_a, cross_b = combined
    ca, cb, both = 1.0 + da, 1.0 + db, da + db + da * db
    sa, xa, sb, xb = sign * sa, sign * xa, sign * sb, sign * xb
    cross_a, cross_b = sign * cross_a, sign * cross_b
    d11 = e * plus + f * (sa * sb) - n12 * (ca * sb) - n21 * (sa * cb)
    d12 = e * cross_a - f * (sa * cb) + n12 * both + n21 * (sa * xb)
    d21 = e * cross_b - f * (ca * sb) + n12 * (xa * sb) + n21 * both
    return e * twice - f * plus - n12 * cross_b - n21 * cross_a, -rho * d11, -rho * rho * d11, d12, d21
