"""What the figures of an inversion share."""

from matplotlib.figure import Figure

OPTIMUM, MEDIAN, BAND, PRIOR = "#D55E00", "#0072B2", "#9ecae8", "#8a8a8a"
"""Okabe & Ito (2008) vermilion and blue, a light blue, grey."""
_TICKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 400, 700, 1000, 2000)
"""km or m."""
_CLOSEST = 0.04
"""Share of the axis, on which depth is spaced as its root, between two ticks."""
DOUBT = "The chains have not converged: what they show is not the posterior."


def depth_ticks(bottom: float) -> list[float]:
    """Those that do not overlap on an axis down to `bottom`: the deeper ones first, and the surface."""
    kept: list[float] = []
    for tick in sorted(_TICKS, reverse=True):
        if tick <= bottom and (not kept or kept[-1] ** 0.5 - tick**0.5 > _CLOSEST * bottom**0.5):
            kept.append(tick)
    return kept[::-1] if 0 in kept else [0, *kept[:-1][::-1]]


def warn(figure: Figure, doubtful: bool) -> None:
    """Say on the figure itself that its draws are not to be trusted."""
    if doubtful:
        figure.suptitle(DOUBT, color="#b30000", fontsize="medium", fontweight="bold")
