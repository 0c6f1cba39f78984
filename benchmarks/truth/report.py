"""Tallies as markdown tables, and the verdict."""

from dataclasses import asdict

from benchmarks.kept import Record
from benchmarks.truth.tally import LIMITS, Tally, Worst

Row = tuple[str, float, float]
"""Of a closed form: what was compared, its largest error, the limit."""

WRONG = ("wrong branch", "no root at the value", "value where there is no root")
MISREAD = ("wrong MULTIPLE", "wrong OK", "wrong CLOSE_MODES", "not judged", "not met at 60 digits")
COLUMNS = ("OK", "CLOSE_MODES", "MULTIPLE", "NO_MODE", "NOT_CONVERGED")


def families(tallies: dict[str, Tally]) -> str:
    """One row a family, and their sum."""
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    head = ["family", "triples", "with a value", "CLOSE_MODES", "MULTIPLE", "wrong branch", "wrong status"]
    head += ["NaN where the branch exists", "exceptions"] + [f"{name}: worst, of" for name in LIMITS]
    head += ["no H/V: surface stands still"]
    lines = [head, ["---"] * len(head)]
    lines += [_row(name, tally) for name, tally in [*tallies.items(), ("**all**", total)]]
    folds = (
        f"\nTwo roots about to merge, so that either number of them is right: {total.counts.get('folds', 0)} values."
    )
    return "\n".join([f"| {' | '.join(line)} |" for line in lines] + [folds])


def _row(name: str, tally: Tally) -> list[str]:
    counts = tally.counts
    valued = sum(counts.get(status, 0) for status in ("OK", "CLOSE_MODES", "MULTIPLE"))
    row = [name, str(counts.get("triples", 0)), str(valued)]
    row += [str(counts.get(status, 0)) for status in ("CLOSE_MODES", "MULTIPLE")]
    row += [str(sum(counts.get(reason, 0) for reason in reasons)) for reasons in (WRONG, MISREAD)]
    row += [str(counts.get("NaN where the branch exists", 0)), str(counts.get("exceptions", 0))]
    return row + [_worst(worst) for worst in tally.worst.values()] + [str(counts.get("surface stands still", 0))]


def _worst(worst: Worst) -> str:
    if not worst.count:
        return ""
    over = f" ({worst.over} over {worst.limit:.0e})" if worst.over else ""
    return f"{worst.error:.0e}{over}, {worst.count}"


def fixed(rows: list[Row]) -> str:
    """Closed forms."""
    lines = ["| closed form | largest error | limit |", "|---|---|---|"]
    return "\n".join(lines + [f"| {name} | {error:.1e} | {limit:.0e} |" for name, error, limit in rows])


def records(tallies: dict[str, Tally], rows: list[Row]) -> dict[str, list[Record]]:
    """As they are kept: no cases, which are in what was printed."""
    found = []
    for name, tally in tallies.items():
        worst = {key: {k: v for k, v in asdict(each).items() if k != "case"} for key, each in tally.worst.items()}
        found.append({"family": name, "counts": tally.counts, "worst": worst})
    closed = [{"name": name, "error": error, "limit": limit} for name, error, limit in rows]
    return {"families": found, "closed_forms": closed}


def read(tables: dict[str, list[Record]]) -> tuple[dict[str, Tally], list[Row]]:
    """What `records` made."""
    tallies = {
        each["family"]: Tally(each["counts"], {}, {key: Worst(**worst) for key, worst in each["worst"].items()})
        for each in tables["families"]
    }
    return tallies, [(each["name"], each["error"], each["limit"]) for each in tables["closed_forms"]]


def failures(tallies: dict[str, Tally], rows: list[Row]) -> list[str]:
    """Every reason for a bad verdict."""
    found = [f"{name}: {why}" for name, tally in tallies.items() for why in tally.failures()]
    return found + [f"{name}: {error:.1e} > {limit:.0e}" for name, error, limit in rows if not error <= limit]
