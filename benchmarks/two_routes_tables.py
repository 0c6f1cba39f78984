"""The tables of `benchmarks.two_routes`, for docs/accuracy.md, from its kept records."""

from benchmarks.doc_tables import table
from benchmarks.kept import Record


def routes(records: list[Record]) -> str:
    """Two routes, by family and quantity."""
    head = ["family", "kernels of", "values", "refused, without second route", "median, 99 %, largest difference"]
    head += ["above 1e-8: stated, other route wrong, unexplained", "largest error there: implicit, energy"]
    rows = []
    for each in records:
        spread = ", ".join(_power(each[key]) for key in ("median", "q99", "largest"))
        errors = ", ".join(_power(each[key]) for key in ("implicit", "energy") if each[key] is not None)
        row = [each["family"], each["kernels"], f"{each['values']}", f"{each['refused']}, {each['alone']}", spread]
        rows.append([*row, f"{each['stated']}, {each['other']}, {each['unexplained']}", errors])
    return table(head, rows)


def sample(records: list[Record]) -> str:
    """Against 60 digits."""
    rows = []
    for each in records:
        cells = [
            f"{what}: {found[0]}, {_power(found[1])}" if found[0] else f"{what}: none"
            for what, found in each.items()
            if what != "family"
        ]
        rows.append([each["family"], *cells])
    return table(["family", "kernels of: values, largest difference from 60 digits", "", ""], rows)


def _power(value: float | None) -> str:
    return "nan" if value is None else f"{value:.0e}"
