"""A verdict and its number in a cell of a terminal's table."""

MARKS = {
    "PASS": ("green", "pass"),
    "MARGINAL": ("yellow", "marg"),
    "FAIL": ("red", "FAIL"),
    "CANNOT JUDGE": ("dim", "n/a"),
}
"""Short words beside the colours, so that a table reads without them."""


def marked(verdict: str, number: str) -> str:
    """Word and number in the verdict's colour."""
    style, word = MARKS[verdict]
    return f"[{style}]{word} {number}".rstrip() + "[/]"


def cell(verdict: str, value: float | None, decimals: int) -> str:
    """Verdict and number in at most nine columns, so that six bands fit an 80-column terminal."""
    if value is None:
        return marked(verdict, "")
    rounded = round(value, decimals) + 0.0  # no "-0.00"
    return marked(verdict, f"{value:.0f}" if value >= 10 else f"{rounded:.{decimals}f}")
