"""What the figures of an inversion share."""

from matplotlib.figure import Figure

OPTIMUM, MEDIAN, BAND, PRIOR = "#D55E00", "#0072B2", "#9ecae8", "#8a8a8a"
"""Okabe & Ito (2008) vermilion and blue, a light blue, grey."""
DEPTH_TICKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 400, 700, 1000)
"""km or m."""
DOUBT = "The chains have not converged: what they show is not the posterior."


def warn(figure: Figure, doubtful: bool) -> None:
    """Say on the figure itself that its draws are not to be trusted."""
    if doubtful:
        figure.suptitle(DOUBT, color="#b30000", fontsize="medium", fontweight="bold")
