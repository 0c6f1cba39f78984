"""One colour per prior, wherever it appears: as a set of models, or as what a surrogate has learned from."""

PAGE = 10.5
"""Width of a figure that fills the page, inches: its text is then as large as the captions on a laptop."""

EXACT = "#222222"
FILL = "#dcdcdc"
_COLOURS = {
    "mixture": "#6a3d9a",
    "tectonic": "#D55E00",
    "weak": "#0072B2",
    "litho1": "#009E73",
    "decorrelated": "#CC79A7",
}
"""From Okabe & Ito (2008), but for the mixture's, a dark violet."""
_SPARE = "#6e6e6e"

DERIVATIVES = {
    "vs": r"$\partial c/\partial V_S$ of a layer",
    "vp": r"$\partial c/\partial V_P$ of a layer",
    "rho": r"$\partial c/\partial\rho$ of a layer (km/s per g/cm$^3$)",
}


def colour(name: str) -> str:
    """The colour of a set ("weak-test") or a surrogate ("grid-weak"), by the prior in its name."""
    return next((each for prior, each in _COLOURS.items() if prior in name), _SPARE)


def dashes(name: str) -> str | tuple[int, tuple[float, ...]]:
    """Of a surrogate's line: dashed where it was taught kernels."""
    return (0, (4, 1.6)) if "sobolev" in name else "-"
