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
    d = 0.5 * x * (1.0 + x * (1 / 12) * (1.0 + x * (1 / 30) * (1.0 + x * (1 / 56) * (1.0 + x * (1 / 90)))))
    s = 1.0 + x * (1 / 6) * (1.0 + x * (1 / 20) * (1.0 + x * (1 / 42) * (1.0 + x * (1 / 72))))
    return d, s


@inlined
def series_long(x):
    """D and S for |x| <= LONG_REACH."""
    d = 1.0 + x * (1 / 132) * (1.0 + x * (1 / 182) * (1.0 + x * (1 / 240)))
    d = 0.5 * x * (1.0 + x * (1 / 12) * (1.0 + x * (1 / 30) * (1.0 + x * (1 / 56) * (1.0 + x * (1 / 90) * d))))
    s = 1.0 + x * (1 / 110) * (1.0 + x * (1 / 156) * (1.0 + x * (1 / 210) * (1.0 + x * (1 / 272))))
    s = 1.0 + x * (1 / 6) * (1.0 + x * (1 / 20) * (1.0 + x * (1 / 42) * (1.0 + x * (1 / 72) * s)))
    return d, s


@inlined
def series_slope(x):
    """dS/dx for |x| <= LONG_REACH."""
    s = 1 / 7983360 + x * (1 / 1037836800 + x * (1 / 186810624000 + x * (1 / 44460928512000)))
    return 1 / 6 + x * (1 / 60 + x * (1 / 1680 + x * (1 / 90720 + x * s)))
