"""The tables of `benchmarks.peers`, for docs/peers.md and the README, from its kept records."""

from benchmarks.doc_tables import table
from benchmarks.kept import Record

REFERENCE = "the reference"
WAVES = ("rayleigh", "love")
WEAK, CRUST, SOIL = "weak prior, 256 layers", "crust, 10 layers", "soil, 5 layers, modes 0-3"
SUMMARY = ("disba", "pysurf96", "dispcal")
"""Solvers of the README's table."""


def curves(records: list[Record]) -> str:
    """Time, failures, wrong modes and deviations."""
    head = ["models", "wave", "solver", "ms a curve", "time over surfgrad's alone (in a batch)"]
    head += ["no value per 10,000", "wrong per 10,000", "values", "relative deviation: median, largest"]
    return table(head, [_curve(record) for record in records])


def _curve(record: Record) -> list[str]:
    batch = f"{record['over_batch']:.1f}"
    own = record["solver"] == "surfgrad"
    ratio = f"1 ({batch} in a batch)" if own else f"{record['over_alone']:.1f} ({batch})"
    cells = [record["models"], record["wave"], record["solver"], f"{record['ms']:.2f}", ratio]
    cells += [f"{record['no_value_per_10000']:.1f}", f"{record['wrong_per_10000']:.1f}", f"{record['values']}"]
    return [*cells, _off(record)]


def kernels(records: list[Record]) -> str:
    """vs kernels of three periods."""
    head = ["models", "wave", "solver", "ms for vs kernels of 3 periods", "time over surfgrad's"]
    rows = [
        [each["models"], each["wave"], each["solver"], f"{each['ms']:.2f}", f"{each['over']:.1f}", _off(each)]
        for each in records
    ]
    return table([*head, "relative L2 error: median, largest"], rows)


def whole_curves(records: list[Record]) -> str:
    """Kernels of every period, of four parameters beside those of one."""
    head = ["models", "wave", "curve, ms", "kernels of four parameters, ms", "over the curve"]
    shown = {"curve_ms": ".2f", "ms": ".2f", "over_curve": ".1f", "dispcal_ms": ".0f", "dispcal_over": ".0f"}
    rows = [[r["models"], r["wave"], *(format(r[key], digits) for key, digits in shown.items())] for r in records]
    return table([*head, "dispcal, vs alone, ms", "over surfgrad's kernels"], rows)


def summary(found: dict[str, list[Record]], versions: dict[str, str]) -> str:
    """The README's: Rayleigh / Love, one model at a time and (in a batch)."""
    head = ["solver", "256 layers, 59 periods", "10 layers, 59 periods"]
    head += ["soil, 5 layers, 50 frequencies, modes 0-3", "no value per 10,000, soil", "wrong mode per 10,000, soil"]
    head += ["vs kernels, 256 layers: median error, time"]
    rows = [["surfgrad", "1", "1", "1", "0 / 0", "0 / 0", "exact, 1"]]
    return table(head, rows + [_summary(solver, found, versions) for solver in SUMMARY])


def _summary(solver: str, found: dict[str, list[Record]], versions: dict[str, str]) -> list[str]:
    cells = [f"{solver} {versions[solver]}"]
    for models in (WEAK, CRUST, SOIL):
        rows = rows_of(found["curves"], models, solver)
        alone, batch = (" / ".join(_two(row[key]) for row in rows) for key in ("over_alone", "over_batch"))
        cells.append(f"{alone} ({batch})" if rows else "100 layers at most")
    for key in ("no_value_per_10000", "wrong_per_10000"):
        cells.append(" / ".join(f"{row[key]:.0f}" for row in rows_of(found["curves"], SOIL, solver)))
    rows = rows_of(found["kernels"], WEAK, solver)
    if not rows:
        return [*cells, "100 layers at most"]
    errors = " / ".join(f"{100 * row['median']:.1g} %" for row in rows)
    said = f"{errors}, {' / '.join(_two(row['over']) for row in rows)}"
    whole = [row for row in found["whole_curves"] if row["models"] == WEAK] if solver == "dispcal" else []
    times = " / ".join(f"{row['dispcal_over']:.0f}" for row in whole)
    return [*cells, f"{said}; whole curve {times}" if whole else said]


def rows_of(records: list[Record], models: str, solver: str) -> list[Record]:
    """Rayleigh, then Love; none where the solver does not take the models."""
    found = {r["wave"]: r for r in records if r["models"] == models and r["solver"] == solver}
    return [found[wave] for wave in WAVES if wave in found]


def _two(ratio: float) -> str:
    """Two digits."""
    return f"{float(f'{ratio:.2g}'):.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _off(record: Record) -> str:
    return REFERENCE if record["solver"] == "surfgrad" else f"{record['median']:.0e}, {record['largest']:.0e}"
