"""What waves and parameters are called in titles and sentences, and how several things are listed."""

from collections.abc import Sequence

WAVES = {"rayleigh": "Rayleigh", "love": "Love"}
PARAMETERS = {"vs": "Vs", "vp": "Vp", "rho": "density"}
SYMBOLS = {"vs": "$V_S$", "vp": "$V_P$", "rho": r"$\rho$"}
"""Of parameters, in figures."""


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
