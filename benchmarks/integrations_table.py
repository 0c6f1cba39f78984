"""The table of `benchmarks.integrations`, for docs/coming-from.md, from its kept records."""

from benchmarks.doc_tables import table
from benchmarks.kept import Record


def gains(records: list[Record]) -> str:
    """Guests' set-ups by both sides."""
    rows = []
    for each in records:
        times = (f"{each[key]:,.0f}" for key in ("surfgrad_us", "default_us"))
        rows.append([each["what"], *times, f"{each['ratio']:.3g}", each["difference"]])
    return table(["set-up", "surfgrad, us", "default, us", "ratio", "difference"], rows)
