"""The table of `benchmarks.integrations`, for docs/coming-from.md, from its kept records."""

from benchmarks.doc_tables import table
from benchmarks.kept import Record


def gains(records: list[Record]) -> str:
    """Guests' set-ups by both sides."""
    rows = [
        [each["what"], f"{each['surfgrad_us']:,.0f}", f"{each['default_us']:,.0f}", f"{each['ratio']:.3g}"]
        + [each["difference"]]
        for each in records
    ]
    return table(["set-up", "surfgrad, us", "default, us", "ratio", "difference"], rows)
