"""C(x) = cosh(sqrt x) and S(x) = sinh(sqrt x)/sqrt x: one power series for evanescent and oscillating layers.

Both are entire in x, so there is no branch at c = v. C is carried as D = C - 1, which keeps its relative precision for
thin layers and through the doublings D(4x) = 2 D (2 + D), S(4x) = S (1 + D).
"""

from surfgrad.waves.compiled import inlined

SHORT_REACH = 0.02
"""|x| up to which `series_short` is exact to rounding (first term left out: 2 x^5/12! of D)."""

LONG_REACH = 0.8
"""|x| up to which `series_long` is exact to rounding (first terms left out: 2 x^8/18! of D, x^9/19! of S)."""


@inlined
def series_short(x):
    """D and S for |x| <= SHORT_REACH."""
    d = x * (1 / 2 + x * (1 / 24 + x * (1 / 720 + x * (1 / 40320 + x * (1 / 3628800)))))
    s = 1.0 + x * (1 / 6 + x * (1 / 120 + x * (1 / 5040 + x * (1 / 362880))))
    return d, s


@inlined
def series_long(x):
    """D and S for |x| <= LONG_REACH."""
    d = 1 / 3628800 + x * (1 / 479001600 + x * (1 / 87178291200 + x * (1 / 20922789888000)))
    d = x * (1 / 2 + x * (1 / 24 + x * (1 / 720 + x * (1 / 40320 + x * d))))
    s = 1 / 39916800 + x * (1 / 6227020800 + x * (1 / 1307674368000 + x * (1 / 355687428096000)))
    s = 1.0 + x * (1 / 6 + x * (1 / 120 + x * (1 / 5040 + x * (1 / 362880 + x * s))))
    return d, s


@inlined
def series_far(x):
    """D and S for |x| <= 4 LONG_REACH, by one doubling."""
    d, s = series_long(0.25 * x)
    return 2.0 * d * (2.0 + d), s * (1.0 + d)


@inlined
def series_all(x):
    """D, S and dS/dx for |x| <= LONG_REACH; D = S - 1 + 2 x dS/dx, as dD/dx = S/2."""
    s = 1 / 39916800 + x * (1 / 6227020800 + x * (1 / 1307674368000 + x * (1 / 355687428096000)))
    s = 1 / 6 + x * (1 / 120 + x * (1 / 5040 + x * (1 / 362880 + x * s)))
    slope = series_slope(x)
    return x * (s + 2.0 * slope), 1.0 + x * s, slope


@inlined
def series_all_short(x):
    """`series_all` for |x| <= SHORT_REACH."""
    s = 1 / 6 + x * (1 / 120 + x * (1 / 5040 + x * (1 / 362880 + x * (1 / 39916800))))
    slope = 1 / 6 + x * (1 / 60 + x * (1 / 1680 + x * (1 / 90720 + x * (1 / 7983360))))
    return x * (s + 2.0 * slope), 1.0 + x * s, slope


@inlined
def series_slope(x):
    """dS/dx for |x| <= LONG_REACH."""
    s = 1 / 7983360 + x * (1 / 1037836800 + x * (1 / 186810624000 + x * (1 / 44460928512000)))
    return 1 / 6 + x * (1 / 60 + x * (1 / 1680 + x * (1 / 90720 + x * s)))
