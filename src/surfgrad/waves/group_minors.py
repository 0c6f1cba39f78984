"""The linear maps of minors that the sweeps with slopes are made of (see `rayleigh`, `rayleigh_stiff`).

A map is linear in the minors and in the sublayer's functions, so the slope of what comes out is the same map twice: of
the minors' slopes, and with the functions' slopes.
"""

from surfgrad.waves.compiled import LANES, inlined
from surfgrad.waves.group_lanes import BOTH, CS, SC, SLOPE, SS, SX, XS
from surfgrad.waves.lanes import BY_H, CROSS_A, CROSS_B, PLUS, TWICE, G


@inlined
def shifted(buf, i, row, jump):
    """The three minors from `row` on and their slopes in another basis: the Taylor shift by the jump of g = mu G."""
    at = SLOPE + i
    r, t, e = buf[row + i], buf[row + LANES + i], buf[row + 2 * LANES + i]
    tr, tt, te = buf[row + at], buf[row + LANES + at], buf[row + 2 * LANES + at]
    delta, rise = jump * buf[G + i], jump * buf[G + at]
    mixed, turn = t + delta * r, tt + rise * r + delta * tr
    return r, mixed, e + delta * (t + mixed), tr, turn, te + rise * (t + mixed) + delta * (tt + turn)


@inlined
def _step(buf, at, f, e, n12, n21):
    d1 = e * buf[TWICE + at] - f * buf[PLUS + at] - n12 * buf[CROSS_B + at] - n21 * buf[CROSS_A + at]
    d11 = e * buf[PLUS + at] + f * buf[SS + at] - n12 * buf[CS + at] - n21 * buf[SC + at]
    d12 = e * buf[CROSS_A + at] - f * buf[SC + at] + n12 * buf[BOTH + at] + n21 * buf[SX + at]
    d21 = e * buf[CROSS_B + at] - f * buf[CS + at] + n12 * buf[XS + at] + n21 * buf[BOTH + at]
    return d1, d11, d12, d21


@inlined
def step_up(buf, i, f, e, n12, n21, tf, te, t12, t21):
    """Changes upwards of Y1, n11, n12 and n21, from f = n11 + n22, e = -n11; then their slopes."""
    d1, d11, d12, d21 = _step(buf, i, f, e, n12, n21)
    a1, a11, a12, a21 = _step(buf, i, tf, te, t12, t21)
    b1, b11, b12, b21 = _step(buf, SLOPE + i, f, e, n12, n21)
    return d1, d11, d12, d21, a1 + b1, a11 + b11, a12 + b12, a21 + b21


@inlined
def step_down(buf, i, f, e, n12, n21, tf, te, t12, t21):
    """The same downwards: z reversed, which changes the signs of n12 and n21."""
    d1, d11, d12, d21, a1, a11, a12, a21 = step_up(buf, i, f, e, -n12, -n21, tf, te, -t12, -t21)
    return d1, d11, -d12, -d21, a1, a11, -a12, -a21


@inlined
def minors(buf, row, at):
    """The four numbers of N, T or M; slopes at SLOPE + i."""
    return buf[row + at], buf[row + LANES + at], buf[row + 2 * LANES + at], buf[row + 3 * LANES + at]


@inlined
def before(c, s, x, n):
    """N before S propagation by (c, s, x), from N after it. For P: N transposed."""
    n11, n12, n21, n22 = n
    return c * n11 - s * n12, c * n12 - x * n11, c * n21 - s * n22, c * n22 - x * n21


@inlined
def rate(half, q, edge, p):
    """P propagation of p differentiated by xi: `half` is k h (k h S)/2, `edge` is k h S + xi q. For S: p transposed."""
    p11, p12, p21, p22 = p
    return half * p11 - q * p21, half * p12 - q * p22, half * p21 - edge * p11, half * p22 - edge * p12


@inlined
def pairing(m, d):
    """<V, Y> from M and from D, N's like, of Y."""
    return m[3] * d[0] + m[0] * d[3] - m[1] * d[2] - m[2] * d[1]


@inlined
def transposed(n):
    """P and S exchanged."""
    return n[0], n[2], n[1], n[3]


@inlined
def plus(a, b):
    """Sum of two N's."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]


@inlined
def take_growth_off(buf, i, f, tf, kh, d, s, x, out):
    """Divide F, `f` with slope `tf` here, by C of the waves with functions at `d`, `s`, `x` where they decay.

    Where F = 0 that changes no derivative. But a root is known to rounding, F is not quite 0, and a thick layer in
    which the field decays multiplies it by cosh: F_m then holds F k h, F_m' even F (k h)^2.
    """
    at = SLOPE + i
    over = 1.0 / (1.0 + buf[d + i]) if buf[x + i] > 0.0 else 0.0
    rate, length = buf[s + i] * over, buf[x + i] * over
    trate, tlength = (buf[s + at] - rate * buf[d + at]) * over, (buf[x + at] - length * buf[d + at]) * over
    buf[out + i] -= 0.5 * kh * f * rate
    buf[out + at] -= 0.5 * kh * (f * (rate + trate) + tf * rate)
    buf[BY_H + i] -= f * length
    buf[BY_H + at] -= f * tlength + tf * length
