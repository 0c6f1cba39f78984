"""What taught derivatives gain in a study, from the excerpt that `benchmarks.study_tables` keeps."""

from collections.abc import Iterable

from benchmarks.doc_tables import table
from benchmarks.kept import FOLDER, Kept, Record, kept
from benchmarks.study_tables import NOTHING, short

OCEAN = "litho1-ocean-test"
"""No network can represent it."""
VALUE, TAUGHT = "-value", "-sobolev"
WAVES = ("rayleigh", "love")
Errors = dict[str, dict[tuple[str, ...], float | None]]
"""By network, then by test set, and wave where there is one."""


def gains(study: Kept) -> str:
    """How many times smaller taught derivatives make errors, an architecture and prior a row."""
    kernels, errors = by_network(study.tables["kernels"], "l2_mean"), by_network(study.tables["values"], "mae_km_s")
    sets = [name for name in dict.fromkeys(each["test_set"] for each in study.tables["values"]) if name != OCEAN]
    head = ["architecture, prior", "vs kernels, own prior", *(f"values: {short(name)}" for name in sets)]
    rows = []
    for network in (each for each in errors if each.endswith(VALUE)):
        stem, other = network.removesuffix(VALUE), network.removesuffix(VALUE) + TAUGHT
        if other not in errors:
            continue
        architecture, prior = stem.rsplit("-", 1)
        own = f"{prior}-test"
        both = (times(kernels[network].get((own, wave)), kernels[other].get((own, wave))) for wave in WAVES)
        rows.append([f"`{architecture}`, {prior}", " / ".join(both)])
        rows[-1] += [
            times(errors[network].get((name,)), errors[other].get((name,))) + "*" * (name == own) for name in sets
        ]
    return table(head, rows)


def by_network(rows: Iterable[Record], name: str) -> Errors:
    """That number of each network."""
    found: Errors = {}
    for each in rows:
        key = tuple(each[part] for part in ("test_set", "wave") if part in each)
        found.setdefault(each["surrogate"], {})[key] = each[name]
    return found


def times(value: float | None, taught: float | None) -> str:
    return NOTHING if value is None or taught is None else f"{value / taught:.1f}"


def written() -> dict[str, str]:
    """By marker."""
    return {"study: gains": gains(kept("study")) if (FOLDER / "study.json").exists() else ""}
