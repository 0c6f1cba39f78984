"""Colours that the figures of an audit share: of verdicts, and of the two sides."""

from matplotlib.axes import Axes

from surfgrad.report.names import WAVES

VERDICTS = {"PASS": "#d3e4f3", "MARGINAL": "#faecc0", "FAIL": "#f2bfa5", "CANNOT JUDGE": "#ececec"}
"""Those of the report's tables."""
EXACT, FILL = "#222222", "#dcdcdc"
LEARNED = "#D55E00"
"""Vermilion of Okabe & Ito (2008)."""
NAMES = {**WAVES, "all": "both waves"}


def limits_behind(axes: Axes, good: float, fair: float, *, below: bool = True) -> None:
    """Passing and marginal ranges as a ground behind the data; `below`: small is good."""
    low, high = axes.get_ylim()
    first, second = ((low, good), (good, fair)) if below else ((good, high), (fair, good))
    axes.axhspan(*first, color=VERDICTS["PASS"], linewidth=0, zorder=0)
    axes.axhspan(*second, color=VERDICTS["MARGINAL"], linewidth=0, zorder=0)
    axes.set_ylim(low, high)
